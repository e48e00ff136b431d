"""Cards of the office, what courts reported, surveys, analyses, judicial suggestions."""

from __future__ import annotations

from typing import Any

from django.db import models

from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation
from hengjian.statistics.model import Card


class CardVersion(models.Model):
    """A version of a definition card beside those of the pack: drafted by one person, approved by another, dated."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定"
        PROPOSED = "proposed", "待核定"
        ACTIVE = "active", "使用中"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="card_versions", verbose_name="制度"
    )
    key = models.CharField("编号", max_length=40)
    number = models.PositiveIntegerField("版次")
    title = models.CharField("名称", max_length=40)
    body = models.JSONField("口径", default=dict, help_text="与制度包口径卡相同的各项。")
    reason = models.CharField("理由", max_length=300)
    since = models.DateField("起用日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟定人")
    changed_at = models.DateTimeField("更改时间")
    version = models.PositiveIntegerField("修改次数", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "口径卡"
        ordering = ["key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["installation", "key", "number"], name="card_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版{'，停用' if self.ends else ''}）"

    @property
    def ends(self) -> bool:
        return bool(self.body.get("ends"))

    def card(self) -> Card:
        named = {"key": self.key, "version": self.number, "title": self.title, "since": self.since}
        fields: dict[str, Any] = {**self.body, **named}
        return Card.model_validate(fields)


class Report(models.Model):
    """What a court says its totals of a span are. Never edited; a later one of the same court and span replaces it."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="+", verbose_name="数据集")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    span = models.CharField("期间", max_length=15)
    data_version = models.PositiveIntegerField(
        "数据版本", null=True, help_text="据以上报的数据版本；空为自行统计。"
    )
    remark = models.CharField("说明", max_length=300, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="上报人")
    made_at = models.DateTimeField("上报时间")
    replaced_at = models.DateTimeField("被替换时间", null=True, blank=True)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "法院上报"
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "court", "span"],
                condition=models.Q(replaced_at=None),
                name="report_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.court}{self.span}上报"


