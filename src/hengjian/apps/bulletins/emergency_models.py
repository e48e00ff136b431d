"""What an emergency leaves behind beside the item: telephone calls and the reports of its stages."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person


class PhoneRecord(models.Model):
    """A report by telephone: who called, when, who took it. It stops the first clock; the written report follows."""

    class Means(models.TextChoices):
        PHONE = "phone", "电话"
        SMS = "sms", "短信"
        ORAL = "oral", "当面口头"

    item = models.ForeignKey(
        "bulletins.Item", models.PROTECT, related_name="phone_records", verbose_name="信息"
    )
    called_at = models.DateTimeField("通话时间")
    means = models.CharField("方式", max_length=8, choices=Means.choices, default=Means.PHONE)
    caller = models.CharField("报告人", max_length=40)
    receiver = models.CharField("接报人", max_length=40)
    receiver_office = models.CharField("接报单位", max_length=100)
    content = models.TextField("通话内容")
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "电话报告"
        ordering = ["called_at"]


class StageReport(models.Model):
    """首报, 补报, 续报, 终报 of an emergency: a text and a time of its own."""

    item = models.ForeignKey(
        "bulletins.Item", models.PROTECT, related_name="stage_reports", verbose_name="信息"
    )
    stage = models.CharField("阶段", max_length=20, help_text="制度包词表 stage。")
    n = models.PositiveSmallIntegerField("次序")
    text = models.TextField("内容")
    reported_at = models.DateTimeField("报告时间")
    reported_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="报告人"
    )
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="签收人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "分阶段报告"
        ordering = ["item", "reported_at", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "n"], name="stage_report_once")]
