"""Items of information and what happens to them. Counters do not exist: everything is a dated fact."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period


class Grade(models.TextChoices):
    """The product refuses to hold state secrets; these are the grades it knows."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    SENSITIVE = "sensitive", "敏感"


class Item(models.Model):
    """One piece of information (稿件) of one department, alone or with others."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_REVIEW = "in_review", "审核中"
        RETURNED = "returned", "退回修改"
        FILED = "filed", "已报送，待签收"
        RECEIVED = "received", "已签收"
        SHELVED = "shelved", "不予采用"
        CANCELLED = "cancelled", "已撤回"

    class Lane(models.TextChoices):
        NORMAL = "normal", "一般流程"
        EMERGENCY = "emergency", "紧急通道"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="items", verbose_name="适用制度"
    )
    number = models.CharField("编号", max_length=20, blank=True, default="")
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文", blank=True, help_text="一段一行。")
    form = models.CharField("体裁", max_length=20, default="info", help_text="制度包词表 form：信息、简报。")
    category = models.CharField("类型", max_length=40, help_text="制度包词表 category。")
    subtype = models.CharField("子类", max_length=40, blank=True)
    importance = models.CharField(
        "重要程度", max_length=20, default="general", help_text="制度包词表 importance。"
    )
    grade = models.CharField("密级标识", max_length=12, choices=Grade.choices, default=Grade.INTERNAL)
    outlet = models.CharField("拟用载体", max_length=40, blank=True, help_text="制度包词表 outlet。")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)
    lane = models.CharField("通道", max_length=12, choices=Lane.choices, default=Lane.NORMAL)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="items", verbose_name="报送部门")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头部门"
    )
    joint = models.BooleanField("多部门合作", default=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    occurred_at = models.DateTimeField("发生时间", null=True, blank=True)
    occurred_exact = models.BooleanField("发生时间精确到分钟", default=True)
    learned_at = models.DateTimeField("知悉时间", null=True, blank=True)
    planned_at = models.DateTimeField(
        "发布或举行时间", null=True, blank=True, help_text="须在此之前报送的（文件发布、活动举行）。"
    )
    completes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="completions",
        verbose_name="所补报的信息",
        help_text="事前已报、事后补报成效的，两次合算一篇。",
    )
    created_at = models.DateTimeField("创建时间")
    filed_at = models.DateTimeField("报送时间", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    changed_at = models.DateTimeField("更新时间")
    version = models.PositiveIntegerField("版本", default=1)
    approval_waived = models.CharField("未经审核的理由", max_length=200, blank=True)
    sources = models.TextField("素材来源", blank=True, help_text="列席的会议、参阅的文件，一行一条。")
    exclusion = models.CharField(
        "不计入考评的理由", max_length=40, blank=True, help_text="制度包词表 exclusion；空：计入。"
    )
    exclusion_note = models.CharField("不计入考评的说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "信息"
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["installation", "state", "-changed_at"], name="item_queue"),
            models.Index(fields=["unit", "-changed_at"], name="item_unit"),
            models.Index(fields=["unit", "state", "-changed_at", "-id"], name="item_unit_state"),
            models.Index(fields=["installation", "-changed_at", "-id"], name="item_recent"),
            models.Index(fields=["installation", "filed_at"], name="item_filed"),
            models.Index(fields=["-changed_at", "-id"], name="item_latest"),
            models.Index(fields=["state", "filed_at"], name="item_to_receive"),
            models.Index(fields=["lane", "-changed_at", "-id"], name="item_lane"),
            models.Index(fields=["unit", "lane", "occurred_at"], name="item_emergency"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "number"], condition=~Q(number=""), name="item_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ItemUnit(models.Model):
    """A department that wrote the item, in the order listed."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="partners", verbose_name="信息")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "合作部门"
        ordering = ["item", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="partner_once")]


