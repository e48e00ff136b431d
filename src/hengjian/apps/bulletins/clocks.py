"""The clocks of items: what the facts say happened, judged by the duty clauses in force on the day it occurred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.drafts import PLANNED
from hengjian.apps.bulletins.models import Fact, FaultCase, Item, PhoneRecord, StageReport
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded, pack_for
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, Facts, State, evaluate
from hengjian.clocks.evaluate import applies
from hengjian.clocks.words import state_words
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty

Times = dict[str, datetime]


@dataclass(frozen=True, slots=True)
class Late:
    """A limit an item missed; offered to the desk, which decides."""

    item: Item
    result: ClockResult
    reference: str
    words: str


def clocks_of(item: Item, at: datetime, pack: Pack | None = None) -> list[ClockResult]:
    """Every clock that applies to one item, as seen at ``at``."""
    return clocks_of_many([item], at, pack)[item.pk]


def clocks_of_many(
    items: Iterable[Item], at: datetime, pack: Pack | None = None
) -> dict[int, list[ClockResult]]:
    """The clocks of several items with a constant number of queries (one pack for all, unless None)."""
    listed = list(items)
    packs: dict[int, Pack] = {}
    happened = _happened(listed)
    found = {}
    for item in listed:
        if pack is None and item.installation_id not in packs:
            packs[item.installation_id] = pack_for(item.installation, at)
        used = pack or packs[item.installation_id]
        found[item.pk] = _judge(item, used, happened[item.pk], to_local(at))
    return found


def preview(item: Item, at: datetime, pack: Pack) -> list[ClockResult]:
    """The clocks of an item that is still being written, saved or not."""
    return _judge(item, pack, {}, to_local(at))


def _judge(item: Item, pack: Pack, happened: Times, now: datetime) -> list[ClockResult]:
    began = item.occurred_at or item.planned_at
    if began is None or item.completes_id is not None:
        return []
    times = {**happened, "occurred": to_local(began)}
    if item.planned_at is not None:
        times[PLANNED] = to_local(item.planned_at)
    if item.learned_at is not None:
        times["learned"] = to_local(item.learned_at)
    fields = {
        "category": item.category,
        "subtype": item.subtype,
        "form": item.form,
        "deadline_class": words.deadline_class(pack, item.category, item.subtype),
    }
    facts = Facts(fields=fields, times=times)
    results: list[ClockResult] = []
    for duty in pack.clauses_of("duty", on=times["occurred"].date()):
        if isinstance(duty, EventDuty) and applies(duty, facts):
            results += evaluate(duty, facts, now, value_of=pack.value, reading=_decided(pack, duty))
    return [result for result in results if result.state is not State.NOT_APPLICABLE]


def _decided(pack: Pack, duty: EventDuty) -> str:
    """The office's own answers to what the text leaves open, in words. The pack's default needs no saying."""
    taken = ((r, pack.chosen(r.id)) for r in pack.readings_of(duty))
    return "".join(reading.options[key].title for reading, key in taken if key != reading.default)


def _happened(items: list[Item]) -> dict[int, Times]:
    """For each item: the first filing that was not a slip, the first call, the first report of each stage."""
    ids = [item.pk for item in items]
    times: dict[int, Times] = defaultdict(dict)
    filed = Fact.objects.filter(item__in=ids, kind="submit", withdraws=None)
    for item_id, moment in filed.exclude(withdrawn_by__cause="error").values_list("item", "happened_at"):
        _first(times[item_id or 0], "first_report", moment)
    for item_id, moment in PhoneRecord.objects.filter(item__in=ids).values_list("item", "called_at"):
        _first(times[item_id], "phone_report", moment)
    stops = _stops(items)
    staged = set()
    reports = StageReport.objects.filter(item__in=ids).values_list("item", "stage", "reported_at")
    for item_id, stage, moment in reports:
        staged.add(item_id)
        for name in stops.get(stage, ()):
            _first(times[item_id], name, moment)
    for item in items:  # a full written report in the ordinary way is the detailed one too
        first = times[item.pk].get("first_report")
        if first is not None and item.pk not in staged and item.planned_at is None:
            times[item.pk]["detail"] = first
    for first_id, moment in _supplements(ids):
        _first(times[first_id], "detail", moment)
    return times


def _supplements(ids: list[int]) -> list[tuple[int, datetime]]:
    """When the second report of an item that was reported before its event reached the office."""
    first_of = dict(Item.objects.filter(completes__in=ids).order_by().values_list("pk", "completes"))
    if not first_of:  # asked apart: joined, every filing of the office would be read
        return []
    filed = Fact.objects.filter(item__in=list(first_of), kind="submit", withdraws=None)
    rows = (
        filed.exclude(withdrawn_by__cause="error").order_by("happened_at").values_list("item", "happened_at")
    )
    return [(first, moment) for pk, moment in rows if (first := first_of[pk]) is not None]


def _stops(items: list[Item]) -> dict[str, tuple[str, ...]]:
    """Which clock facts a stage of the report stops, as the packs of the emergencies say."""
    urgent = {item.installation_id for item in items if item.lane == Item.Lane.EMERGENCY}
    packs = Installation.objects.filter(pk__in=urgent).values_list("pack", flat=True) if urgent else ()
    return {
        term.key: tuple(term.attrs.get("stops", ()))
        for name in packs
        for term in words.terms(loaded(name), "stage")
    }


def _first(times: Times, name: str, moment: datetime) -> None:
    local = to_local(moment)
    times[name] = min(times.get(name, local), local)


def reference(result: ClockResult) -> str:
    """How a fault names its clock: clause and stage."""
    return f"{result.clause}.{result.stage}"


def in_words(result: ClockResult, at: datetime) -> str:
    """What is left or has passed, as the rule words it."""
    return state_words(result, to_local(at))


def late_offers(items: Iterable[Item], at: datetime) -> list[Late]:
    """Missed and chargeable limits of ``items`` for which no fault has been proposed yet."""
    listed = list(items)
    offers = []
    known = set(FaultCase.objects.filter(item__in=listed).exclude(clock="").values_list("item_id", "clock"))
    for pk, results in clocks_of_many(listed, at).items():
        item = next(one for one in listed if one.pk == pk)
        for result in results:
            name = reference(result)
            if result.violated and result.chargeable and (pk, name) not in known:
                offers.append(Late(item, result, name, in_words(result, at)))
    return offers
