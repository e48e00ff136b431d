"""What the statistics office gives out: releases and their cells, frozen figures, doubts, authorisations, files.

A figure is frozen when its release is approved; from then on neither it nor the release's cells change.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from hengjian.apps.bulletins.models import Grade
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.figures.spans import Span

FROZEN = "已经发布的数不能修改或者删除；确需更正的，请走重述，旧数保留可查。"


class FrozenError(HengjianError):
    """Somebody tried to change what is frozen."""

    code = "frozen"


class FrozenRows(models.QuerySet["Figure"]):
    """Rows that are only ever added."""

    def update(self, **values: Any) -> int:
        raise FrozenError(FROZEN)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenError(FROZEN)

    def bulk_update(self, *args: Any, **values: Any) -> int:
        raise FrozenError(FROZEN)


class Release(models.Model):
    """A set of figures that come out together, at one moment, in one way."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟稿"
        REVIEW = "review", "审批中"
        APPROVED = "approved", "已签发"
        WITHDRAWN = "withdrawn", "已撤下"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="发布法院")
    code = models.CharField("参考号", max_length=12, unique=True)
    title = models.CharField("标题", max_length=120)
    mode = models.CharField("发布方式", max_length=80)
    channel = models.CharField("发布渠道", max_length=40)
    grade = models.CharField("知悉范围", max_length=10, choices=Grade.choices, default=Grade.PUBLIC)
    query_channel = models.CharField("查询渠道", max_length=200)
    opens_at = models.DateTimeField(
        "发布时间", null=True, blank=True, help_text="此前阶段性保密；空着的，签发即发布。"
    )
    note = models.TextField("说明", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="拟稿人"
    )
    prepared_at = models.DateTimeField("拟稿时间")
    approved_at = models.DateTimeField("签发时间", null=True, blank=True)
    opened_at = models.DateTimeField("开放登记时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤下理由", max_length=200, blank=True)
    digest = models.CharField("摘要", max_length=64, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "数据发布"
        ordering = ["-prepared_at", "-id"]
        indexes = [models.Index(fields=["installation", "state", "opens_at"], name="release_open")]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """How it is named where its title may not stand: log, mail, file names, courses of approval."""
        return f"发布 {self.code}"


class Said(models.Model):
    """One number: of which concept and card, of which court, for which period, under which dimensions."""

    concept = models.CharField("概念", max_length=80)
    name = models.CharField("名称", max_length=80)
    aliases = models.CharField("别称", max_length=200, blank=True)
    card_version = models.CharField("口径版本", max_length=40, blank=True)
    definition = models.TextField("口径", max_length=1000, blank=True)
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    first = models.DateField("期间起")
    end = models.DateField("期间止（不含）")
    whole = models.BooleanField("含所辖法院", default=False)
    dims = models.JSONField("维度", default=dict, blank=True)
    value = models.DecimalField("数值", max_digits=26, decimal_places=6)
    written = models.CharField("写法", max_length=30)
    measure = models.CharField("计量单位", max_length=20)
    data_version = models.CharField("数据版本", max_length=80, blank=True)
    source = models.CharField("来源", max_length=200)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        return Span(self.first, self.end)

    @property
    def dims_text(self) -> str:
        return "，".join(str(value) for _, value in sorted(self.dims.items()))

    @property
    def described(self) -> str:
        """What the number is of, in words."""
        more = f"（{self.dims_text}）" if self.dims else ""
        return f"{self.place}{self.span.label}{self.name}{more}"

    @property
    def place(self) -> str:
        """The court, and whether the courts below it are counted too."""
        return f"{self.court.name}（含所辖法院）" if self.whole else self.court.name

    @property
    def key(self) -> str:
        """What may have one number only."""
        dims = ";".join(f"{name}={value}" for name, value in sorted(self.dims.items()))
        court = f"{self.court_id}{'+' if self.whole else ''}"
        return f"{self.concept}|{court}|{self.first}|{self.end}|{dims}"


class Figure(Said):
    """Frozen. A restated figure is a new row with the next revision that points to the old one."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    release = models.ForeignKey(Release, models.PROTECT, related_name="figures", verbose_name="发布")
    key_digest = models.CharField("唯一键摘要", max_length=64)
    revision = models.PositiveSmallIntegerField("第几次", default=1)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="重述的旧数"
    )
    authority = models.CharField("发布依据", max_length=200)
    frozen_at = models.DateTimeField("冻结时间")
    digest = models.CharField("摘要", max_length=64)

    objects = FrozenRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "已冻结的数"
        ordering = ["court__position", "concept", "first", "id"]
        indexes = [models.Index(fields=["installation", "key_digest"], name="figure_key")]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "key_digest", "revision"], name="one_number_per_key_and_revision"
            )
        ]

    def __str__(self) -> str:
        return self.described

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenError(FROZEN)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(FROZEN)


class Cell(Said):
    """A line of a release while it is drawn up; afterwards the place where a frozen figure was published."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="cells", verbose_name="发布")
    position = models.PositiveIntegerField("顺序", default=0)
    figure = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="cells", verbose_name="冻结的数"
    )
    replaces = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="重述的旧数"
    )

    class Meta:
        verbose_name = verbose_name_plural = "发布的格"
        ordering = ["release", "position", "id"]

    def __str__(self) -> str:
        return self.described

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and Cell.objects.filter(pk=self.pk, figure__isnull=False).exists():
            raise FrozenError(FROZEN)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.figure_id is not None:
            raise FrozenError(FROZEN)
        return super().delete(*args, **kwargs)


