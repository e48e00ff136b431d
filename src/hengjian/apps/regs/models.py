"""Which pack governs which court or bureau, and which reading was decided. The texts themselves stay in the packs."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person, Unit


class Installation(models.Model):
    """A pack at work in a unit and everything below it."""

    pack = models.CharField("制度包", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="installations", verbose_name="适用单位")
    competent_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="信息主管部门"
    )
    in_force_from = models.DateField("启用日期", help_text="文件未载明生效日期的，以印发凭证为准填写。")
    evidence = models.CharField("启用依据", max_length=200, blank=True)
    digest = models.CharField("包版本摘要", max_length=64, blank=True)
    installed_at = models.DateTimeField("安装时间")

    class Meta:
        verbose_name = verbose_name_plural = "已启用制度"
        constraints = [models.UniqueConstraint(fields=["pack", "unit"], name="pack_once_per_unit")]

    def __str__(self) -> str:
        return f"{self.unit}·{self.pack}"


class ReadingDecision(models.Model):
    """The office has settled how an ambiguous text is read. A later decision supersedes, nothing is edited."""

    installation = models.ForeignKey(
        Installation, models.PROTECT, related_name="decisions", verbose_name="制度"
    )
    reading = models.CharField("口径编号", max_length=40)
    option = models.CharField("采用的理解", max_length=60)
    decided_by = models.CharField("决定人（机构）", max_length=100)
    document = models.CharField("决定文件", max_length=200, blank=True)
    effective_from = models.DateField("起用日期")
    decided_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "口径决定"
        ordering = ["reading", "-effective_from", "-id"]

    def __str__(self) -> str:
        return f"{self.reading}={self.option}"
