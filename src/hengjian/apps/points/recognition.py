"""Which adoptions earn a commendation, and what the people who wrote have to show: from facts alone, without points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Authorship, Fact, Item
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.points.counts import facts_in
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.policy import Pack


def lists_carriers(pack: Pack) -> bool:
    """Whether the text says by which carriers, from which level on, an adoption is commended."""
    return any(term.attrs.get("lowest") for term in words.terms(pack, "publication"))


def is_commended(pack: Pack, fact: Fact) -> bool:
    """Printed by a kind of carrier the pack lists, at its lowest level or above. Without such a list every adoption is."""
    if fact.kind != "adopt":
        return False
    if not lists_carriers(pack):
        return True
    term = words.find(pack, "publication", fact.carrier)
    if term is None:
        return False
    return _rank(pack, fact.value) >= _rank(pack, str(term.attrs.get("lowest") or ""))


def _rank(pack: Pack, tier: str) -> int:
    return int(words.attr(pack, "tier", tier, "rank", 0) or 0)


@dataclass
class Work:
    """What somebody (or an item) has to show in a period."""

    submitted: set[int] = field(default_factory=set)
    adopted: int = 0
    commended: int = 0
    carriers: list[str] = field(default_factory=list)
    items: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Recognition:
    """By item id, and by (unit id, person id)."""

    items: dict[int, Work]
    people: dict[tuple[int, int], Work]
    selected: dict[int, int]  # unit id → items that were sent up
    commended: dict[int, int]  # unit id → adoptions that count


def recognition(installation: Installation, pack: Pack, period: Period) -> Recognition:
    """Three queries: facts of the period, authors of their items, names of nobody (those are the caller's)."""
    facts = list(facts_in(installation, period, ("submit", "adopt", "select")).select_related("item"))
    items: dict[int, Work] = defaultdict(Work)
    selected: dict[int, set[int]] = defaultdict(set)
    commended: dict[int, int] = defaultdict(int)
    for fact in facts:
        if fact.item is None:
            continue
        work = items[fact.item.pk]
        if fact.kind == "submit":
            work.submitted.add(fact.item.pk)
        elif fact.kind == "select":
            selected[fact.item.unit_id].add(fact.item.pk)
        else:
            good = is_commended(pack, fact)
            work.adopted += 1
            work.commended += good
            work.carriers.append(fact.publication)
            commended[fact.item.unit_id] += good
    return Recognition(
        dict(items), _people(items), {unit: len(found) for unit, found in selected.items()}, dict(commended)
    )


def _people(items: dict[int, Work]) -> dict[tuple[int, int], Work]:
    """Each author of an item has the whole of it to show: nothing is shared out where there are no points."""
    found: dict[tuple[int, int], Work] = defaultdict(Work)
    rows = Authorship.objects.filter(item__in=items).values_list("item", "unit", "person")
    for item, unit, person in rows:
        work, mine = items[item], found[unit, person]
        mine.submitted |= work.submitted
        mine.adopted += work.adopted
        mine.commended += work.commended
        mine.carriers += work.carriers
        mine.items.add(item)
    return dict(found)


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: Person
    unit: Unit
    work: Work
    titles: tuple[str, ...]


def person_rows(found: Recognition, units: Iterable[int] | None = None) -> list[PersonRow]:
    """Those who wrote, the most commended first; ``units``: only people of these."""
    wanted = None if units is None else set(units)
    keys = [key for key in found.people if wanted is None or key[0] in wanted]
    people = Person.objects.in_bulk({person for _, person in keys})
    houses = Unit.objects.in_bulk({unit for unit, _ in keys})
    titles = dict(
        Item.objects.filter(pk__in={i for k in keys for i in found.people[k].items}).values_list(
            "pk", "title"
        )
    )
    rows = [
        PersonRow(
            people[person],
            houses[unit],
            found.people[unit, person],
            tuple(titles[pk] for pk in sorted(found.people[unit, person].items) if pk in titles),
        )
        for unit, person in keys
    ]
    return sorted(
        rows,
        key=lambda r: (
            -r.work.commended,
            -r.work.adopted,
            -len(r.work.submitted),
            r.unit.position,
            r.person.staff_no,
        ),
    )
