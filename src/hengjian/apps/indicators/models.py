"""Indicators of a court: what they mean, what was reported, what the superior published, what must be explained.

Nothing is edited: a correction supersedes, a target ends by the next one, a notice keeps its own numbers.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Card(models.Model):
    """指标口径卡: what numerator and denominator are. Without a decided card a figure is kept but not published."""

    class State(models.TextChoices):
        DRAFT = "draft", "待确定"
        DECIDED = "decided", "已确定"
        WITHDRAWN = "withdrawn", "已撤回"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="cards", verbose_name="制度")
    indicator = models.CharField("指标", max_length=60)
    numerator = models.TextField("分子", max_length=500)
    denominator = models.TextField("分母", max_length=500)
    cutoff = models.CharField("统计时点", max_length=200)
    excluded = models.TextField("剔除范围", max_length=500, blank=True)
    source = models.CharField("数据来源", max_length=200)
    formula = models.JSONField(
        "计算办法", default=dict, blank=True, help_text="怎样由案件记录计算；空为不由案件记录计算。"
    )
    since = models.DateField("起用日期")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="填写人")
    drafted_at = models.DateTimeField("填写时间")
    decided_by = models.CharField("确定机构", max_length=100, blank=True)
    document = models.CharField("确定依据", max_length=200, blank=True)
    decided_at = models.DateTimeField("确定时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "指标口径卡"
        ordering = ["indicator", "-since", "-id"]
        indexes = [models.Index(fields=["installation", "indicator", "since"], name="card_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} 口径卡"


class Target(models.Model):
    """A target the leads propose and the office decides; an empty value ends the one before."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审议"
        DECIDED = "decided", "已施行"
        REJECTED = "rejected", "未采纳"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="targets", verbose_name="制度"
    )
    indicator = models.CharField("指标", max_length=60)
    since = models.DateField("起用日期")
    value = models.DecimalField("标准", max_digits=16, decimal_places=4, null=True, blank=True)
    reason = models.TextField("理由", max_length=500)
    source = models.CharField("依据文件", max_length=200)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间")
    opinion = models.CharField("审议意见", max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核标准"
        ordering = ["indicator", "-since", "-id"]
        indexes = [models.Index(fields=["installation", "indicator", "state"], name="target_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {'停用' if self.value is None else self.value}（{self.since}起）"


class Upload(models.Model):
    """A workbook of the superior court, kept as it came; its figures name it as their evidence."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="uploads", verbose_name="制度"
    )
    title = models.CharField("通报名称", max_length=200)
    period = models.CharField("期间", max_length=12)
    file = models.FileField("文件", upload_to="indicators/%Y/%m")
    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    mapping = models.JSONField("对应关系", default=dict)
    uploaded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间")
    applied_at = models.DateTimeField("采用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上级通报"
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return self.title


class Mapping(models.Model):
    """How a kind of workbook was read last time: found again by its header row."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    header = models.CharField("表头摘要", max_length=64)
    columns = models.JSONField("列", default=dict)
    units = models.JSONField("单位名称", default=dict)
    changed_at = models.DateTimeField("更改时间")

    class Meta:
        verbose_name = verbose_name_plural = "通报读法"
        constraints = [
            models.UniqueConstraint(fields=["installation", "header"], name="mapping_once_per_header")
        ]


class CaseLoad(models.Model):
    """A file of case records: what was taken, what was sent back, which version of the store it made."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="case_loads", verbose_name="制度"
    )
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    rows = models.PositiveIntegerField("行数", default=0)
    accepted = models.PositiveIntegerField("采用", default=0)
    rejected = models.PositiveIntegerField("退回", default=0)
    inserted = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更改", default=0)
    reasons = models.JSONField("退回的原因", default=list, blank=True)
    ignored = models.JSONField("没有采用的列", default=list, blank=True)
    rejects = models.CharField("退回的行", max_length=200, blank=True)
    version = models.PositiveIntegerField("成为数据版本", null=True, blank=True)
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="上传人")
    loaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "案件记录文件"
        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class FigureQuerySet(models.QuerySet["Figure"]):
    def standing(self) -> FigureQuerySet:
        return self.filter(superseded_at=None)


class Figure(models.Model):
    """A reported figure. A correction is a new row; the old one stays, marked superseded."""

    class Origin(models.TextChoices):
        HAND = "hand", "手工填报"
        UPLOAD = "upload", "上级通报"
        CASES = "cases", "案件数据"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="figures", verbose_name="制度"
    )
    indicator = models.CharField("指标", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="figures", verbose_name="单位")
    period = models.CharField("期间", max_length=12)
    numerator = models.DecimalField("分子", max_digits=16, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField("分母", max_digits=16, decimal_places=4, null=True, blank=True)
    value = models.DecimalField("数值", max_digits=16, decimal_places=4, null=True, blank=True)
    origin = models.CharField("来源", max_length=8, choices=Origin.choices, default=Origin.HAND)
    evidence = models.CharField("依据", max_length=300, blank=True)
    file = models.FileField("佐证", upload_to="indicators/%Y/%m", blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    upload = models.ForeignKey(
        Upload, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="通报"
    )
    card = models.ForeignKey(
        Card, models.PROTECT, null=True, blank=True, related_name="figures", verbose_name="口径卡"
    )
    data_version = models.PositiveIntegerField("案件数据版本", null=True, blank=True)
    doubts = models.JSONField("存疑", default=list, blank=True)
    doubts_answer = models.CharField("存疑说明", max_length=300, blank=True)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="填报人"
    )
    recorded_at = models.DateTimeField("填报时间")
    verified_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="核验人"
    )
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="更正的数"
    )
    superseded_at = models.DateTimeField("被更正时间", null=True, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标数据"
        ordering = ["period", "indicator", "unit__position", "id"]
        indexes = [models.Index(fields=["installation", "period", "indicator"], name="figure_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "indicator", "unit", "period"],
                condition=Q(superseded_at=None),
                name="figure_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.indicator} {self.unit}"


class Benchmark(models.Model):
    """What the superior court published for an indicator; blank cells were not published."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="benchmarks", verbose_name="制度"
    )
    indicator = models.CharField("指标", max_length=60)
    period = models.CharField("期间", max_length=12)
    average = models.DecimalField("全省平均", max_digits=16, decimal_places=4, null=True, blank=True)
    excellent = models.DecimalField("优秀标准", max_digits=16, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", null=True, blank=True)
    ranked = models.PositiveIntegerField("参加排名数", null=True, blank=True)
    source = models.CharField("出处", max_length=200)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="benchmarks")
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    superseded_at = models.DateTimeField("被更正时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "全省标准"
        ordering = ["period", "indicator", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "indicator", "period"],
                condition=Q(superseded_at=None),
                name="benchmark_stands_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.indicator} 全省"


class Shift(models.Model):
    """A standing figure that the records of a later version count otherwise. Written with the file that moved it."""

    load = models.ForeignKey(CaseLoad, models.CASCADE, related_name="shifts", verbose_name="案件记录文件")
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="shifts", verbose_name="指标数据")
    numerator = models.DecimalField("重算分子", max_digits=16, decimal_places=4)
    denominator = models.DecimalField("重算分母", max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = verbose_name_plural = "数据变动"
        ordering = ["-load", "figure__period", "figure__indicator", "figure__unit__position", "id"]
        constraints = [models.UniqueConstraint(fields=["load", "figure"], name="shift_once")]

    def __str__(self) -> str:
        return f"{self.figure} 第{self.load.version}版"


class KpiNotice(models.Model):
    """A 通报 with its own frozen numbers."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        SUBMITTED = "submitted", "待审批"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已签发"
        PUBLISHED = "published", "已印发"
        SUPERSEDED = "superseded", "已被更正"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    clause = models.CharField("依据条款", max_length=80)
    period = models.CharField("期间", max_length=12)
    edition = models.PositiveIntegerField("次数", default=1)
    title = models.CharField("标题", max_length=200)
    remark = models.TextField("按语", blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容", default=dict)
    ranked = models.BooleanField("排名", default=False)
    intervals = models.BooleanField("以区间表示", default=False)
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    prepared_at = models.DateTimeField("拟稿时间")
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="印发人"
    )
    published_at = models.DateTimeField("印发时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "应用通报"
        ordering = ["-period", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "clause", "period", "edition"], name="kpinotice_edition_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Explanation(models.Model):
    """情况说明 owed by a unit's head: facts drafted for him, his words, the office's review, the report upward."""

    class State(models.TextChoices):
        DUE = "due", "待说明"
        SUBMITTED = "submitted", "待审阅"
        RETURNED = "returned", "退回补充"
        ACCEPTED = "accepted", "已审阅"
        REPORTED = "reported", "已报领导小组"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="explanations", verbose_name="制度"
    )
    notice = models.ForeignKey(
        KpiNotice, models.PROTECT, null=True, related_name="explanations", verbose_name="通报"
    )
    indicator = models.CharField("指标", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="explanations", verbose_name="单位")
    period = models.CharField("期间", max_length=12)
    trigger = models.CharField("原因", max_length=20)
    article = models.CharField("依据", max_length=60)
    fact = models.TextField("事实")
    why = models.TextField("原因分析", blank=True)
    measures = models.TextField("整改措施", blank=True)
    promised_on = models.DateField("承诺达标日期", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DUE)
    opened_at = models.DateTimeField("提出时间")
    submitted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="说明人"
    )
    submitted_at = models.DateTimeField("说明时间", null=True, blank=True)
    opinion = models.CharField("审阅意见", max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="审阅人"
    )
    reviewed_at = models.DateTimeField("审阅时间", null=True, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "情况说明"
        ordering = ["-period", "unit__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "indicator", "unit", "period", "trigger"], name="explained_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period} {self.indicator}"


class LineReference(models.Model):
    """The same matter in the assessment of a business line above: told once, so that nobody reports it twice."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="line_references", verbose_name="制度"
    )
    indicator = models.CharField("指标", max_length=60)
    line = models.CharField("条线", max_length=60)
    document = models.CharField("考核文件", max_length=200)
    item = models.CharField("考核项目", max_length=200)
    same = models.BooleanField("口径一致", default=True)
    target = models.CharField("条线标准", max_length=60, blank=True)
    note = models.CharField("差别和处理", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "条线考核对照"
        ordering = ["indicator", "line", "id"]

    def __str__(self) -> str:
        return f"{self.line}：{self.item}"


class Feed(models.Model):
    """The figures of a period as a lead was given them; frozen, a later one does not change it."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="feeds", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头部门")
    period = models.CharField("期间", max_length=12)
    edition = models.PositiveIntegerField("次数", default=1)
    rows = models.JSONField("数据", default=list)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提供人")
    sent_at = models.DateTimeField("提供时间")

    class Meta:
        verbose_name = verbose_name_plural = "向牵头部门提供的数据"
        ordering = ["-period", "unit__position", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "unit", "period", "edition"], name="feed_edition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"
