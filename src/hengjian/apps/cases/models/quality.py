"""Findings and what becomes of them: bundled, judged, corrected or waived, closed by the next run."""

from __future__ import annotations

from django.db import models

from hengjian.apps.cases.models.runs import Run
from hengjian.apps.cases.models.sources import Dataset
from hengjian.apps.org.models import Person, Unit


class Bundle(models.Model):
    """What the checks of a week found in one court, sent to the next level to be judged."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        SENT = "sent", "已报送"
        JUDGED = "judged", "已判断"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="bundles", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    week = models.CharField("周", max_length=8)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    remark = models.TextField("说明", max_length=2000, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="汇总人")
    made_at = models.DateTimeField("汇总时间")
    sent_at = models.DateTimeField("报送时间", null=True, blank=True)
    judged_at = models.DateTimeField("判断完成时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "质检周报"
        ordering = ["-week", "court__position"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "court", "week"], name="bundle_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.court}{self.week}质检问题"


class Finding(models.Model):
    """One rule, one case: the same row however often it is found again."""

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        BUNDLED = "bundled", "待上级判断"
        WRONG = "wrong", "待纠正"
        CORRECTED = "corrected", "已改，待复检"
        WAIVED = "waived", "暂不追究"
        CLOSED = "closed", "已销号"

    class Cause(models.TextChoices):
        FIXED = "fixed", "复检已不存在"
        NOT_WRONG = "not_wrong", "不是错误"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="findings", verbose_name="数据集")
    rule = models.CharField("规则", max_length=80)
    title = models.CharField("问题", max_length=100)
    basis = models.CharField("依据", max_length=100, blank=True)
    severity = models.CharField("程度", max_length=10, choices=[("error", "错误"), ("warning", "提示")])
    owner = models.CharField("改正部门类别", max_length=20)
    case_id = models.CharField("案件标识", max_length=64)
    case_no = models.CharField("案号", max_length=100, blank=True)
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="改正部门"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    verdict = models.CharField("判断", max_length=20, blank=True)
    verdict_why = models.CharField("判断的理由", max_length=300, blank=True)
    judged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="判断人"
    )
    judged_at = models.DateTimeField("判断时间", null=True, blank=True)
    bundle = models.ForeignKey(
        Bundle, models.SET_NULL, null=True, blank=True, related_name="findings", verbose_name="质检周报"
    )
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="首次发现")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="+", verbose_name="最近发现")
    opened_at = models.DateTimeField("发现时间")
    closed_at = models.DateTimeField("销号时间", null=True, blank=True)
    cause = models.CharField("销号原因", max_length=12, choices=Cause.choices, blank=True)
    reopened = models.PositiveSmallIntegerField("重新出现次数", default=0)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "质检问题"
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["court", "state"], name="finding_queue"),
            models.Index(fields=["dataset", "case_id"], name="finding_case"),
            models.Index(fields=["department", "state"], name="finding_department"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "rule", "case_id"], name="finding_once_per_rule_and_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_no or self.case_id}：{self.title}"


class FindingEvent(models.Model):
    """The life of a finding, one line an event. Never edited."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="events", verbose_name="问题")
    at = models.DateTimeField("时间")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    what = models.CharField("事项", max_length=40)
    text = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "问题经过"
        ordering = ["finding", "at", "id"]

    def __str__(self) -> str:
        return f"{self.what} {self.text}"


class Correction(models.Model):
    """New values of a case with author and reason; in force as a new version of the data, never over the old one."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待确认"
        APPLIED = "applied", "已入库"
        RETURNED = "returned", "退回"

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="corrections", verbose_name="数据集")
    case_id = models.CharField("案件标识", max_length=64)
    case_no = models.CharField("案号", max_length=100, blank=True)
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门"
    )
    findings = models.ManyToManyField(Finding, related_name="corrections", verbose_name="针对的问题")
    changes = models.JSONField("改动", help_text="信息项 → [原值, 新值]。")
    reason = models.CharField("理由和依据", max_length=500)
    base_version = models.PositiveIntegerField("改动时的数据版本")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="改正人")
    made_at = models.DateTimeField("提出时间")
    applied_version = models.PositiveIntegerField("成为数据版本", null=True, blank=True)
    applied_at = models.DateTimeField("入库时间", null=True, blank=True)
    client_key = models.CharField("防重复键", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "纠正"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client_key"], condition=~models.Q(client_key=""), name="correction_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_no or self.case_id}的纠正"


class Waiver(models.Model):
    """A finding left alone until a day, with a reason; it stands up again by itself."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="waivers", verbose_name="问题")
    reason = models.CharField("理由", max_length=300)
    until = models.DateField("到期日")
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="同意人")
    granted_at = models.DateTimeField("同意时间")

    class Meta:
        verbose_name = verbose_name_plural = "暂不追究"
        ordering = ["-granted_at"]

    def __str__(self) -> str:
        return f"{self.finding}至{self.until}"


class Ticket(models.Model):
    """A technical problem, passed up level by level until somebody solves it."""

    class State(models.TextChoices):
        OPEN = "open", "处理中"
        SOLVED = "solved", "已解决"

    installation = models.ForeignKey(
        "regs.Installation", models.PROTECT, related_name="+", verbose_name="制度"
    )
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="提出法院")
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="现由谁处理")
    title = models.CharField("问题", max_length=100)
    text = models.TextField("情况", max_length=2000)
    findings = models.ManyToManyField(Finding, related_name="tickets", blank=True, verbose_name="质检问题")
    run = models.ForeignKey(
        Run, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="没有完成的质检"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField("答复", max_length=2000, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    opened_at = models.DateTimeField("提出时间")
    held_since = models.DateTimeField("到本级的时间", null=True, help_text="每报一级重新起算。")
    solved_at = models.DateTimeField("解决时间", null=True, blank=True)
    trail = models.JSONField("经过", default=list)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "技术问题"
        ordering = ["-opened_at", "-id"]

    def __str__(self) -> str:
        return self.title
