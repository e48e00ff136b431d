"""The list of appraised units on a day, what is going to change, and who sees which proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hengjian.apps.duties.models import RosterChange
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.queries import standing
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.members import AUTHOR_DEPARTMENT, VOCABULARY, class_keys, memberships, sorts_units
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import packs_of, visible_installations
from hengjian.documents import Column, Format, Table
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow

FLOW = "flows/list"
UNSTATED = "正文没有规定最低条数的单位"
OFF = "不在名单"


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit on the list: its class from ``since`` until (exclusive) ``until``."""

    unit: Unit
    key: str
    label: str
    since: date
    until: date | None


def flow_of(pack: Pack) -> Flow | None:
    """The flow by which the list is changed; None where the regulation has none."""
    return next((f for f in pack.clauses_of("flow") if f.id == FLOW), None) if sorts_units(pack) else None


def has_roster(actor: Actor) -> bool:
    return any(flow_of(pack) is not None for pack in packs_of(actor))


def class_choices(pack: Pack) -> list[tuple[str, str]]:
    """Keys and words of the classes a unit can be put in."""
    return [*((t.key, t.label) for t in pack.vocabulary(VOCABULARY)), (AUTHOR_DEPARTMENT, UNSTATED)]


def label_of(pack: Pack, key: str) -> str:
    """In the words of the pack; "" is off the list."""
    return dict(class_choices(pack)).get(key, key) if key else OFF


def entries(installation: Installation, pack: Pack, day: date) -> tuple[list[Entry], list[Entry]]:
    """Who is on the list on ``day``, in the order of the classes; and what begins later, by day."""
    rows = [m for m in memberships(installation, pack) if m.until is None or m.until > day]
    units = Unit.objects.in_bulk([m.unit for m in rows])
    found = [
        Entry(units[m.unit], key, label_of(pack, key), m.since, m.until)
        for m in rows
        for key in (m.key or AUTHOR_DEPARTMENT,)
    ]
    order = [key for key, _ in class_choices(pack)]
    now = [e for e in found if e.since <= day]
    now.sort(key=lambda e: (order.index(e.key), e.unit.position, e.unit.pk))
    later = [e for e in found if e.since > day]
    return now, sorted(later, key=lambda e: (e.since, e.unit.position, e.unit.pk))


def candidates(installation: Installation, day: date) -> QuerySet[Unit]:
    """Units below the house that exist on ``day``: only they can be put on the list."""
    below = installation.unit.descendants(include_self=False).exclude(kind=Unit.Kind.GROUP)
    return standing(Unit.objects.filter(pk__in=below.values("pk")), day).order_by("position", "pk")


def class_on(installation: Installation, pack: Pack, unit: Unit, day: date) -> str:
    """The key of the class on ``day``; "" when the unit is not on the list."""
    known = [*class_keys(pack), AUTHOR_DEPARTMENT]
    rows = UnitClass.objects.filter(unit=unit, pack=installation.pack, key__in=known, valid_from__lte=day)
    found = rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("-valid_from").first()
    return found.key if found is not None else ""


def visible_changes(actor: Actor) -> QuerySet[RosterChange]:
    """Everybody of the house sees what was approved; drafts those who make, sign and read everything."""
    rows = RosterChange.objects.select_related("installation__unit", "made_by")
    if actor.system:
        return rows
    makers = actor.units(Right.REGISTER_MANAGE) | actor.units(Right.POINTS_READ_ALL)
    mine = visible_installations(actor).values("pk")
    approved = Q(installation__in=mine, state=RosterChange.State.APPROVED)
    return rows.filter(Q(installation__unit_id__in=makers) | approved)


def roster_table(found: Sequence[Entry]) -> Table:
    heads = (Column("序号", Format.INTEGER), *map(Column, ("单位", "类别", "起", "止（不含）")))
    body = [
        (n, e.unit.name, e.label, e.since.isoformat(), e.until.isoformat() if e.until else "")
        for n, e in enumerate(found, start=1)
    ]
    return Table(heads, tuple(body))
