"""The prescribed boxes of a regulation, and what reached them. Imported through ``models``."""

from __future__ import annotations

from django.db import models

from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation


class Box(models.Model):
    """A prescribed address of the regulation (收稿邮箱), and the office that reads it."""

    installation = models.ForeignKey(Installation, models.CASCADE, related_name="boxes", verbose_name="制度")
    key = models.CharField("邮箱", max_length=40, help_text="制度包词表 channel。")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="收件处室")
    address = models.EmailField("邮箱地址", blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "收稿邮箱"
        ordering = ["installation", "id"]
        constraints = [models.UniqueConstraint(fields=["installation", "key"], name="box_once")]

    def __str__(self) -> str:
        return f"{self.unit}（{self.key}）"


class Delivery(models.Model):
    """One submission in one prescribed box: when it arrived, what arrived (digest), who signed for it."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="deliveries", verbose_name="信息")
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="deliveries", verbose_name="报送")
    box = models.CharField("邮箱", max_length=40, help_text="制度包词表 channel。")
    arrived_at = models.DateTimeField("到达时间", null=True, blank=True, help_text="空：还没有送到。")
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    means = models.CharField("送达方式", max_length=20, default="system")
    signed_at = models.DateTimeField("签收时间", null=True, blank=True)
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "送达"
        ordering = ["item", "id"]
        constraints = [models.UniqueConstraint(fields=["fact", "box"], name="delivery_once_per_box")]

    def __str__(self) -> str:
        return f"{self.item}→{self.box}"