class ReportedFigure(models.Model):
    """One number of a report; ``cases``: the court's own list of the cases, where it gave one."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures", verbose_name="上报")
    card = models.CharField("口径", max_length=40)
    card_version = models.PositiveIntegerField("口径版次")
    dims = models.JSONField("维度", default=list, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4)
    cases = models.JSONField("案件", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上报的数"
        ordering = ["report", "id"]

    def __str__(self) -> str:
        return f"{self.card} {self.value}"


class Survey(models.Model):
    """A survey: of all courts, of chosen ones, or of cases drawn by a public seed."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="surveys", verbose_name="制度"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="组织调查的法院")
    way = models.CharField("方式", max_length=20, help_text="制度包词表 survey。")
    title = models.CharField("名称", max_length=100)
    purpose = models.TextField("目的和范围", max_length=1000)
    questions = models.JSONField("调查项目", default=list)
    due_on = models.DateField("截止日期")
    card = models.CharField("总体的口径", max_length=40, blank=True)
    span = models.CharField("总体的期间", max_length=15, blank=True)
    share = models.DecimalField("抽取比例（%）", max_digits=6, decimal_places=3, null=True, blank=True)
    seed = models.CharField("种子", max_length=100, blank=True)
    seed_source = models.CharField("种子的来源", max_length=200, blank=True)
    data_version = models.PositiveIntegerField("数据版本", null=True, blank=True)
    strata = models.JSONField("各法院的总数和抽取数", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    conclusion = models.TextField("结论", max_length=4000, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟定人")
    made_at = models.DateTimeField("拟定时间")
    opened_at = models.DateTimeField("开始时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "统计调查"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title


class SurveyPart(models.Model):
    """What one court has to answer, or one court about one drawn case."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="parts", verbose_name="调查")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    case_id = models.CharField("案件标识", max_length=64, blank=True)
    case_no = models.CharField("案号", max_length=100, blank=True)
    answers = models.JSONField("答复", default=dict, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "调查对象"
        ordering = ["survey", "court__position", "court_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "court", "case_id"], name="survey_part_once")
        ]

    def __str__(self) -> str:
        return self.case_no or self.case_id or str(self.court)


class Analysis(models.Model):
    """A statistical analysis of the library, with the figures it cites as they stood."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        FINISHED = "finished", "已定稿"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="analyses", verbose_name="制度"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    kind = models.CharField("种类", max_length=20, help_text="制度包词表 survey。")
    title = models.CharField("题目", max_length=200)
    span = models.CharField("期间", max_length=15)
    authors = models.CharField("作者", max_length=100)
    body = models.TextField("正文", max_length=30_000)
    method = models.CharField("方法", max_length=300, blank=True, help_text="趋势预测要写明方法和数据版本。")
    survey = models.ForeignKey(
        Survey, models.PROTECT, null=True, blank=True, related_name="analyses", verbose_name="依据的调查"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    made_at = models.DateTimeField("起草时间")
    finished_at = models.DateTimeField("定稿时间", null=True, blank=True)
    version = models.PositiveIntegerField("修改次数", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "统计分析"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """A figure as an analysis cites it: with card and data version, so that it can be computed again."""

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="citations", verbose_name="分析")
    card = models.CharField("口径", max_length=40)
    card_version = models.PositiveIntegerField("口径版次")
    court = models.CharField("法院代字", max_length=20)
    span = models.CharField("期间", max_length=15)
    dims = models.JSONField("维度", default=list, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True)
    unit = models.CharField("单位", max_length=8)
    data_version = models.PositiveIntegerField("数据版本")

    class Meta:
        verbose_name = verbose_name_plural = "引用的数"
        ordering = ["analysis", "id"]

    def __str__(self) -> str:
        return f"{self.court} {self.span} {self.card} {self.value}"


class Suggestion(models.Model):
    """A judicial suggestion: drafted, signed, sent, answered; kept until the reply is in."""

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        SUBMITTED = "submitted", "送签"
        SIGNED = "signed", "已签发"
        SENT = "sent", "待反馈"
        REPLIED = "replied", "已反馈"
        CLOSED = "closed", "未反馈结案"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="suggestions", verbose_name="制度"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    title = models.CharField("题目", max_length=200)
    addressee = models.CharField("主送单位", max_length=100)
    body = models.TextField("内容", max_length=10_000)
    analysis = models.ForeignKey(
        Analysis, models.PROTECT, null=True, blank=True, related_name="suggestions", verbose_name="依据的分析"
    )
    number = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    sent_on = models.DateField("送达日期", null=True, blank=True)
    reply_by = models.DateField("请于何日前反馈", null=True, blank=True)
    replied_on = models.DateField("反馈日期", null=True, blank=True)
    adopted = models.BooleanField("采纳", null=True, blank=True)
    reply = models.TextField("反馈内容", max_length=4000, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    made_at = models.DateTimeField("起草时间")
    version = models.PositiveIntegerField("修改次数", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "司法建议"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """A reminder sent to the addressee of a suggestion."""

    suggestion = models.ForeignKey(
        Suggestion, models.CASCADE, related_name="reminders", verbose_name="司法建议"
    )
    on = models.DateField("催办日期")
    text = models.CharField("方式和结果", max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="催办人")

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["suggestion", "on", "id"]

    def __str__(self) -> str:
        return f"{self.on} {self.text}"


class DepartmentReport(models.Model):
    """What a department supplies to the statistics office of its court: figures and words for a span."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟报"
        SENT = "sent", "审核中"
        RECEIVED = "received", "已接收"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报送部门")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    span = models.CharField("期间", max_length=15)
    title = models.CharField("题目", max_length=120)
    lines = models.JSONField("数据", default=list, blank=True)
    body = models.TextField("情况", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟报人")
    made_at = models.DateTimeField("拟报时间")
    received_at = models.DateTimeField("接收时间", null=True, blank=True)
    presented_to = models.CharField(
        "抄送的角色", max_length=200, blank=True, help_text="前后都有逗号，便于查找。"
    )
    version = models.PositiveIntegerField("版本", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "部门报送"
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["court", "state"], name="department_report_court")]

    def __str__(self) -> str:
        return self.title
