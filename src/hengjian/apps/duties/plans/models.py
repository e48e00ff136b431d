"""A yearly plan that follows the annex of the text; it counts from the day it was approved."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Plan(models.Model):
    """The numbers of one year. ``table`` is the table of the pack it takes the place of."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定中"
        SUBMITTED = "submitted", "审批中"
        APPROVED = "approved", "已批准"

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="plans", verbose_name="制度")
    table = models.CharField("表", max_length=60, help_text="制度包里的表。")
    year = models.PositiveSmallIntegerField("年度")
    origin = models.CharField("沿用自", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField("拟定时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="拟定人")
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "任务计划"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["installation", "table", "year"], name="plan_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}年任务计划"


class PlanRow(models.Model):
    """A unit's numbers; ``source`` is the row of the table (or the plan) it comes from."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="rows", verbose_name="计划")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    numbers = models.JSONField("篇数", default=dict, help_text="表的列 → 篇数；没有的列不作要求。")
    source = models.CharField("来源", max_length=100, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ["plan", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "unit"], name="plan_row_once")]

    def __str__(self) -> str:
        return str(self.unit)
