"""A change of the list of appraised units: it holds from its days on, once it is approved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class RosterChange(models.Model):
    """What is proposed at once and signed at once."""

    class State(models.TextChoices):
        DRAFT = "draft", "拟定中"
        SUBMITTED = "submitted", "审批中"
        APPROVED = "approved", "已批准"
        DROPPED = "dropped", "已作废"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="roster_changes", verbose_name="制度"
    )
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    reason = models.CharField("调整的理由", max_length=300)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField("提出时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人")
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "名单调整"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"名单调整：{self.reason[:30]}"


class RosterRow(models.Model):
    """One unit: from ``since`` in class ``key`` (empty: off the list), until ``until`` if it is for a time only."""

    change = models.ForeignKey(RosterChange, models.CASCADE, related_name="rows", verbose_name="名单调整")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    key = models.CharField("调整后的类别", max_length=40, blank=True, help_text="空：移出名单。")
    was = models.CharField("原类别", max_length=40, blank=True, help_text="空：不在名单里。")
    since = models.DateField("起")
    until = models.DateField("止（不含）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "调整的单位"
        ordering = ["change", "unit__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "unit"], name="roster_row_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="roster_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)
