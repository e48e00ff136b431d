"""A commission: what was asked for, by whom, until when, who does it."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Commission(models.Model):
    """约稿. Whether it was met in time is seen from the items linked to it, never typed in."""

    class State(models.TextChoices):
        OPEN = "open", "待分配"
        ASSIGNED = "assigned", "待承办"
        ACCEPTED = "accepted", "承办中"
        DECLINED = "declined", "已说明不承办"
        CANCELLED = "cancelled", "已取消"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="commissions", verbose_name="制度"
    )
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    number = models.CharField("编号", max_length=20, blank=True)
    source = models.CharField("约稿单位", max_length=100)
    title = models.CharField("题目", max_length=200)
    brief = models.TextField("要求", blank=True)
    category = models.CharField("类型", max_length=40, blank=True, help_text="制度包词表 category。")
    asked_at = models.DateTimeField("约稿时间")
    due_at = models.DateTimeField("节点")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="commissions", verbose_name="承办部门"
    )
    assigned_at = models.DateTimeField("分配时间", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    reason = models.CharField("说明", max_length=300, blank=True, help_text="不承办或者取消的理由。")
    created_at = models.DateTimeField("登记时间")
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    version = models.PositiveIntegerField("版本", default=1)
    items = models.ManyToManyField(
        "bulletins.Item", through="bulletins.CommissionItem", related_name="commissions", verbose_name="稿件"
    )

    class Meta:
        verbose_name = verbose_name_plural = "约稿"
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["installation", "state", "due_at"], name="commission_running")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("asked_at")), name="commission_due_later"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CommissionItem(models.Model):
    """An item written for a commission."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="links", verbose_name="约稿")
    item = models.ForeignKey("bulletins.Item", models.PROTECT, related_name="+", verbose_name="稿件")
    linked_at = models.DateTimeField("登记时间")
    linked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "约稿的稿件"
        ordering = ["commission", "id"]
        constraints = [models.UniqueConstraint(fields=["commission", "item"], name="commissioned_once")]

    def __str__(self) -> str:
        return str(self.item)


class CommissionRefusal(models.Model):
    """A department said why it would not do it; stays when another takes the commission on."""

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="refusals", verbose_name="约稿")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="部门")
    refused_at = models.DateTimeField("答复时间")
    refused_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "不承办的约稿"
        ordering = ["commission", "id"]

    def __str__(self) -> str:
        return f"{self.unit}：{self.reason}"
