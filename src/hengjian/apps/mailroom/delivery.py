"""Send what waits. A row is claimed before it is sent, so that no two workers and no crash send it twice at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db.models import F, Q

from hengjian.apps.mailroom import alerts
from hengjian.apps.mailroom.acts.outcome import mark_failed, mark_sent
from hengjian.apps.mailroom.bounces import id_of
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.mailroom.quiet import quiet_hours
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_local
from hengjian.clocks import standard_calendar

State = OutgoingMail.State
BATCH = 200
CLAIM = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
"""After each failed try; one more failure and the mail is given up and becomes somebody's business."""


def deliver(now: datetime) -> tuple[int, int]:
    """One round. Returns how many were sent and how many tries failed."""
    alerts.spread(now)
    if not settings.MAIL_OUT:
        OutgoingMail.objects.filter(state=State.WAITING, channel="").update(state=State.HELD)
    waiting = list(_due(now))
    if not waiting:
        return 0, 0
    sent = failed = 0
    connection = get_connection()
    try:
        for mail in waiting:
            outcome = _send(mail, connection, now)
            sent += outcome is True
            failed += outcome is False
    finally:
        connection.close()
    return sent, failed


def _due(now: datetime) -> list[OutgoingMail]:
    ready = Q(not_before=None) | Q(not_before__lte=now)
    waiting = OutgoingMail.objects.filter(ready, state=State.WAITING).select_related("person")
    if quiet_hours().silences(to_local(now), standard_calendar()):
        waiting = waiting.filter(urgent=True)
    return list(waiting.order_by("-urgent", "created_at", "pk")[:BATCH])


def _send(mail: OutgoingMail, connection: BaseEmailBackend, now: datetime) -> bool | None:
    """True sent, False failed, None somebody else's or nothing to send."""
    if not mail.to and not mail.channel:
        OutgoingMail.objects.filter(pk=mail.pk).update(state=State.HELD, error="没有登记邮箱，仅站内查看。")
        return None
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=State.WAITING, tries=mail.tries)
    if not claimed.update(tries=F("tries") + 1, not_before=now + CLAIM):
        return None
    actor = system_actor("邮件发送", now)
    try:
        _hand_over(mail, connection)
    except (OSError, SMTPResponseException, SMTPRecipientsRefused, BadHeaderError, ValidationError) as error:
        mark_failed(actor, mail, reason=_reason(error), retry_at=_retry_at(mail.tries + 1, error, now))
        return False
    mark_sent(actor, mail)
    return True


def _hand_over(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    if mail.channel:
        alerts.post(mail)
        return
    validate_email(mail.to)
    _message(mail, connection).send()


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    # the same row always carries the same id: a mail program shows a repeated one once
    headers = {"Message-ID": f"<{id_of(mail)}>", "Auto-Submitted": "auto-generated"}
    if mail.answers:
        headers |= {"In-Reply-To": f"<{mail.answers}>", "References": f"<{mail.answers}>"}
        headers["Auto-Submitted"] = "auto-replied"
    return EmailMessage(
        subject=f"［衡鉴］{mail.subject}",
        body=mail.body,
        to=[mail.to],
        headers=headers,
        connection=connection,
    )


def _retry_at(tries: int, error: Exception, now: datetime) -> datetime | None:
    """None: give up. An address refused for good is not tried again."""
    if isinstance(error, SMTPRecipientsRefused | BadHeaderError | ValidationError):
        return None
    if isinstance(error, SMTPResponseException) and 500 <= error.smtp_code < 600:
        return None
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def _reason(error: Exception) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        return "收件地址被邮件服务器拒绝，请核对邮箱。"
    if isinstance(error, ValidationError | BadHeaderError):
        return "邮箱或主题的格式不对，请核对。"
    if isinstance(error, SMTPResponseException):
        return f"邮件服务器拒绝：{error.smtp_code}。"
    if isinstance(error, alerts.NotTaken):
        return "告警渠道没有接收，请核对设置 HENGJIAN_ALERT_URLS。"
    return f"连不上邮件服务器：{type(error).__name__}。"
