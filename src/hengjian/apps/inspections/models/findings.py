"""What was found, who answers for it, what was done about it; and what was found good."""

from __future__ import annotations

from django.db import models

from hengjian.apps.inspections.models.plans import Inspection
from hengjian.apps.inspections.models.vault import Evidence, FrozenCopy
from hengjian.apps.org.models import Person, Unit


class Finding(models.Model):
    """A problem under one head. ``cause`` is what was established; intent is only ever established by people."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定"
        HANDED = "handed", "待答复"
        REPLIED = "replied", "已答复"

    class Intent(models.TextChoices):
        NONE = "", "不涉及"
        VIEWS = "views", "待检查人员分别认定"
        REPLY = "reply", "待本人答复"
        CONFIRM = "confirm", "待上级确认"
        ESTABLISHED = "established", "已认定故意"
        NOT_ESTABLISHED = "dropped", "未认定故意"

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings", verbose_name="检查")
    number = models.PositiveIntegerField("序号")
    head = models.CharField("检查内容", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任部门")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="有关人员"
    )
    title = models.CharField("问题", max_length=120)
    text = models.TextField("事实和依据", max_length=4000)
    cause = models.CharField("原因", max_length=40, blank=True)
    alleged = models.CharField("待认定的原因", max_length=40, blank=True)
    intent = models.CharField(
        "故意的认定", max_length=12, choices=Intent.choices, default=Intent.NONE, blank=True
    )
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="findings", verbose_name="证据")
    copies = models.ManyToManyField(
        FrozenCopy, blank=True, related_name="findings", verbose_name="冻结的记录"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="检查人员")
    found_at = models.DateTimeField("时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "检查发现的问题"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["inspection", "number"], name="finding_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class FindingReply(models.Model):
    """The unit's or the person's word about a finding. Never edited."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="replies", verbose_name="问题")
    personal = models.BooleanField("本人答复", default=False)
    accepts = models.BooleanField("承认")
    text = models.TextField("答复", max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "对问题的答复"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class IntentView(models.Model):
    """What one inspector holds about intent, on which evidence; the others see it only after giving their own."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="views", verbose_name="问题")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="检查人员")
    intended = models.BooleanField("认为是故意")
    grounds = models.TextField("理由和证据", max_length=4000)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "检查人员的认定"
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["finding", "person"], name="view_once_a_person")]

    def __str__(self) -> str:
        return f"{self.person}：{'故意' if self.intended else '不是故意'}"


class Rectification(models.Model):
    """What a unit has to put right. ``due_on`` empty: the text names no time and none was set."""

    class State(models.TextChoices):
        OPEN = "open", "整改中"
        HANDED = "handed", "待复查"
        ACCEPTED = "accepted", "已验收"
        CANCELLED = "cancelled", "已撤销"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="rectifications", verbose_name="问题")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任部门")
    opinion = models.TextField("改进意见", max_length=2000)
    due_on = models.DateField("期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    ordered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    ordered_at = models.DateTimeField("提出时间")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    accepted_at = models.DateTimeField("验收时间", null=True, blank=True)
    recheck_on = models.DateField("复查日期", null=True, blank=True)
    recheck = models.CharField("复查情况", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "限期整改"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"整改：{self.finding.title}"


class Extension(models.Model):
    """A written extension: until when, why, who decided."""

    rectification = models.ForeignKey(
        Rectification, models.CASCADE, related_name="extensions", verbose_name="整改"
    )
    before = models.DateField("原期限", null=True)
    until = models.DateField("延长到")
    reason = models.CharField("理由", max_length=300)
    decided_by = models.CharField("决定人（机构）", max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改延期"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"延长到 {self.until}"


class Practice(models.Model):
    """Something done well, praised and spread to other courts."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="practices", verbose_name="检查")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    title = models.CharField("做法", max_length=120)
    text = models.TextField("内容和成效", max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "好的做法"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.title


class Spread(models.Model):
    """A court that was told of a good practice, and what it made of it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="spreads", verbose_name="做法")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="法院")
    told_at = models.DateTimeField("推送时间")
    read_at = models.DateTimeField("签收时间", null=True, blank=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    note = models.CharField("采用情况", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "做法推广"
        ordering = ["court__position", "id"]
        constraints = [models.UniqueConstraint(fields=["practice", "court"], name="spread_once")]

    def __str__(self) -> str:
        return f"{self.practice} → {self.court}"