class Authorship(models.Model):
    """An author and the weight inside the author's department; confirmed by the author, signed by the head."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="authorships", verbose_name="信息")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    person = models.ForeignKey(Person, models.PROTECT, related_name="authorships", verbose_name="作者")
    weight = models.PositiveIntegerField("份额", default=1)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    confirmed_at = models.DateTimeField("本人确认时间", null=True, blank=True)
    signed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门审定人"
    )
    signed_at = models.DateTimeField("部门审定时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "作者"
        ordering = ["item", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="author_once")]


class Revision(models.Model):
    """A snapshot at every hand-over. Never changed, so a wrong figure can be traced to who brought it in."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="revisions", verbose_name="信息")
    n = models.PositiveIntegerField("修订号")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    stage = models.CharField("环节", max_length=40)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="修改人")
    made_by_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="修改部门"
    )
    made_at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "修订稿"
        ordering = ["item", "n"]
        constraints = [models.UniqueConstraint(fields=["item", "n"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.n}稿）"


class Attachment(models.Model):
    """A file of an item; kept outside the web root, handed out only through the right to read the item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="attachments", verbose_name="信息")
    file = models.FileField("文件", upload_to="attachments/%Y/%m")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="上传人")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["item", "id"]

    def __str__(self) -> str:
        return self.name


class ReviewStep(models.Model):
    """One approval in a round of review; the flow clause of the pack says which steps there are."""

    class State(models.TextChoices):
        WAITING = "waiting", "未到"
        OPEN = "open", "待审"
        APPROVED = "approved", "同意"
        RETURNED = "returned", "退回"
        WAIVED = "waived", "免审"
        VOID = "void", "作废"

    item = models.ForeignKey(Item, models.CASCADE, related_name="steps", verbose_name="信息")
    round = models.PositiveSmallIntegerField("轮次")
    position = models.PositiveSmallIntegerField("顺序")
    clause = models.CharField("依据条款", max_length=80)
    key = models.CharField("环节", max_length=40)
    label = models.CharField("环节名称", max_length=40)
    role = models.CharField("角色", max_length=32)
    or_above = models.JSONField("可代签的更高角色", default=list)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="审核所在部门")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField("到达时间", null=True, blank=True)
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    decided_as = models.CharField("签批身份", max_length=100, blank=True)
    opinion = models.CharField("意见", max_length=500, blank=True)
    reasons = models.JSONField("退回理由", default=list, blank=True, help_text="制度包词表 return_reason。")
    marks = models.JSONField("写作评价", default=dict, blank=True, help_text="写作清单各项：good、weak。")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+", verbose_name="所审稿")
    left_version = models.PositiveIntegerField(
        "决定后的版本", null=True, help_text="信息的版本仍与此相同，决定就可以撤销。"
    )

    class Meta:
        verbose_name = verbose_name_plural = "审核环节"
        ordering = ["item", "round", "position"]
        indexes = [models.Index(fields=["state", "role", "unit"], name="step_inbox")]
        constraints = [models.UniqueConstraint(fields=["item", "round", "position"], name="step_once")]

    def get_role_label(self) -> str:
        return ROLES[self.role].label if self.role in ROLES else self.role


class Counter(models.Model):
    """The last number given out in a series of a year; its row is locked while a number is drawn."""

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="+", verbose_name="制度")
    series = models.CharField("系列", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后编号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        constraints = [
            models.UniqueConstraint(fields=["installation", "series", "year"], name="counter_once_a_year")
        ]


class Scratch(models.Model):
    """What somebody is typing: private, overwritten every few seconds, gone when the form is saved."""

    key = models.CharField("稿件键", max_length=64)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="scratches", verbose_name="信息")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="输入人")
    values = models.JSONField("内容", default=dict)
    base_version = models.PositiveIntegerField("所依据的版本", default=0)
    saved_at = models.DateTimeField("自动保存时间")

    class Meta:
        verbose_name = verbose_name_plural = "自动保存"
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="scratch_once")]


class FactQuerySet(models.QuerySet["Fact"]):
    def standing(self) -> FactQuerySet:
        """Facts that count: not withdrawn, and not themselves a withdrawal."""
        return self.filter(withdraws=None).exclude(Exists(Fact.objects.filter(withdraws=OuterRef("pk"))))


class Fact(models.Model):
    """Something that happened: submitted, received, printed, adopted, instructed, found wrong, withdrawn …

    ``kind`` and ``value`` come from the pack's vocabularies (event, tier, level, fault). Two times: when it
    happened, when it was recorded. A fact is never changed; a withdrawal is a new fact that points at it.
    """

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="facts", verbose_name="制度")
    kind = models.CharField("事实", max_length=24)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="信息"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="部门", db_index=False
    )
    value = models.CharField("取值", max_length=40, blank=True)
    system = models.CharField("系统", max_length=20, blank=True)
    n = models.PositiveIntegerField("数量", default=1)
    sent_up = models.BooleanField("已报上级", null=True, blank=True)
    publication = models.CharField("刊物（批示人）", max_length=100, blank=True)
    carrier = models.CharField(
        "载体类别", max_length=40, blank=True, help_text="制度包词表 publication：采用的载体属于哪一类。"
    )
    note = models.CharField("说明", max_length=500, blank=True)
    happened_at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认定人"
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="相关修订稿"
    )
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="凭证"
    )
    edition = models.ForeignKey(
        "Edition", models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="刊期"
    )
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by", verbose_name="撤销的事实"
    )
    cause = models.CharField(
        "撤销原因", max_length=20, blank=True, help_text="error 记错，returned 退回，decision 决定。"
    )
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "事实"
        ordering = ["happened_at", "id"]
        indexes = [
            models.Index(fields=["installation", "kind", "happened_at"], name="fact_kind"),
            models.Index(fields=["item", "kind"], name="fact_item"),
            models.Index(fields=["unit", "kind", "happened_at"], name="fact_unit"),
            models.Index(fields=["installation", "kind", "withdraws"], name="fact_counted"),
            models.Index(
                fields=["installation", "-happened_at", "-id", "kind", "withdraws"], name="fact_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".strip()


class FaultCase(models.Model):
    """A fault proposed, answered and decided; only the decision becomes a fact (and costs points)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待认定"
        CONFIRMED = "confirmed", "已认定"
        DISMISSED = "dismissed", "不成立"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="faults", verbose_name="制度")
    item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="faults",
        verbose_name="信息",
        help_text="漏报、长期不报等没有稿件的，留空。",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任部门")
    kind = models.CharField("差错类别", max_length=24, help_text="制度包词表 fault。")
    value = models.CharField("程度", max_length=20, blank=True)
    n = models.PositiveIntegerField("处（次）数", default=1)
    sent_up = models.BooleanField("出现在报送上级的信息中", default=False)
    happened_at = models.DateTimeField("发生时间")
    description = models.TextField("事实经过")
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="引入差错的修订稿"
    )
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="凭证"
    )
    clock = models.CharField(
        "逾期时限", max_length=80, blank=True, help_text="由时限计算提出的，记其条款与环节。"
    )
    reply = models.TextField("部门申辩", blank=True)
    replied_at = models.DateTimeField("申辩时间", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="认定人")
    decided_at = models.DateTimeField("认定时间", null=True, blank=True)
    reason = models.TextField("认定理由", blank=True)
    fact = models.OneToOneField(
        Fact, models.PROTECT, null=True, blank=True, related_name="fault_case", verbose_name="形成的事实"
    )

    class Meta:
        verbose_name = verbose_name_plural = "差错认定"
        ordering = ["-proposed_at", "-id"]
        indexes = [
            models.Index(fields=["state", "installation", "proposed_at", "id"], name="fault_waiting"),
            models.Index(fields=["installation", "-proposed_at", "-id"], name="fault_latest"),
        ]

    @property
    def about(self) -> str:
        """What it is about: the item, or the department where there is none."""
        return self.item.title if self.item is not None else f"{self.unit}（没有稿件）"


