"""The desk of the office: problems people bring, meetings that settle them, systems on their way to a lead, checklists."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Ticket(models.Model):
    """A problem, an opinion, a proposal or a request, from whomever it comes."""

    class State(models.TextChoices):
        NEW = "new", "待分办"
        ROUTED = "routed", "办理中"
        ANSWERED = "answered", "已答复"
        CLOSED = "closed", "已办结"
        REFUSED = "refused", "不予受理"

    class Channel(models.TextChoices):
        INSIDE = "inside", "内网填写"
        WEB = "web", "公开网页"
        MAIL = "mail", "邮件登记"
        PHONE = "phone", "电话登记"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="tickets", verbose_name="制度"
    )
    number = models.CharField("编号", max_length=20)
    code = models.CharField("查询码", max_length=32, unique=True)
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices, default=Channel.INSIDE)
    origin = models.CharField("来源", max_length=40)
    kind = models.CharField("事项", max_length=40)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", max_length=4000)
    system = models.CharField("涉及的系统", max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出单位"
    )
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact = models.CharField("联系方式", max_length=80, blank=True)
    address_hash = models.CharField("来源摘要", max_length=64, blank=True)
    raised_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    handler = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="handled_tickets", verbose_name="办理单位"
    )
    routed_at = models.DateTimeField("分办时间", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    for_meeting = models.BooleanField("提交例会", default=False)
    stars = models.PositiveSmallIntegerField("满意度", null=True, blank=True)
    stars_text = models.CharField("评价", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "问题单"
        ordering = ["-raised_at", "-id"]
        indexes = [
            models.Index(fields=["installation", "state"], name="ticket_state"),
            models.Index(fields=["address_hash", "raised_at"], name="ticket_address"),
        ]
        constraints = [models.UniqueConstraint(fields=["installation", "number"], name="ticket_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class TicketStep(models.Model):
    """What was done with a ticket, in order; ``shown`` may be read by whoever raised it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="steps", verbose_name="问题单")
    at = models.DateTimeField("时间")
    by = models.CharField("办理人", max_length=60)
    what = models.CharField("办理", max_length=40)
    text = models.TextField("内容", blank=True)
    shown = models.BooleanField("对提出人可见", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理过程"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.what


class AnswerTemplate(models.Model):
    """An answer given often."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    kind = models.CharField("事项", max_length=40, blank=True)
    title = models.CharField("名称", max_length=80)
    text = models.TextField("答复", max_length=2000)
    retired = models.BooleanField("停用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "答复模板"
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """A meeting of the office: agenda, minutes, decisions, report to the group."""

    class State(models.TextChoices):
        PLANNED = "planned", "筹备"
        MINUTED = "minuted", "已成纪要"
        REPORTED = "reported", "已报领导小组"
        CANCELLED = "cancelled", "已取消"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="meetings", verbose_name="制度"
    )
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("次数")
    urgent = models.BooleanField("临时会议", default=False)
    starts_at = models.DateTimeField("召开时间")
    place = models.CharField("地点", max_length=80)
    reason = models.CharField("临时召开的事由", max_length=200, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    present = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="出席人员")
    absent = models.CharField("请假人员", max_length=200, blank=True)
    summary = models.TextField("会议概述", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="召集人")
    minuted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="记录人")
    minuted_at = models.DateTimeField("成纪要时间", null=True, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "例会"
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["installation", "year", "number"], name="meeting_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}次{'临时会议' if self.urgent else '例会'}"


class AgendaItem(models.Model):
    """A topic; ``source`` names where it came from (``ticket:3``), so that it is collected only once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    position = models.PositiveIntegerField("次序")
    topic = models.CharField("议题类别", max_length=40)
    title = models.CharField("议题", max_length=200)
    detail = models.TextField("情况", blank=True)
    source = models.CharField("出处", max_length=80, blank=True)
    brought_by = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="提出单位"
    )
    conclusion = models.TextField("研究结果", blank=True)
    dropped = models.BooleanField("不上会", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "议题"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """Something a meeting gave a unit to do by a day; it stands in that unit's inbox until it is done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name="会议")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name="议题"
    )
    text = models.CharField("事项", max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("期限", null=True, blank=True)
    done_at = models.DateTimeField("办结时间", null=True, blank=True)
    done_note = models.CharField("办结说明", max_length=300, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="办结人")

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text


class System(models.Model):
    """A system on its way: planned, studied, built, people trained, handed over to a lead, perhaps an indicator."""

    class Stage(models.TextChoices):
        PLANNED = "planned", "拟建"
        STUDIED = "studied", "已论证"
        BUILT = "built", "已建成"
        TRAINED = "trained", "已培训"
        HANDED = "handed", "已移交牵头部门"
        MEASURED = "measured", "已列入指标"
        RETIRED = "retired", "已停用"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="systems", verbose_name="制度"
    )
    name = models.CharField("系统", max_length=100)
    purpose = models.TextField("用途", max_length=1000, blank=True)
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    lead = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头部门"
    )
    indicator = models.CharField("指标", max_length=60, blank=True)
    changed_at = models.DateTimeField("变动时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "系统登记"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["installation", "name"], name="system_name_once")]

    def __str__(self) -> str:
        return self.name


class SystemStep(models.Model):
    system = models.ForeignKey(System, models.CASCADE, related_name="steps", verbose_name="系统")
    stage = models.CharField("阶段", max_length=10, choices=System.Stage.choices)
    happened_on = models.DateField("日期")
    note = models.CharField("依据和说明", max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "系统进度"
        ordering = ["happened_on", "id"]


class Evidence(models.Model):
    """What a lead did in a year about one line of its duties. A wrong entry is withdrawn."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    year = models.PositiveIntegerField("年度")
    line = models.CharField("事项", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头部门")
    happened_on = models.DateField("日期")
    text = models.CharField("做了什么", max_length=300)
    file = models.FileField("佐证", upload_to="desk/%Y/%m", blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度清单佐证"
        ordering = ["happened_on", "id"]
        indexes = [models.Index(fields=["installation", "year", "line"], name="evidence_line")]


class RequiredSystem(models.Model):
    """A system the people of a unit must master for their posts."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    system = models.CharField("系统", max_length=80)
    since = models.DateTimeField("列入时间")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="确定人")
    ended_at = models.DateTimeField("移出时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位必需的系统"
        ordering = ["unit", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "unit", "system"],
                condition=models.Q(ended_at=None),
                name="required_system_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.system}"


class Skill(models.Model):
    """Somebody masters a system, by what and since when. A wrong entry is withdrawn."""

    class Way(models.TextChoices):
        TRAINED = "trained", "培训合格"
        TESTED = "tested", "考核合格"
        OBSERVED = "observed", "日常应用认定"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人员")
    system = models.CharField("系统", max_length=80)
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    happened_on = models.DateField("日期")
    note = models.CharField("依据", max_length=200)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "熟练应用登记"
        ordering = ["happened_on", "id"]
        indexes = [models.Index(fields=["installation", "person", "system"], name="skill_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.system}"
