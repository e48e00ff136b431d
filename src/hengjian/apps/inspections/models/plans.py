"""A plan, the inspections it leads to (one a court), who carries them out, and the heads they go through."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.regs.models import Installation


class Plan(models.Model):
    """Why, how, when and which courts. Courts that are drawn can be drawn again from seed and population."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    house = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="组织检查的法院")
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    title = models.CharField("名称", max_length=120)
    mode = models.CharField("方式", max_length=40)
    purpose = models.TextField("目的和依据", max_length=2000)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    seed = models.CharField("抽取种子", max_length=80, blank=True)
    population = models.JSONField("抽取总体", default=list)
    drawn = models.JSONField("抽取结果", default=list)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟定人")
    made_at = models.DateTimeField("拟定时间")

    class Meta:
        verbose_name = verbose_name_plural = "检查计划"
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One court looked at by one team."""

    class State(models.TextChoices):
        PLANNED = "planned", "准备中"
        ORDERED = "ordered", "待到场"
        UNDERWAY = "underway", "检查中"
        REPLYING = "replying", "待被检查方答复"
        REPORTING = "reporting", "待签署报告"
        REPORTED = "reported", "整改中"
        CLOSED = "closed", "已办结"
        CANCELLED = "cancelled", "已取消"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="inspections", verbose_name="计划")
    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    court = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="被检查法院")
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("编号")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="被检查部门")
    cases = models.TextField("案件范围", max_length=2000, blank=True)
    sample = models.CharField("样本", max_length=120, blank=True)
    access_until = models.DateTimeField("查阅权限截止", null=True, blank=True)
    ordered_at = models.DateTimeField("下达时间", null=True, blank=True)
    ordered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="下达人")
    begun_at = models.DateTimeField("到场时间", null=True, blank=True)
    handed_at = models.DateTimeField("送交答复时间", null=True, blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    ended_at = models.DateTimeField("办结时间", null=True, blank=True)
    summary = models.TextField("检查情况", blank=True)
    outcomes = models.JSONField("处理", default=list)
    reason = models.CharField("取消理由", max_length=300, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "检查"
        ordering = ["-year", "-number", "-id"]
        indexes = [models.Index(fields=["court", "state"], name="inspection_court")]

    def __str__(self) -> str:
        return f"{self.plan.title}（{self.court}）"

    @property
    def label(self) -> str:
        return f"〔{self.year}〕检{self.number}号"


class TeamMember(models.Model):
    """Somebody of the team; nobody counts before having declared that nothing stands in the way."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="team", verbose_name="检查")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="检查人员")
    lead = models.BooleanField("组长", default=False)
    named_at = models.DateTimeField("指派时间")
    declared_at = models.DateTimeField("声明时间", null=True, blank=True)
    arrived_at = models.DateTimeField("到场签到", null=True, blank=True)
    conflict = models.CharField("应当回避的情形", max_length=300, blank=True)
    removed_at = models.DateTimeField("退出时间", null=True, blank=True)
    removed_why = models.CharField("退出原因", max_length=200, blank=True)
    seat = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, related_name="+", verbose_name="检查岗位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "检查组成员"
        ordering = ["-lead", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "person"], condition=Q(removed_at=None), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}{'（组长）' if self.lead else ''}"

    @property
    def fit(self) -> bool:
        return self.removed_at is None and self.declared_at is not None and not self.conflict


class HeadCheck(models.Model):
    """What was found under one head of the checklist; looked at again, the row is written anew."""

    class Result(models.TextChoices):
        FINE = "fine", "未发现问题"
        PROBLEM = "problem", "有问题"
        OUTSIDE = "outside", "不在本次范围"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="heads", verbose_name="检查")
    head = models.CharField("内容", max_length=40)
    result = models.CharField("结果", max_length=10, choices=Result.choices)
    note = models.TextField("检查情况", max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="检查人员")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "检查内容"
        constraints = [models.UniqueConstraint(fields=["inspection", "head"], name="head_once")]

    def __str__(self) -> str:
        return f"{self.head}：{self.get_result_display()}"
