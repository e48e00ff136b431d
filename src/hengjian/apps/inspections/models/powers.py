"""What the inspectors ask for and what they are answered: letters, demands, interviews, refusals."""

from __future__ import annotations

from django.db import models

from hengjian.apps.inspections.models.plans import Inspection
from hengjian.apps.org.models import Person, Unit


class Request(models.Model):
    """A numbered letter of inquiry, or a demand for records. Its text is never changed once issued."""

    class State(models.TextChoices):
        ISSUED = "issued", "待答复"
        ANSWERED = "answered", "已答复待核"
        FULL = "full", "如实答复"
        PARTLY = "partly", "部分答复"
        REFUSED = "refused", "拒绝"
        WITHDRAWN = "withdrawn", "已撤回"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="requests", verbose_name="检查")
    power = models.CharField("权力", max_length=40)
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("编号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="送达部门")
    subject = models.CharField("事由", max_length=120)
    questions = models.TextField("查询事项", max_length=4000, help_text="一行一项。")
    due_on = models.DateField("答复期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ISSUED)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间")
    assessed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="核对人"
    )
    assessed_at = models.DateTimeField("核对时间", null=True, blank=True)
    assessment = models.CharField("核对意见", max_length=500, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "检查查询书和资料调取"
        ordering = ["-issued_at", "-id"]
        indexes = [models.Index(fields=["unit", "state"], name="request_unit")]

    def __str__(self) -> str:
        return f"〔{self.year}〕{'查' if self.power == 'inquiry' else '调'}{self.number}号 {self.subject}"


class Answer(models.Model):
    """What the unit answered. Never edited; a further answer is another row."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="answers", verbose_name="查询书")
    text = models.TextField("答复", max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    at = models.DateTimeField("时间")
    evidence = models.ForeignKey(
        "inspections.Evidence", models.PROTECT, null=True, related_name="answers", verbose_name="资料"
    )

    class Meta:
        verbose_name = verbose_name_plural = "答复"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class Refusal(models.Model):
    """Register of what the inspected must not do: refused, obstructed, moved, hid, altered, destroyed."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="refusals", verbose_name="检查")
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, related_name="refusals", verbose_name="有关文书"
    )
    kind = models.CharField("行为", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    text = models.TextField("情况", max_length=2000)
    said = models.TextField("当事人的说明", max_length=2000, blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="说明人")
    said_at = models.DateTimeField("说明时间", null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "不配合检查的登记"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.unit}：{self.text[:40]}"


class Interview(models.Model):
    """A note of an interview by two inspectors: read back, corrected, signed or not signed with the reason."""

    class State(models.TextChoices):
        DRAFT = "draft", "记录中"
        READ = "read", "已宣读核对"
        SIGNED = "signed", "已签名"
        UNSIGNED = "unsigned", "拒绝签名"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="interviews", verbose_name="检查")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="被询问人")
    name = models.CharField("被询问人姓名和职务", max_length=80)
    place = models.CharField("地点", max_length=80)
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间")
    askers = models.ManyToManyField(Person, related_name="+", verbose_name="询问人")
    text = models.TextField("记录", max_length=20000)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    read_at = models.DateTimeField("核对时间", null=True, blank=True)
    corrections = models.TextField("更正和补充", max_length=4000, blank=True)
    signed_at = models.DateTimeField("签名时间", null=True, blank=True)
    signed_how = models.CharField("签名方式或拒签理由", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="记录人"
    )
    recorded_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "询问笔录"
        ordering = ["-began_at", "-id"]

    def __str__(self) -> str:
        return f"询问{self.name}"
