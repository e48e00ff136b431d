"""What departments and items did in a period, counted from standing facts: one query, one way of counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Fact, ItemUnit
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant

COUNTED = ("submit", "adopt", "instruct")


@dataclass
class Tally:
    """Numbers of one department or one item; adoptions and instructions also by tier and level."""

    submitted: int = 0
    adopted: int = 0
    instructed: int = 0
    by_value: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, fact: Fact) -> None:
        if fact.kind == "submit":
            self.submitted += 1
        elif fact.kind == "adopt":
            self.adopted += 1
        else:
            self.instructed += 1
        self.by_value[f"{fact.kind}:{fact.value}"] += 1


@dataclass(frozen=True)
class Counts:
    units: dict[int, Tally]
    items: dict[int, Tally]


def counts(installation: Installation, period: Period) -> Counts:
    """Facts of ``period`` that stand. An item of several departments counts for each of them."""
    facts = list(facts_in(installation, period, COUNTED).select_related("item"))
    partners = _partners({fact.item_id for fact in facts if fact.item_id})
    units: dict[int, Tally] = defaultdict(Tally)
    items: dict[int, Tally] = defaultdict(Tally)
    for fact in facts:
        if fact.item_id is not None:
            items[fact.item_id].add(fact)
        for unit in _credited(fact, partners):
            units[unit].add(fact)
    return Counts(units, items)


def facts_in(installation: Installation, period: Period, kinds: Iterable[str]) -> QuerySet[Fact]:
    """Facts of these kinds in ``period`` that count, as the text is read on its last day.

    A report and its supplement are one submission.
    """
    pack = pack_for(installation, to_instant(start_of_day(period.last)))
    once = counting(pack).exclude(kind="submit", item__completes__isnull=False)
    return once.filter(
        installation=installation,
        kind__in=list(kinds),
        happened_at__gte=to_instant(start_of_day(period.first)),
        happened_at__lt=to_instant(start_of_day(period.end)),
    )


def _credited(fact: Fact, partners: dict[int, list[int]]) -> list[int]:
    if fact.kind == "submit":
        return [fact.unit_id] if fact.unit_id else []
    if fact.item is None:
        return [fact.unit_id] if fact.unit_id else []
    return partners.get(fact.item.pk) or [fact.item.unit_id]


def _partners(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for item, unit in ItemUnit.objects.filter(item_id__in=ids).values_list("item_id", "unit_id"):
        found[item].append(unit)
    return found
