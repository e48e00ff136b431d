"""A meeting, minutes or an instruction; the units that must carry it out; the items that report on it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Matter(models.Model):
    """What starts the clocks of the responsible units."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="matters", verbose_name="制度"
    )
    kind = models.CharField("来源", max_length=40, help_text="制度包词表 moment。")
    title = models.CharField("事项", max_length=200)
    document = models.CharField("文号或者会议名称", max_length=100, blank=True)
    happened_at = models.DateTimeField("召开（下发）时间")
    summary = models.TextField("要求", blank=True)
    long_term = models.BooleanField("需要长期持续推进", default=False)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=200, blank=True)
    client_key = models.CharField("幂等键", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "督办事项"
        ordering = ["-happened_at", "-id"]
        indexes = [models.Index(fields=["installation", "-happened_at"], name="matter_recent")]

    def __str__(self) -> str:
        return self.title


class Assignment(models.Model):
    """One responsible unit of a matter. Closed by the office when nothing more is expected."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="assignments", verbose_name="事项")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    assigned_at = models.DateTimeField("交办时间")
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    closed_reason = models.CharField("办结说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["matter", "unit__position", "id"]
        constraints = [models.UniqueConstraint(fields=["matter", "unit"], name="matter_unit_once")]

    def __str__(self) -> str:
        return f"{self.matter}（{self.unit}）"


class Progress(models.Model):
    """An item that answers a stage. Taken back by a mark, never deleted."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="reports", verbose_name="责任单位"
    )
    stage = models.CharField("阶段", max_length=40, help_text="时限条款里的环节。")
    item = models.ForeignKey(Item, models.PROTECT, related_name="progress", verbose_name="信息")
    reported_at = models.DateTimeField("报送时间")
    linked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="关联人")
    linked_at = models.DateTimeField("关联时间")
    undone_at = models.DateTimeField("取消时间", null=True, blank=True)
    undone_reason = models.CharField("取消理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "落实报告"
        ordering = ["assignment", "reported_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "stage", "item"], condition=Q(undone_at=None), name="progress_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}：{self.item}"
