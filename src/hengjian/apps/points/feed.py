"""What the scoring engine is told: the standing facts of an installation, in the words of the acceptance files.

Kinds and values pass through unchanged. Ids are primary keys written with leading zeros, so that facts of
one minute keep the order in which they were recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hengjian.apps.bulletins.models import Authorship, Fact, Item, ItemUnit
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_local
from hengjian.policy import Pack

AUTHOR_DEPARTMENT = "author_department"
DEPARTMENTS = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)
Row = dict[str, str]


@dataclass(frozen=True)
class Feed:
    """Rows of the four tables ``units``, ``items``, ``events``, ``authors``; all values are text."""

    units: tuple[Row, ...]
    items: tuple[Row, ...]
    events: tuple[Row, ...]
    authors: tuple[Row, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over all rows: names exactly what a posting read."""
        text = json.dumps([self.units, self.items, self.events, self.authors], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def tables(self) -> dict[str, tuple[Row, ...]]:
        return {"units": self.units, "items": self.items, "events": self.events, "authors": self.authors}


def feed_of(installation: Installation, pack: Pack, *, only: Iterable[int] | None = None) -> Feed:
    """The feed of all facts the pack scores, or of those of the items ``only`` (to project one item)."""
    facts = Fact.objects.standing().filter(installation=installation, kind__in=scored_kinds(pack))
    if only is not None:
        facts = facts.filter(item_id__in=list(only))
    found = list(facts.order_by("happened_at", "id"))
    ids = {fact.item_id for fact in found if fact.item_id is not None}
    items = list(Item.objects.filter(pk__in=ids).order_by("pk"))
    partners = _partners(ids)
    named = {fact.unit_id for fact in found if fact.unit_id} | {u for us in partners.values() for u in us}
    return Feed(
        units=tuple(_unit_rows(installation, named | {item.unit_id for item in items})),
        items=tuple(item_row(item, partners.get(item.pk, [])) for item in items),
        events=tuple(event_row(fact) for fact in found),
        authors=tuple(_author_rows(items, partners)),
    )


def scored_kinds(pack: Pack) -> set[str]:
    """The kinds of fact that some points clause names, under whatever reading."""
    found: set[str] = set()
    for clause in pack.written:
        if getattr(clause, "kind", "") != "points":
            continue
        for name in ("when", "requires", "origin", "barred_by"):
            for match in getattr(clause, name, ()):
                found.update(match.get("type", ()))
    return found


def departments(installation: Installation, first: date, end: date) -> list[Unit]:
    """The author departments of ``[first, end)``: units classed so by date, else every department below the court."""
    below = installation.unit.descendants(include_self=True)
    classed = UnitClass.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=first),
        pack=installation.pack,
        key=AUTHOR_DEPARTMENT,
        valid_from__lt=end,
        unit__in=below,
    )
    units: QuerySet[Unit] = Unit.objects.filter(pk__in=below.values("pk"))
    if _is_classed(installation):
        units = units.filter(pk__in=classed.values("unit_id"))
    else:
        units = units.filter(kind__in=DEPARTMENTS)
    standing = Q(valid_from=None) | Q(valid_from__lt=end), Q(valid_to=None) | Q(valid_to__gt=first)
    return list(units.filter(*standing).order_by("position", "pk"))


def key_of(pk: int | None) -> str:
    return "" if pk is None else f"{pk:010}"


def item_row(item: Item, partners: list[int]) -> Row:
    units = list(dict.fromkeys([item.unit_id, *partners]))  # partners are the other departments
    joint = item.joint or len(units) > 1
    lead = item.lead_unit_id if joint else item.unit_id
    if lead is not None and lead not in units:
        units = [lead, *units]
    return {
        "item": key_of(item.pk),
        "kind": item.form,
        "class": item.category,
        "joint": str(int(joint)),
        "lead": key_of(lead),
        "units": ";".join(map(key_of, units)),
    }


def event_row(fact: Fact) -> Row:
    return {
        "event_id": key_of(fact.pk),
        "ts": to_local(fact.happened_at).isoformat(timespec="minutes"),
        "type": fact.kind,
        "item": key_of(fact.item_id),
        "unit": key_of(fact.unit_id),
        "value": fact.value,
        "system": fact.system,
        "n": str(fact.n),
        "sent_up": "" if fact.sent_up is None else str(int(fact.sent_up)),
        "note": fact.publication,
    }


def _partners(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = ItemUnit.objects.filter(item_id__in=ids).order_by("item_id", "position", "id")
    for item, unit in rows.values_list("item_id", "unit_id"):
        found[item].append(unit)
    return found


def _is_classed(installation: Installation) -> bool:
    return UnitClass.objects.filter(pack=installation.pack, key=AUTHOR_DEPARTMENT).exists()


def _unit_rows(installation: Installation, named: set[int]) -> Iterable[Row]:
    """All departments there ever were under the installation, and whoever else a fact or an item names."""
    listed = {unit.pk: unit for unit in departments(installation, date.min, date.max)}
    missing = Unit.objects.filter(pk__in=named - listed.keys())
    for unit in [*listed.values(), *missing.order_by("position", "pk")]:
        yield {
            "unit": key_of(unit.pk),
            "category": "",
            "listed_from": unit.valid_from.isoformat() if unit.valid_from else "",
            "listed_to": "",
        }


def _author_rows(items: Iterable[Item], partners: dict[int, list[int]]) -> Iterable[Row]:
    """Authors with a weight, of the departments that wrote the item."""
    wrote = {item.pk: {*partners.get(item.pk, []), item.unit_id, item.lead_unit_id} for item in items}
    rows = Authorship.objects.filter(item_id__in=wrote, weight__gt=0).order_by("item_id", "position", "id")
    for item, unit, person, weight in rows.values_list("item_id", "unit_id", "person_id", "weight"):
        if unit in wrote[item]:
            yield {
                "item": key_of(item),
                "unit": key_of(unit),
                "person": key_of(person),
                "weight": str(weight),
            }
