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

    def add(self, kind: str, value: str) -> None:
        if kind == "submit":
            self.submitted += 1
        elif kind == "adopt":
            self.adopted += 1
        else:
            self.instructed += 1
        self.by_value[f"{kind}:{value}"] += 1


@dataclass(frozen=True)
class Counts:
    units: dict[int, Tally]
    items: dict[int, Tally]


def counts(installation: Installation, period: Period) -> Counts:
    """Facts of ``period`` that stand. An item of several departments counts for each of them."""
    fields = ("kind", "value", "unit_id", "item_id", "item__unit_id")
    facts = list(facts_in(installation, period, COUNTED).values_list(*fields))
    partners = _partners({item for *_, item, _ in facts if item})
    units: dict[int, Tally] = defaultdict(Tally)
    items: dict[int, Tally] = defaultdict(Tally)
    for kind, value, unit, item, author in facts:
        if item is not None:
            items[item].add(kind, value)
        of_item = kind != "submit" and item is not None
        for credited in (partners.get(item) or [author]) if of_item else filter(None, [unit]):
            units[credited].add(kind, value)
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


def _partners(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for item, unit in ItemUnit.objects.filter(item_id__in=ids).values_list("item_id", "unit_id"):
        found[item].append(unit)
    return found
