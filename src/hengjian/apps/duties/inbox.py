"""Everything the actor owes at this moment, most urgent first."""

from __future__ import annotations

from datetime import datetime

from django.urls import NoReverseMatch, reverse

from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.duties.sources import all_sources
from hengjian.apps.org.access import Actor
from hengjian.apps.org.substitutes import standing_by

_ORDER = list(Urgency)
_LAST = datetime(9999, 1, 1)


def rows_for(actor: Actor, now: datetime | None = None, look: Look | None = None) -> list[DutyRow]:
    """The rows of all sources; one key once. Nobody without a post owes anything; a substitute may have to sign."""
    if not actor.grants and not standing_by(actor):
        return []
    look = look or Look(actor, now or actor.at)
    found: dict[str, DutyRow] = {}
    for each in all_sources():
        for row in each(look):
            found.setdefault(row.key, row)
    return sorted(found.values(), key=_rank)


def _rank(row: DutyRow) -> tuple[int, bool, datetime, str]:
    return (_ORDER.index(row.state), not row.emergency, row.due_at or _LAST, row.key)


def grouped(rows: list[DutyRow]) -> list[tuple[Urgency, list[DutyRow]]]:
    """By urgency; empty groups are left out."""
    groups = [(urgency, [row for row in rows if row.state is urgency]) for urgency in Urgency]
    return [(urgency, found) for urgency, found in groups if found]


def kinds(rows: list[DutyRow]) -> list[tuple[str, int]]:
    """Headings with their numbers, in the order of first appearance."""
    found: dict[str, int] = {}
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + 1
    return list(found.items())


def address(name: str, *args: object) -> str:
    """The address of a page of another app; home when that app has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/"
