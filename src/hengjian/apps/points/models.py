"""The ledger: lines are appended, never edited or deleted. A score is the sum of its lines."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q

from hengjian.apps.approvals.models import Course
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class AccountPeriod(models.Model):
    """A month (quarter) or year of account."""

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已通报关账"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="periods", verbose_name="制度"
    )
    key = models.CharField("期间", max_length=12)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField("关账时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核期间"
        ordering = ["-key"]
        constraints = [models.UniqueConstraint(fields=["installation", "key"], name="period_once")]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One comparison of the engine's rows with the ledger: what it read and what it wrote."""

    class Cause(models.TextChoices):
        ROUTINE = "routine", "例行记账"
        RESTATEMENT = "restatement", "更正"
        CARRIED = "carried", "记入当期"
        APPEAL = "appeal", "申诉决定"

    period = models.ForeignKey(AccountPeriod, models.PROTECT, related_name="postings", verbose_name="期间")
    cause = models.CharField("事由", max_length=12, choices=Cause.choices, default=Cause.ROUTINE)
    reason = models.CharField("说明", max_length=500, blank=True)
    pack_digest = models.CharField("制度包版本", max_length=64)
    readings = models.JSONField("采用的口径", default=dict)
    inputs_digest = models.CharField("事实摘要", max_length=64)
    posted_at = models.DateTimeField("记账时间")
    posted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="记账人")
    appeal = models.ForeignKey(
        "Appeal", models.PROTECT, null=True, blank=True, related_name="postings", verbose_name="所依申诉"
    )

    class Meta:
        verbose_name = verbose_name_plural = "记账"
        ordering = ["-posted_at", "-id"]

    def __str__(self) -> str:
        return f"{self.period} {self.get_cause_display()}"


class LedgerLine(models.Model):
    """One line: points for a unit in a period, with clause, article, version, reading and evidence."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines", verbose_name="记账")
    period = models.ForeignKey(AccountPeriod, models.PROTECT, related_name="lines", verbose_name="期间")
    origin = models.ForeignKey(
        AccountPeriod,
        models.PROTECT,
        related_name="origin_lines",
        verbose_name="原属期间",
        help_text="已关账期间的迟到事实记入当期时，两者不同。",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="部门", help_text="空：无人可得的分。"
    )
    clause = models.CharField("条款规则", max_length=80)
    rule = models.CharField("参数", max_length=60)
    article = models.CharField("条", max_length=20)
    version = models.CharField("版本", max_length=20)
    reading = models.CharField("口径", max_length=200, blank=True)
    points = models.DecimalField("分值", max_digits=10, decimal_places=2)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, related_name="ledger_lines", verbose_name="信息"
    )
    evidence = models.JSONField("事实", default=list, help_text="事实的编号。")
    note = models.CharField("说明", max_length=500, blank=True)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name="冲销的行"
    )

    class Meta:
        verbose_name = verbose_name_plural = "台账"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["period", "unit"], name="line_period_unit"),
            models.Index(fields=["origin"], name="line_origin"),
            models.Index(fields=["unit", "period"], name="line_unit_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="line_reversed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit or '（无人可得）'} {self.points:+}"


class PersonShare(models.Model):
    """A change of what a person has of a department's points for an item. The sum of the rows is what is shown."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="shares", verbose_name="记账")
    period = models.ForeignKey(AccountPeriod, models.PROTECT, related_name="shares", verbose_name="期间")
    origin = models.ForeignKey(
        AccountPeriod, models.PROTECT, related_name="origin_shares", verbose_name="原属期间"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares", verbose_name="人员")
    item = models.ForeignKey(Item, models.PROTECT, related_name="shares", verbose_name="信息")
    points = models.DecimalField("分值", max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "个人分配"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["period", "person"], name="share_period_person"),
            models.Index(fields=["origin"], name="share_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.person} {self.points:+}"


class Notice(models.Model):
    """A monthly or yearly notice: frozen content, approved, published, and restated if need be."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        SUBMITTED = "submitted", "审批中"
        RETURNED = "returned", "退回"
        APPROVED = "approved", "已签发，待印发"
        PUBLISHED = "published", "已印发"
        SUPERSEDED = "superseded", "已被更正"

    period = models.ForeignKey(AccountPeriod, models.PROTECT, related_name="notices", verbose_name="期间")
    clause = models.CharField("依据条款", max_length=80)
    edition = models.PositiveSmallIntegerField("次序", default=1, help_text="1 为首次，2 起为更正通报。")
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容（冻结）", default=dict)
    changes = models.JSONField("更正前后对照", default=list)
    remark = models.TextField("按语", blank=True)
    opinion = models.CharField("签批意见", max_length=300, blank=True)
    posting = models.ForeignKey(
        Posting, models.PROTECT, null=True, related_name="notices", verbose_name="所依记账"
    )
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    prepared_at = models.DateTimeField("拟稿时间")
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="签发人"
    )
    approved_at = models.DateTimeField("签发时间", null=True, blank=True)
    published_at = models.DateTimeField("印发时间", null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="印发人"
    )
    version = models.PositiveIntegerField("版本", default=1)
    courses = GenericRelation(Course, "subject_id", "subject_type", verbose_name="审批流转")

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ["-prepared_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["period", "clause", "edition"], name="notice_edition_once")
        ]

    def __str__(self) -> str:
        return self.title


class Appeal(models.Model):
    """An objection to a number; the decision posts to the ledger by itself."""

    class State(models.TextChoices):
        FILED = "filed", "待处理"
        UPHELD = "upheld", "成立"
        REJECTED = "rejected", "不成立"
        WITHDRAWN = "withdrawn", "已撤回"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="appeals", verbose_name="通报")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="申诉部门")
    line = models.ForeignKey(
        LedgerLine, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="台账行"
    )
    text = models.TextField("申诉理由")
    filed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="申诉人")
    filed_at = models.DateTimeField("申诉时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.FILED)
    decision = models.TextField("处理决定", blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    withdrawn_fact_ids = models.JSONField("据此撤销的事实", default=list)
    recorded_fact_ids = models.JSONField("据此补记的事实", default=list)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "申诉"
        ordering = ["-filed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"]) | Q(decided_at__isnull=False),
                name="decided_appeals_have_a_date",
            )
        ]
