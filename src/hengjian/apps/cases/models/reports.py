"""The monthly quality report: figures of a month as they stood, causes and measures in people's words, the issue."""

from __future__ import annotations

from django.db import models

from hengjian.apps.cases.models.sources import Dataset
from hengjian.apps.org.models import Person, Unit


class Report(models.Model):
    """Everything printed comes from ``content``; once issued it is not written again, a correction is a new edition."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        SUBMITTED = "submitted", "审批中"
        APPROVED = "approved", "已签发，待印发"
        ISSUED = "issued", "已印发"
        SUPERSEDED = "superseded", "已更正"

    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="quality_reports", verbose_name="数据集"
    )
    period = models.CharField("月份", max_length=10)
    edition = models.PositiveSmallIntegerField("次", default=1)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    remark = models.TextField("综合分析", max_length=4000, blank=True)
    content = models.JSONField("内容", default=dict)
    data_version = models.PositiveIntegerField("数据版本")
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    prepared_at = models.DateTimeField("拟稿时间")
    issued_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="印发人"
    )
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "数据质量报告"
        ordering = ["-period", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "period", "edition"], name="report_edition_once")
        ]

    def __str__(self) -> str:
        return self.title


class ReportNote(models.Model):
    """Why one kind of problem came up in one court, what will be done by when, and what came of it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes", verbose_name="报告")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    rule = models.CharField("规则", max_length=80)
    title = models.CharField("问题", max_length=100)
    cause = models.TextField("原因", max_length=500)
    measure = models.TextField("改进措施", max_length=500)
    due_on = models.DateField("完成期限", null=True, blank=True)
    outcome = models.TextField("落实情况", max_length=500, blank=True)
    done = models.BooleanField("已落实", default=False)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="填写人")
    written_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = verbose_name_plural = "原因和措施"
        ordering = ["report", "court__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "court", "rule"], name="note_once_per_court_and_rule")
        ]

    def __str__(self) -> str:
        return f"{self.court}：{self.title}"
