"""The clocks of items: what an item and its reports say, judged by the event duties in force when it happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Fact, Item, PhoneRecord, StageReport
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, Facts, evaluate
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty

FIRST = ("submit", "report")
Times = dict[str, datetime]


def clocks_of(
    pack: Pack, items: Iterable[Item], now: datetime
) -> dict[int, list[tuple[EventDuty, ClockResult]]]:
    """By item id; three queries, however many items. ``now`` is naive local.

    The first receipt counts even when the item was returned afterwards.
    """
    dated = [item for item in items if item.occurred_at is not None]
    if not dated:
        return {}
    reported = _reported([item.pk for item in dated])
    phoned = _phoned([item.pk for item in dated])
    staged = _staged([item.pk for item in dated])
    found = {}
    for item in dated:
        times = _times(item, reported.get(item.pk), phoned.get(item.pk))
        day = times["occurred"].date()
        duties = [duty for duty in pack.clauses_of("duty", day) if isinstance(duty, EventDuty)]
        found[item.pk] = _judge(pack, item, duties, times, staged[item.pk], now)
    return found


def _judge(
    pack: Pack, item: Item, duties: list[EventDuty], times: Times, staged: Times, now: datetime
) -> list[tuple[EventDuty, ClockResult]]:
    fields = {
        "deadline_class": words.deadline_class(pack, item.category, item.subtype),
        "category": item.category,
        "subtype": item.subtype,
    }
    results = []
    for duty in duties:
        known = dict(times)
        for key, moment in staged.items():
            if key in duty.stages:
                known.setdefault(duty.stages[key].stops[0], moment)
        facts = Facts(fields, dict(known))
        results += [
            (duty, result)
            for result in evaluate(duty, facts, now, value_of=lambda name, day: pack.value(name, on=day))
        ]
    return results


def _times(item: Item, reported: datetime | None, phoned: datetime | None) -> Times:
    times = {
        "occurred": item.occurred_at,
        "learned": item.learned_at,
        "first_report": reported,
        "phone_report": phoned,
    }
    return {name: to_local(moment) for name, moment in times.items() if moment is not None}


def _reported(ids: list[int]) -> dict[int, datetime]:
    facts = Fact.objects.filter(item__in=ids, kind__in=FIRST, withdraws=None).order_by("-happened_at")
    return {item: at for item, at in facts.values_list("item_id", "happened_at") if item is not None}


def _phoned(ids: list[int]) -> dict[int, datetime]:
    records = PhoneRecord.objects.filter(item__in=ids).order_by("-called_at")
    return dict(records.values_list("item_id", "called_at"))


def _staged(ids: list[int]) -> dict[int, Times]:
    found: dict[int, Times] = defaultdict(dict)
    reports = StageReport.objects.filter(item__in=ids).order_by("reported_at")
    for item, stage, at in reports.values_list("item_id", "stage", "reported_at"):
        found[item].setdefault(stage, to_local(at))
    return found
