"""Rules and runs: what was checked, against which version, with what result."""

from __future__ import annotations

from django.db import models

from hengjian.apps.cases.models.sources import Dataset
from hengjian.apps.org.models import Person


class Rule(models.Model):
    """A rule of the office beside those of the pack: proposed by one person, put in force by another, dated."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定"
        PROPOSED = "proposed", "待审核"
        ACTIVE = "active", "使用中"
        ENDED = "ended", "已停用"

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="rules", verbose_name="数据集")
    key = models.CharField("规则编号", max_length=40)
    title = models.CharField("名称", max_length=100)
    basis = models.CharField("依据", max_length=100)
    fails_when = models.TextField("不符合的条件", max_length=2000)
    severity = models.CharField("程度", max_length=10, choices=[("error", "错误"), ("warning", "提示")])
    owner = models.CharField("改正部门", max_length=20)
    tests = models.JSONField("试验行", default=list, help_text="每行写列值和是否应当查出。")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    since = models.DateField("起用日期", null=True, blank=True)
    until = models.DateField("停用日期", null=True, blank=True)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟定人")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    changed_at = models.DateTimeField("更改时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "质检规则"
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["dataset", "key"], name="rule_key_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class Run(models.Model):
    """One check of a version of the data; names the version it read, so it can be repeated."""

    class State(models.TextChoices):
        ASKED = "asked", "等待检查"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="runs", verbose_name="数据集")
    version = models.PositiveIntegerField("数据版本")
    since = models.PositiveIntegerField("只查自此版本以来的变动", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField("开始")
    finished_at = models.DateTimeField("结束", null=True, blank=True)
    rules_digest = models.CharField("规则摘要", max_length=64, blank=True)
    rows = models.PositiveBigIntegerField("检查的案件", default=0)
    found = models.PositiveIntegerField("新发现", default=0)
    closed = models.PositiveIntegerField("已消除", default=0)
    error = models.CharField("失败的原因", max_length=500, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="发起人")

    class Meta:
        verbose_name = verbose_name_plural = "质检运行"
        ordering = ["-started_at", "-id"]

    @property
    def full(self) -> bool:
        return self.since is None

    def __str__(self) -> str:
        return f"{self.dataset}@{self.version}"


class RuleResult(models.Model):
    """How one rule did in one run."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="results", verbose_name="运行")
    rule = models.CharField("规则", max_length=80)
    title = models.CharField("名称", max_length=100)
    checked = models.PositiveBigIntegerField("检查")
    failed = models.PositiveBigIntegerField("不符合")
    standing = models.PositiveBigIntegerField("未销号", default=0)
    error = models.CharField("不能执行的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则结果"
        ordering = ["run", "-failed", "rule"]
        constraints = [models.UniqueConstraint(fields=["run", "rule"], name="result_once_per_rule")]

    def __str__(self) -> str:
        return f"{self.rule} {self.failed}/{self.checked}"
