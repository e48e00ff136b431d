"""Emergencies also ring where people look at once: group robots and other channels of apprise, from the settings.

What leaves the house by them says that something is urgent and where to look, never what it is about.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from hengjian.apps.mailroom.letters import link
from hengjian.apps.mailroom.models import OutgoingMail

LATELY = timedelta(hours=12)
TITLE = "衡鉴：有紧急事项"


class NotTaken(OSError):
    """The channel did not take the message."""


def channels() -> dict[str, str]:
    """Name → address. The name is a digest: addresses carry secrets and stand in no row."""
    return {sha256(url.encode()).hexdigest()[:10]: url for url in settings.ALERT_URLS}


def spread(now: datetime) -> int:
    """One row a channel for every urgent message, however many people get it by mail."""
    known = channels()
    if not known:
        return 0
    recent = OutgoingMail.objects.filter(urgent=True, channel="", created_at__gt=now - LATELY)
    urgent = {mail.key.rsplit(":", 1)[0]: mail for mail in recent.select_related("person")}
    rows = [
        OutgoingMail(
            key=f"{base}:@{name}"[-200:],
            channel=name,
            unit_id=mail.owner_id,
            subject=TITLE,
            body=f"有紧急事项等待办理，请立即登录衡鉴查看。{link('/')}",
            urgent=True,
            created_at=now,
        )
        for base, mail in urgent.items()
        for name in known
    ]
    before = OutgoingMail.objects.exclude(channel="").count()
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    return OutgoingMail.objects.exclude(channel="").count() - before


def post(mail: OutgoingMail) -> None:
    """Hand it to its channel; NotTaken when the channel is gone from the settings, wrong or refuses."""
    from apprise import Apprise, NotifyType

    url = channels().get(mail.channel)
    robot = Apprise()
    if url is None or not robot.add(url):
        raise NotTaken
    if not robot.notify(title=mail.subject, body=mail.body, notify_type=NotifyType.WARNING):
        raise NotTaken
