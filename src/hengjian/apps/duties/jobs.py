"""Background work of the inbox: (name, seconds, function). Each may run again at any time: keys make it idempotent."""

from __future__ import annotations

from datetime import datetime, timedelta

from hengjian.apps.bulletins.models import Item
from hengjian.apps.duties.acts.remind import send_reminders
from hengjian.apps.duties.reminders import letters_for_all
from hengjian.apps.duties.sources.items import items, stage_reports
from hengjian.apps.duties.statistics import gather_statistics
from hengjian.apps.mailroom.letters import Letter, new_letters
from hengjian.apps.mailroom.quiet import quiet_hours
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_local
from hengjian.clocks import standard_calendar

BURNING = timedelta(days=1)
"""So long after the event the limits of an emergency may call for a reminder at any minute."""


def remind(now: datetime) -> int:
    """Everybody's reminders; at night and on days off only emergencies are looked at (by the other job)."""
    if quiet_hours().silences(to_local(now), standard_calendar()):
        return 0
    return _queue(list(letters_for_all(now)), now)


def remind_emergencies(now: datetime) -> int:
    """Every minute, day and night; one query when nothing is burning."""
    burning = Item.objects.filter(occurred_at__gte=now - BURNING, lane=Item.Lane.EMERGENCY)
    if not burning.exclude(state=Item.State.CANCELLED).exists():
        return 0
    found = letters_for_all(now, emergencies_only=True, sources=[items, stage_reports])
    return _queue(list(found), now)


def _queue(letters: list[Letter], now: datetime) -> int:
    new = new_letters(letters)
    return send_reminders(system_actor("提醒", now), new) if new else 0


JOBS = [
    ("duties.remind", 600, remind),
    ("duties.remind_emergencies", 60, remind_emergencies),
    ("database.statistics", 86_400, gather_statistics),
]
