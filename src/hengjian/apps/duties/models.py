"""The one inbox. What is owed is derived from state at every look; only what was done is stored."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Fulfilment(models.Model):
    """A register duty done: a hearing held, a training given, somebody designated."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="fulfilments", verbose_name="制度"
    )
    clause = models.CharField("依据条款", max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="责任单位")
    title = models.CharField("事项", max_length=200)
    happened_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100, blank=True)
    minutes = models.TextField("纪要", blank=True)
    file = models.FileField("附件", upload_to="registers/%Y/%m", blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    attendees = models.ManyToManyField(Person, blank=True, related_name="+", verbose_name="参加人员")
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "履职记录"
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["installation", "clause", "happened_on"], name="fulfilment_clause")]

    def __str__(self) -> str:
        return self.title


class ZeroReport(models.Model):
    """本期无情况: signed with one click, so that silence differs from nothing to report."""

    installation = models.ForeignKey(Installation, models.PROTECT, related_name="+", verbose_name="制度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    clause = models.CharField("依据条款", max_length=80)
    period = models.CharField("期间", max_length=12)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签报人")
    signed_at = models.DateTimeField("签报时间")

    class Meta:
        verbose_name = verbose_name_plural = "零报告"
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "unit", "clause", "period"], name="zero_report_once"
            )
        ]


class JobState(models.Model):
    """How a background job last went. A failing one stands in the inbox of the system administrator."""

    name = models.CharField("任务", max_length=60, primary_key=True)
    started_at = models.DateTimeField("最近开始", null=True)
    succeeded_at = models.DateTimeField("最近成功", null=True)
    failing_since = models.DateTimeField("自何时失败", null=True)
    error = models.CharField("失败原因", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"


# kept beside their acts and pages
from hengjian.apps.duties.plans.models import Plan as Plan  # noqa: E402
from hengjian.apps.duties.plans.models import PlanRow as PlanRow  # noqa: E402
from hengjian.apps.duties.roster.models import RosterChange as RosterChange  # noqa: E402
from hengjian.apps.duties.roster.models import RosterRow as RosterRow  # noqa: E402
