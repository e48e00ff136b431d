"""Who is appraised under a regulation: the units a pack's classes name, by date. Two words for it, one place.

A pack that sorts its units (vocabulary ``unit_class``) says with the class how much is due; the key
``author_department`` is for units that are appraised though the text sorts them nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.tree import Tree, standing_tree
from hengjian.apps.regs.models import Installation
from hengjian.policy import Pack

AUTHOR_DEPARTMENT = "author_department"
VOCABULARY = "unit_class"
WRITERS = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)


@dataclass(frozen=True, slots=True)
class Membership:
    """A unit in a class from ``since`` until (exclusive) ``until``; class "" where the text names none for it."""

    unit: int
    key: str
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def sorts_units(pack: Pack) -> bool:
    """Whether the pack has classes of units, so that being listed and how much is due depend on them."""
    return VOCABULARY in pack.vocabularies


def class_keys(pack: Pack) -> frozenset[str]:
    return frozenset(term.key for term in pack.vocabulary(VOCABULARY)) if sorts_units(pack) else frozenset()


def memberships(installation: Installation, pack: Pack, tree: Tree | None = None) -> list[Membership]:
    """All memberships there ever were of units under the installation, oldest first; none where no unit is classed."""
    known = class_keys(pack)
    below = (tree or standing_tree()).below(installation.unit_id)
    rows = UnitClass.objects.filter(
        pack=installation.pack, key__in=[*known, AUTHOR_DEPARTMENT], unit_id__in=below
    ).order_by("valid_from", "pk")
    return [
        Membership(unit, key if key in known else "", since, until)
        for unit, key, since, until in rows.values_list("unit_id", "key", "valid_from", "valid_to")
    ]


def classes_on(installation: Installation, pack: Pack, day: date, tree: Tree | None = None) -> dict[int, str]:
    """Unit → class on a day; units that are listed without a class have ""."""
    return {m.unit: m.key for m in memberships(installation, pack, tree) if m.holds(day)}


def members(installation: Installation, pack: Pack, first: date, end: date) -> list[Unit]:
    """Units that write under the regulation at some time in ``[first, end)``, in order.

    Where units are classed: those with a class; else every department below the court.
    """
    below = installation.unit.descendants(include_self=True)
    units = Unit.objects.filter(pk__in=below.values("pk"))
    found = memberships(installation, pack)
    if found:
        units = units.filter(pk__in=_within(found, first, end))
    else:
        units = units.filter(kind__in=WRITERS)
    standing = Q(valid_from=None) | Q(valid_from__lt=end), Q(valid_to=None) | Q(valid_to__gt=first)
    return list(units.filter(*standing).order_by("position", "pk"))


def _within(found: Iterable[Membership], first: date, end: date) -> set[int]:
    return {m.unit for m in found if m.since < end and (m.until is None or m.until > first)}
