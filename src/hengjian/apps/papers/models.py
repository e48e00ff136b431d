"""Documents read, what was decided about each item, and where it went."""

from __future__ import annotations

from django.db import models

from hengjian.apps.cases.models import Correction, Dataset, Upload
from hengjian.apps.org.models import Person, Unit


class Batch(models.Model):
    """Files handed in together; the worker reads them one by one and can go on after any crash."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提交人")
    made_at = models.DateTimeField("提交时间")
    client_key = models.CharField("防重复键", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文书批次"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client_key"], condition=~models.Q(client_key=""), name="paper_batch_once"
            )
        ]

    def __str__(self) -> str:
        return f"文书批次 {self.pk}"


class Paper(models.Model):
    """One document: its file, its text as given, the facts with their places in that text."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待读取"
        FAILED = "failed", "未能读取"
        OPEN = "open", "待核对"
        DONE = "done", "已办结"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="papers", verbose_name="批次")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    stored = models.CharField("存放位置", max_length=200, blank=True)
    text = models.TextField("文字", blank=True)
    facts = models.JSONField("事实", default=dict)
    typed = models.JSONField("手工填写的记录", default=dict)
    case_id = models.CharField("案件标识", max_length=64, blank=True)
    case_no = models.CharField("案号", max_length=200, blank=True)
    differences = models.PositiveSmallIntegerField("不一致", default=0)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    error = models.CharField("不能读取的原因", max_length=500, blank=True)
    correction = models.ForeignKey(
        Correction, models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name="纠正"
    )
    upload = models.ForeignKey(
        Upload, models.SET_NULL, null=True, blank=True, related_name="papers", verbose_name="新案件"
    )
    made_at = models.DateTimeField("提交时间")
    read_at = models.DateTimeField("读取时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "文书"
        ordering = ["-differences", "-made_at", "id"]
        indexes = [
            models.Index(fields=["court", "state"], name="paper_queue"),
            models.Index(fields=["batch", "state"], name="paper_batch"),
        ]

    def __str__(self) -> str:
        return self.case_no or self.name

    @property
    def decidable(self) -> bool:
        """Not yet settled, or settled by a correction that came back."""
        sent = self.correction
        came_back = sent is not None and sent.state == Correction.State.RETURNED
        return self.state == self.State.OPEN or (self.state == self.State.DONE and came_back)


class Decision(models.Model):
    """What a person said about one item, with the place quoted. Never edited: the newest counts."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", "采用文书"
        REJECTED = "rejected", "不采用"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="decisions", verbose_name="文书")
    item = models.CharField("信息项", max_length=40)
    recorded = models.CharField("记录", max_length=500, blank=True)
    extracted = models.CharField("文书", max_length=500, blank=True)
    start = models.PositiveIntegerField("起", null=True, blank=True)
    end = models.PositiveIntegerField("止", null=True, blank=True)
    quote = models.CharField("原文", max_length=300, blank=True)
    verdict = models.CharField("决定", max_length=10, choices=Verdict.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "核对决定"
        ordering = ["paper", "at", "id"]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"
