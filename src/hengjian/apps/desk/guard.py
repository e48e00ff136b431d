"""Protection of the public form without riddles: a hidden trap, a slow start, limits per address, per day and on links."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from hengjian.apps.desk.models import Ticket
from hengjian.base.errors import HengjianError

SALT = "desk.public"
FASTEST = timedelta(seconds=4)
"""Nobody reads and fills the form faster."""
OLDEST = timedelta(hours=12)
AN_HOUR = 5
A_DAY = 12
ALL_A_DAY = 300
LINKS = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class TooMany(HengjianError):
    """Too many from one place; answered 429."""


def ticket_stamp(now: datetime) -> str:
    """Signed moment at which the form was opened."""
    return signing.dumps(now.timestamp(), salt=SALT)


def address_of(request: HttpRequest) -> str:
    """A digest that tells one address from another and names neither.

    Behind the proxy of the installation the last address it noted counts: it saw that one itself.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or seen
    text = f"{seen}|{settings.SECRET_KEY}"
    return hashlib.sha256(text.encode()).hexdigest()


def check(*, stamp: str, trap: str, text: str, address: str, now: datetime) -> None:
    """HengjianError in a sentence; a filled trap looks like any other refusal."""
    if trap:
        raise HengjianError("没有收到，请重新填写。")
    try:
        opened = float(signing.loads(stamp, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        raise HengjianError("页面已经过期，请刷新后重新提交。") from None
    age = timedelta(seconds=now.timestamp() - opened)
    if age < FASTEST:
        raise HengjianError("提交得太快，请检查一遍内容再提交。")
    if age > OLDEST:
        raise HengjianError("页面已经过期，请刷新后重新提交。")
    if len(_LINK.findall(text)) > LINKS:
        raise HengjianError(f"内容里的网址太多，请最多留 {LINKS} 个。")
    _limits(address, now)


def _limits(address: str, now: datetime) -> None:
    public = Ticket.objects.filter(channel=Ticket.Channel.WEB)
    mine = public.filter(address_hash=address)
    if mine.filter(raised_at__gt=now - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooMany("您一小时内提交得太多，请过一会儿再来，或者拨打法院的电话。")
    if mine.filter(raised_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise TooMany("您今天提交得太多，请明天再来，或者拨打法院的电话。")
    if public.filter(raised_at__gt=now - timedelta(days=1)).count() >= ALL_A_DAY:
        raise TooMany("今天收到的问题太多，网页暂停受理，请拨打法院的电话或者明天再来。")
