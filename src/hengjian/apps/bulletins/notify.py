"""Messages that follow from an act. They are rows of the same transaction: no act without them, none without the act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Grade, Item
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.models import Person
from hengjian.policy import Pack


def tell(
    people: Iterable[Person], key: str, subject: str, body: str, at: datetime, *, urgent: bool = False
) -> int:
    """Queue one message a person; the same ``key`` again is queued once. Returns how many people are told."""
    mails = [
        OutgoingMail(
            key=f"{key}:{person.pk}"[:200],
            person=person,
            subject=subject[:200],
            body=body,
            urgent=urgent,
            created_at=at,
        )
        for person in people
    ]
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)
    return len(mails)


def name_for_mail(item: Item, pack: Pack) -> str:
    """The title, unless mail may not carry it: restricted and sensitive items go by their number only."""
    if item.grade == Grade.SENSITIVE or item.outlet in words.restricted_outlets(pack):
        return f"信息 {item.number or '（未编号）'}"
    return f"《{item.title}》"


def link(item: Item) -> str:
    return f"请登录衡鉴查看：{reverse('bulletins:item', args=[item.pk])}"
