"""Rows of outgoing mail: written once for each key, with a subject that can only ever be one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.models import Person

_BREAKS = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """``key`` without the person: the same letter to two people is two rows."""

    person: Person
    key: str
    subject: str
    body: str
    urgent: bool = False


def one_line(text: str) -> str:
    """No line break or control character survives, so no header can be smuggled in.

    >>> one_line("待审\\r\\nBcc: a@b.invalid")
    '待审 Bcc: a@b.invalid'
    """
    return _BREAKS.sub(" ", text).strip()[:200]


def new_letters(letters: Iterable[Letter]) -> list[Letter]:
    """Those whose key has not been used."""
    wanted = {_key(letter): letter for letter in letters}
    known = OutgoingMail.objects.filter(key__in=wanted).values_list("key", flat=True)
    for key in known:
        del wanted[key]
    return list(wanted.values())


def queue(letters: Iterable[Letter], at: datetime) -> int:
    """Write them; a key that another process wrote meanwhile is left out."""
    rows = [
        OutgoingMail(
            key=_key(letter),
            person=letter.person,
            subject=one_line(letter.subject),
            body=letter.body,
            urgent=letter.urgent,
            created_at=at,
        )
        for letter in letters
    ]
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _key(letter: Letter) -> str:
    return f"{letter.key}:{letter.person.pk}"[-200:]


def link(path: str) -> str:
    """A full address where the site's own is known, else the path."""
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else path