class Reader(models.Model):
    """名单: somebody who may know before the time. Taken off by a mark, never deleted."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="readers", verbose_name="发布")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    reason = models.CharField("事由", max_length=120)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("列入时间")
    removed_at = models.DateTimeField("移出时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "知悉名单"
        ordering = ["release", "added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person"], condition=Q(removed_at=None), name="reader_listed_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class FigureNote(models.Model):
    """加注: said beside a published figure that is not restated."""

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="notes", verbose_name="数")
    text = models.CharField("注", max_length=300)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="加注人")
    made_at = models.DateTimeField("加注时间")

    class Meta:
        verbose_name = verbose_name_plural = "加注"
        ordering = ["figure", "made_at", "id"]

    def __str__(self) -> str:
        return self.text


class Doubt(models.Model):
    """A published figure that the data, as corrected since, no longer give. Decided by restating or by a note."""

    class State(models.TextChoices):
        OPEN = "open", "待决定"
        RESTATING = "restating", "重述中"
        RESTATED = "restated", "已重述"
        NOTED = "noted", "已加注"
        SETTLED = "settled", "不再有差别"

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="doubts", verbose_name="数")
    to_version = models.CharField("更正后的数据版本", max_length=80)
    now = models.DecimalField("按更正后的数据", max_digits=26, decimal_places=6, null=True)
    reason = models.CharField("缘由", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField("发现时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    text = models.CharField("说明", max_length=300, blank=True)
    restatement = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="settles", verbose_name="重述的发布"
    )

    class Meta:
        verbose_name = verbose_name_plural = "更正影响"
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure"], condition=Q(state="open"), name="one_open_doubt_per_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.figure}（{self.get_state_display()}）"


class Application(models.Model):
    """A request to use data, and once granted the authorisation: scope, purpose, until when."""

    class State(models.TextChoices):
        REVIEW = "review", "审批中"
        GRANTED = "granted", "已授权"
        RETURNED = "returned", "已退回"
        REVOKED = "revoked", "已收回"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="受理法院")
    code = models.CharField("编号", max_length=12, unique=True)
    scope = models.CharField("使用范围", max_length=40)
    target = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="哪个法院的数据"
    )
    wanted = models.CharField("要用的数据", max_length=300)
    purpose = models.CharField("用途", max_length=300)
    until = models.DateField("使用到（含当日）")
    applicant = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="申请人")
    external = models.CharField("院外申请人", max_length=120, blank=True)
    applied_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.REVIEW)
    granted_at = models.DateTimeField("授权时间", null=True, blank=True)
    granted_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="授权法院"
    )
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_reason = models.CharField("收回理由", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", default=1)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "使用申请"
        ordering = ["-applied_at", "-id"]
        indexes = [models.Index(fields=["installation", "state"], name="application_state")]

    def __str__(self) -> str:
        return f"使用申请 {self.code}"

    @property
    def who(self) -> str:
        return self.external or str(self.applicant or "")


class Parcel(models.Model):
    """A table the office supplies under an authorisation. Kept as rows; every copy handed out is marked."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="parcels", verbose_name="使用申请"
    )
    title = models.CharField("名称", max_length=120)
    columns = models.JSONField("列")
    rows = models.JSONField("行")
    data_version = models.CharField("数据版本", max_length=80, blank=True)
    source = models.CharField("来源", max_length=200)
    supplied_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提供人"
    )
    supplied_at = models.DateTimeField("提供时间")

    class Meta:
        verbose_name = verbose_name_plural = "提供的数据"
        ordering = ["application", "id"]

    def __str__(self) -> str:
        return self.title


class HandOut(models.Model):
    """One file that left: to whom, when, what for. Never edited."""

    code = models.CharField("追踪号", max_length=24, unique=True)
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="handouts", verbose_name="发布"
    )
    parcel = models.ForeignKey(
        Parcel, models.PROTECT, null=True, blank=True, related_name="handouts", verbose_name="提供的数据"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="工作表所属的法院"
    )
    title = models.CharField("工作表名称", max_length=120, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="领取人")
    name = models.CharField("领取人姓名", max_length=120)
    office = models.CharField("领取人单位", max_length=120)
    purpose = models.CharField("用途", max_length=300)
    form = models.CharField("格式", max_length=8)
    sha256 = models.CharField("文件摘要", max_length=64)
    at = models.DateTimeField("时间")
    address = models.CharField("地址", max_length=45, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发出的文件"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["sha256"], name="handout_digest")]

    def __str__(self) -> str:
        return self.code


class DataCheck(models.Model):
    """Up to which version of the data published figures were looked at again."""

    installation = models.OneToOneField(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    version = models.PositiveIntegerField("数据版本")
    at = models.DateTimeField("核对时间")

    class Meta:
        verbose_name = verbose_name_plural = "更正核对"

    def __str__(self) -> str:
        return f"第{self.version}版"
