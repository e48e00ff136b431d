"""What the scoring engine is told: the standing facts of an installation, in the words of the acceptance files.

Kinds and values pass through unchanged. Ids are primary keys written with leading zeros, so that facts of
one minute keep the order in which they were recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Count, F, Max, Model, QuerySet, Sum

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Authorship, Delivery, Fact, Item, ItemUnit
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.regs.members import Membership, members, memberships, sorts_units
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded
from hengjian.base.times import to_local
from hengjian.policy import Pack

Row = dict[str, str]
KEY = "%010d"
M = TypeVar("M", bound=Model)
OF_FACT = (
    "pk", "happened_at", "kind", "item_id", "unit_id", "value", "system", "n", "sent_up", "publication",
)  # fmt: skip
_OF_ITEM = ("pk", "form", "category", "joint", "unit_id", "lead_unit_id", "exclusion")


@dataclass(frozen=True)
class Feed:
    """Rows of the four tables ``units``, ``items``, ``events``, ``authors``; all values are text."""

    units: tuple[Row, ...]
    items: tuple[Row, ...]
    events: tuple[Row, ...]
    authors: tuple[Row, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all rows: names exactly what a posting read."""
        text = json.dumps([self.units, self.items, self.events, self.authors], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def tables(self) -> dict[str, tuple[Row, ...]]:
        return {"units": self.units, "items": self.items, "events": self.events, "authors": self.authors}


def feed_of(installation: Installation, pack: Pack, *, only: Iterable[int] | None = None) -> Feed:
    """The feed of all facts the pack scores, or of those of the items ``only`` (to project one item)."""
    facts = counting(pack).filter(installation=installation, kind__in=scored_kinds(pack))
    if only is not None:
        facts = facts.filter(item_id__in=list(only))
    found = list(facts.order_by("happened_at", "id").values_list(*OF_FACT))
    boxes = _boxes(installation, pack)
    events = tuple(row for values in found for row in _event_rows(values, boxes))
    ids = {int(row["item"]) for row in events if row["item"]}
    around = feed_around(installation, pack, ids, {int(r["unit"]) for r in events if r["unit"]})
    return replace(around, events=events)


def feed_around(installation: Installation, pack: Pack, ids: set[int], units: set[int]) -> Feed:
    """What goes with events that name these items and units."""
    partners = _partners(ids)
    wrote = list(_of_ids(Item, ids).order_by("pk").values_list(*_OF_ITEM))
    items = tuple(_item_row(values, partners.get(values[0], [])) for values in wrote if values[0] in ids)
    named = {int(u) for row in items for u in row["units"].split(";")} | units
    return Feed(
        units=tuple(_unit_rows(installation, pack, named)),
        items=items,
        events=(),
        authors=tuple(_author_rows(items)),
    )


def marker(installation: Installation) -> tuple[object, ...]:
    """Cheap to ask; differs when a committed fact, item, author share or unit that scoring reads has changed.

    Facts are only ever added, so their number and the last one tell.
    """
    facts = Fact.objects.filter(installation=installation)
    last = facts.order_by("-pk").values_list("pk", "client_key", "recorded_at").first()
    items = Item.objects.filter(installation=installation).aggregate(n=Count("pk"), at=Max("changed_at"))
    weights = Authorship.objects.filter(item__installation=installation).aggregate(
        n=Count("pk"),
        weights=Sum(F("weight") * F("pk")),
        places=Sum(F("position") * F("pk")),
        units=Sum("unit_id"),
    )
    partners = ItemUnit.objects.filter(item__installation=installation).aggregate(
        n=Count("pk"), units=Sum(F("unit_id") * F("pk"))
    )
    reached = Delivery.objects.filter(item__installation=installation).aggregate(
        n=Count("pk"), at=Max("arrived_at")
    )
    classes = UnitClass.objects.filter(pack=installation.pack).order_by("pk")
    units = Unit.objects.order_by("pk").values_list(
        "pk", "parent_id", "position", "kind", "valid_from", "valid_to"
    )
    rest = hash((tuple(units), tuple(classes.values_list("unit_id", "key", "valid_from", "valid_to"))))
    return (
        facts.count(),
        last,
        *items.values(),
        *weights.values(),
        *partners.values(),
        *reached.values(),
        rest,
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
    """The units that write under the regulation in ``[first, end)``."""
    return members(installation, loaded(installation.pack), first, end)


def key_of(pk: int | None) -> str:
    return "" if pk is None else KEY % pk


def item_row(item: Item, partners: list[int]) -> Row:
    return _item_row(tuple(getattr(item, name) for name in _OF_ITEM), partners)


def _item_row(values: tuple[Any, ...], partners: list[int]) -> Row:
    pk, form, category, joint, unit, lead_unit, exclusion = values
    units = partners or [unit]
    joint = joint or len(units) > 1
    lead = lead_unit if joint else unit
    if lead is not None and lead not in units:
        units = [lead, *units]
    return {
        "item": key_of(pk),
        "kind": form,
        "class": category,
        "joint": str(int(joint)),
        "lead": key_of(lead),
        "units": ";".join(map(key_of, units)),
        "routine": str(int(bool(exclusion))),
    }


def _event_rows(values: tuple[Any, ...], boxes: dict[int, list[tuple[str, datetime]]]) -> Iterable[Row]:
    """One row a fact; a submission that reached boxes gives one for each, at the time it arrived there."""
    row = _event_row(values)
    reached = boxes.get(values[0])
    if not reached:
        return (row,)
    return [
        {
            **row,
            "event_id": f"{row['event_id']}.{n}",
            "ts": to_local(at).isoformat(timespec="minutes"),
            "channel": box,
        }
        for n, (box, at) in enumerate(reached, 1)
    ]


def _event_row(values: tuple[Any, ...]) -> Row:
    pk, happened_at, kind, item, unit, value, system, n, sent_up, publication = values
    return {
        "event_id": key_of(pk),
        "ts": to_local(happened_at).isoformat(timespec="minutes"),
        "type": kind,
        "item": key_of(item),
        "unit": key_of(unit),
        "value": value,
        "system": system,
        "n": str(n),
        "sent_up": "" if sent_up is None else str(int(sent_up)),
        "note": publication,
    }


def _of_ids(model: type[M], ids: set[int]) -> QuerySet[M]:
    """Rows with these ids; many ids are cheaper by range (databases limit the number of parameters)."""
    rows = model._default_manager.all()
    if len(ids) > 500:
        return rows.filter(pk__gte=min(ids), pk__lte=max(ids))
    return rows.filter(pk__in=ids)


def _partners(ids: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = ItemUnit.objects.filter(item_id__in=_of_ids(Item, ids).values("pk")).order_by(
        "item_id", "position", "id"
    )
    for item, unit in rows.values_list("item_id", "unit_id"):
        found[item].append(unit)
    return found


def _boxes(installation: Installation, pack: Pack) -> dict[int, list[tuple[str, datetime]]]:
    """Fact → the prescribed boxes a submission reached and when, where the regulation counts by boxes."""
    if "channel" not in pack.vocabularies:
        return {}
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    rows = Delivery.objects.filter(item__installation=installation, arrived_at__isnull=False)
    for fact, box, at in rows.order_by("fact_id", "arrived_at", "pk").values_list(
        "fact_id", "box", "arrived_at"
    ):
        if at is not None:
            found[fact].append((box, at))
    return found


def _unit_rows(installation: Installation, pack: Pack, named: set[int]) -> Iterable[Row]:
    """All departments there ever were under the installation, and whoever else a fact or an item names.

    Where the pack sorts units, one row a membership: its class, and the days on which the unit was listed.
    """
    listed = {unit.pk: unit for unit in members(installation, pack, date.min, date.max)}
    missing = Unit.objects.filter(pk__in=named - listed.keys())
    spans: dict[int, list[Membership]] = defaultdict(list)
    if sorts_units(pack):
        for membership in memberships(installation, pack):
            spans[membership.unit].append(membership)
    for unit in [*listed.values(), *missing.order_by("position", "pk")]:
        since = unit.valid_from.isoformat() if unit.valid_from else ""
        row = {"unit": key_of(unit.pk), "category": "", "listed_from": since, "listed_to": ""}
        yield from [_listed(row, span) for span in spans[unit.pk]] if unit.pk in spans else [row]


def _listed(row: Row, span: Membership) -> Row:
    until = (span.until - timedelta(days=1)).isoformat() if span.until else ""
    return {**row, "category": span.key, "listed_from": span.since.isoformat(), "listed_to": until}


def _author_rows(items: Iterable[Row]) -> Iterable[Row]:
    """Authors with a weight, of the departments that wrote the item."""
    wrote = {row["item"]: row["units"] for row in items}
    ids = {int(key) for key in wrote}
    rows = Authorship.objects.filter(item_id__in=_of_ids(Item, ids).values("pk"), weight__gt=0)
    rows = rows.order_by("item_id", "position", "id")
    for item, unit, person, weight in rows.values_list("item_id", "unit_id", "person_id", "weight"):
        if key_of(unit) in wrote.get(key_of(item), "").split(";"):
            yield {
                "item": key_of(item),
                "unit": key_of(unit),
                "person": key_of(person),
                "weight": str(weight),
            }