class Edition(models.Model):
    """One issue of a bulletin series (一期刊物)."""

    class State(models.TextChoices):
        PLANNED = "planned", "待编"
        COMPOSING = "composing", "编辑中"
        ISSUED = "issued", "已印发"
        SKIPPED = "skipped", "本期停编"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="editions", verbose_name="制度"
    )
    series = models.CharField("刊物", max_length=40, help_text="制度包词表 series。")
    outlet = models.CharField("载体", max_length=40)
    period = models.CharField("编发周期", max_length=12)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("期号", null=True, blank=True)
    title = models.CharField("刊名", max_length=100)
    due_on = models.DateField("应编发日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    editor_note = models.TextField("编者按", blank=True)
    recipients = models.JSONField("送发范围", default=list, help_text="受众词表的键，或本期专门指定的单位。")
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    skip_reason = models.CharField("停编理由", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "刊期"
        ordering = ["-due_on", "series", "-id"]
        indexes = [
            models.Index(fields=["installation", "-due_on", "-id"], name="edition_latest"),
            models.Index(fields=["installation", "-issued_at", "-id"], name="edition_issued"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "series", "period"], name="edition_once_per_period"
            ),
            models.UniqueConstraint(
                fields=["installation", "series", "year", "number"],
                condition=Q(number__isnull=False),
                name="edition_number_once",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.title}{self.year}年第{self.number}期"
            if self.number
            else f"{self.title}（{self.cycle or '不定期'}）"
        )

    @property
    def cycle(self) -> str:
        """2024年第23周; empty for what is not periodical."""
        return "" if "#" in self.period else Period.parse(self.period).label


class EditionEntry(models.Model):
    """An item in an edition, as the revision that was printed."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="entries", verbose_name="刊期")
    item = models.ForeignKey(Item, models.PROTECT, related_name="entries", verbose_name="信息")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+", verbose_name="所印稿")
    section = models.CharField("栏目", max_length=40, blank=True)
    position = models.PositiveIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "刊期篇目"
        ordering = ["edition", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="entry_once")]


class IntranetPost(models.Model):
    """An item shown in the intranet column; only outlets whose clause allows it ever get here."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="intranet_post", verbose_name="信息")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name="所发稿")
    posted_at = models.DateTimeField("刊发时间")
    posted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="刊发人")
    taken_down_at = models.DateTimeField("撤下时间", null=True, blank=True)
    taken_down_reason = models.CharField("撤下理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "内网刊发"
        ordering = ["-posted_at"]
        indexes = [models.Index(fields=["-posted_at", "-id"], name="intranet_latest")]


# kept beside their acts and pages
from hengjian.apps.bulletins.box_models import Box as Box  # noqa: E402
from hengjian.apps.bulletins.box_models import Delivery as Delivery  # noqa: E402
from hengjian.apps.bulletins.commissions.models import Commission as Commission  # noqa: E402
from hengjian.apps.bulletins.commissions.models import CommissionItem as CommissionItem  # noqa: E402
from hengjian.apps.bulletins.commissions.models import CommissionRefusal as CommissionRefusal  # noqa: E402
from hengjian.apps.bulletins.emergency_models import PhoneRecord as PhoneRecord  # noqa: E402
from hengjian.apps.bulletins.emergency_models import StageReport as StageReport  # noqa: E402
from hengjian.apps.bulletins.exhibit_models import Exhibit as Exhibit  # noqa: E402
from hengjian.apps.bulletins.outward.models import Dispatch as Dispatch  # noqa: E402
