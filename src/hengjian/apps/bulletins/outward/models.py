"""An item going out of the house: to whom, by which way, who agreed, when it left."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Dispatch(models.Model):
    """One reporting of one item to the outside. The register of these rows is the office's ledger."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待审核"
        APPROVED = "approved", "已同意，待报出"
        REFUSED = "refused", "退回"
        SENT = "sent", "已报出"

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="dispatches", verbose_name="制度"
    )
    item = models.ForeignKey("bulletins.Item", models.PROTECT, related_name="dispatches", verbose_name="信息")
    client_key = models.CharField("幂等键", max_length=64, unique=True)
    way_out = models.CharField("例外程序", max_length=40, blank=True, help_text="空：由主管部门统一报送。")
    outlet = models.CharField("去处", max_length=40, help_text="制度包词表 outlet。")
    audience = models.JSONField("报送对象", default=list, help_text="制度包词表 audience。")
    recipient = models.CharField("收件单位", max_length=100)
    reason = models.CharField("理由", max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="报出单位")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    sent_at = models.DateTimeField("报出时间", null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    note = models.CharField("报出说明", max_length=200, blank=True)
    fact = models.OneToOneField(
        "bulletins.Fact", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="事实"
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "对外报送"
        ordering = ["-proposed_at", "-id"]
        indexes = [models.Index(fields=["installation", "state", "-proposed_at"], name="dispatch_ledger")]

    def __str__(self) -> str:
        return f"《{self.item}》报{self.recipient}"
