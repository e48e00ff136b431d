"""The inbox of a person, kept while it cannot have changed: no commit, no minute gone by, no limit passed, the same
posts, the same packs. Whatever else looks at duties (reminders, overviews) computes them anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.apps.ui import unchanged
from hengjian.policy import Pack

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """Found at ``since``, the same until ``until`` (local times)."""

    rows: tuple[DutyRow, ...]
    governed: tuple[Governed, ...]
    packs: tuple[tuple[str, Pack], ...]
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.since <= now < self.until and all(loaded(name) is pack for name, pack in self.packs)


def owed(look: Look) -> list[DutyRow]:
    """``rows_for``; what the look needs to know of the regulations is then known too."""
    actor = look.actor
    if actor.system or actor.user is None or actor.person is None:
        return rows_for(actor, look=look)
    kept = unchanged.kept(
        ("inbox", actor.user.pk, actor.grants), lambda: _found(look), lambda known: known.holds(look.local)
    )
    vars(look).setdefault("governed", list(kept.governed))
    return list(kept.rows)


def count_for(actor: Actor) -> int:
    return len(owed(Look(actor, actor.at)))


def _found(look: Look) -> Kept:
    names = set(Installation.objects.order_by().values_list("pack", flat=True))
    packs = tuple(
        (name, loaded(name)) for name in sorted(names)
    )  # before the rows: what changes since is noticed
    rows = tuple(rows_for(look.actor, look=look))
    return Kept(rows, tuple(look.governed), packs, look.local, next_change(rows, look.local))


def next_change(rows: Iterable[DutyRow], now: datetime) -> datetime:
    """When time alone may change a row: at the next full minute, or before, at the second of a limit. All that is said
    of a limit (what is left of it, when it presses, when it has passed) changes at whole minutes before or after it.

    >>> next_change([], datetime(2024, 6, 3, 9, 5, 30))
    datetime.datetime(2024, 6, 3, 9, 6)
    >>> row = DutyRow("k", "", "", "", "", due_at=datetime(2024, 6, 4, 17, 0, 45))
    >>> next_change([row], datetime(2024, 6, 3, 9, 5, 30))
    datetime.datetime(2024, 6, 3, 9, 5, 45)
    """
    limits = {row.due_at for row in rows if row.due_at is not None}
    beats = {timedelta(seconds=limit.second, microseconds=limit.microsecond) for limit in limits} | {MINUTE}
    minute = now.replace(second=0, microsecond=0)
    return min(minute + beat if minute + beat >= now else minute + beat + MINUTE for beat in beats)
