"""Background work: the watched folder, the daily run, runs asked for, waivers that end, compaction of the store."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings

from hengjian.apps.cases import checking, store, watch
from hengjian.apps.cases.acts import sending, tickets
from hengjian.apps.cases.acts.waive import lapse
from hengjian.apps.cases.models import Dataset, Finding, Run
from hengjian.apps.org.access import system_actor
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

NAME = "每日质检"
EARLIEST = 3
"""The hour of the night from which the daily run may start."""
TRIES = 3
"""A run that fails is tried again on the next tick, so often a day; the failures stand in the history."""


def daily(now: datetime) -> int:
    """Once a day what changed since the last run."""
    if to_local(now).hour < EARLIEST:
        return 0
    done = 0
    for dataset in Dataset.objects.exclude(version=0).select_related("installation__unit"):
        today = Run.objects.filter(
            dataset=dataset, started_at__date=to_local(now).date(), asked_by__isnull=True
        )
        if not today.filter(state=Run.State.DONE).exists() and today.count() < TRIES:
            done += _run(dataset, now, full=False)
    return done


def asked(now: datetime) -> int:
    """Runs somebody has asked for, and such as died half-way."""
    done = 0
    waiting = Run.objects.filter(state=Run.State.ASKED).select_related("dataset__installation__unit")
    for run in waiting:
        done += _run(run.dataset, now, full=run.full)
    return done


def _run(dataset: Dataset, now: datetime, *, full: bool) -> int:
    try:
        checking.run(system_actor(NAME, now), dataset, full=full)
    except HengjianError:
        return 0  # on record, with an owner
    return 1


def lapsed(now: datetime) -> int:
    if not Finding.objects.filter(state=Finding.State.WAIVED).exists():
        return 0
    return lapse(system_actor(NAME, now))


def overdue(now: datetime) -> int:
    """Technical problems a level has not solved within its term go up."""
    found = list(tickets.overdue(now))
    for ticket in found:
        tickets.escalate(system_actor("技术问题", now), ticket)
    return len(found)


def compact(now: datetime) -> int:
    """At night, when there is anything."""
    if to_local(now).hour != EARLIEST or not Dataset.objects.exclude(version=0).exists():
        return 0
    store.lake().compact(at=to_local(now).replace(tzinfo=None))
    return 1


def half_way(now: datetime) -> int:
    """Files in parts nobody goes on with are cleared."""
    found = sending.left_lying(now)
    for row in found:
        sending.expire(system_actor("案件数据接收", now), row)
    return len(found)


def inbox(now: datetime) -> int:
    return watch.take(Path(settings.CASE_INBOX), now) if settings.CASE_INBOX else 0


JOBS = [
    ("cases.inbox", 60, inbox),
    ("cases.daily", 900, daily),
    ("cases.asked", 30, asked),
    ("cases.lapse", 3600, lapsed),
    ("cases.sendings", 3600, half_way),
    ("cases.tickets", 3600, overdue),
    ("cases.compact", 3600, compact),
]
