"""Mail out. Every message is a row first; sending is the worker's, failing is an event with an owner."""

from __future__ import annotations

from django.db import models

from hengjian.apps.org.models import Person


class OutgoingMail(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "失败"
        HELD = "held", "仅站内"

    key = models.CharField("去重键", max_length=200, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="mails", verbose_name="收件人")
    subject = models.CharField("主题", max_length=200)
    body = models.TextField("内容")
    urgent = models.BooleanField("紧急", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField("生成时间")
    not_before = models.DateTimeField("不早于", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    error = models.CharField("失败原因", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "发件"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "not_before"], name="mail_queue")]

    def __str__(self) -> str:
        return self.subject
