"""Reads: the office sees every matter, a unit those it has to carry out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.bulletins.states import WITH_THE_OFFICE
from hengjian.apps.matters import rules
from hengjian.apps.matters.models import Assignment, Matter, Progress
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.members import members
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, State
from hengjian.policy import Pack

OWED = (State.PENDING, State.MISSED)


@dataclass(frozen=True)
class Line:
    """One unit of a matter: a clock a stage, the items that answer it."""

    assignment: Assignment
    clocks: list[ClockResult]
    reports: list[Progress]

    @property
    def owed(self) -> list[ClockResult]:
        return [] if self.assignment.closed_at else [c for c in self.clocks if c.state in OWED]

    @property
    def overdue(self) -> bool:
        return any(clock.state is State.MISSED for clock in self.owed)

    def answers(self, stage: str) -> list[Progress]:
        return [report for report in self.reports if report.stage == stage]


def visible_matters(actor: Actor) -> QuerySet[Matter]:
    """Standing and withdrawn; withdrawn ones only for the office."""
    everywhere = actor.units(Right.ITEM_READ_ALL) | actor.units(Right.REGISTER_MANAGE)
    own = actor.units(Right.ITEM_FILE) | actor.units(Right.ITEM_READ_UNIT) | actor.units(Right.REVIEW_UNIT)
    mine = Assignment.objects.filter(matter=OuterRef("pk"), unit__in=own)
    return Matter.objects.filter(
        Q(installation__unit__in=everywhere) | (Exists(mine) & Q(withdrawn_at=None))
    ).select_related("installation__unit", "recorded_by")


def lines_of(assignments: Iterable[Assignment], pack: Pack, at: datetime) -> list[Line]:
    """Each assignment with its clocks; one query for the reports."""
    listed = list(assignments)
    reports: dict[int, list[Progress]] = defaultdict(list)
    standing = Progress.objects.filter(assignment__in=listed, undone_at=None).select_related(
        "item", "linked_by"
    )
    for report in standing.order_by("reported_at", "pk"):
        reports[report.assignment_id].append(report)
    return [Line(a, rules.clocks_of(a, pack, at, reports[a.pk]), reports[a.pk]) for a in listed]


def running(installation: Installation, units: Iterable[int] | None = None) -> QuerySet[Assignment]:
    """Assignments of standing matters that are not closed."""
    found = Assignment.objects.filter(
        matter__installation=installation, matter__withdrawn_at=None, closed_at=None
    ).select_related("matter", "unit")
    return found if units is None else found.filter(unit__in=list(units))


def answering_items(actor: Actor, assignment: Assignment) -> QuerySet[Item]:
    """Items of the unit, handed in since the matter began, newest first."""
    return (
        visible_items(actor)
        .filter(
            unit=assignment.unit_id,
            state__in=WITH_THE_OFFICE,
            filed_at__gte=assignment.matter.happened_at,
            installation=assignment.matter.installation_id,
        )
        .order_by("-filed_at")
    )


def manageable(actor: Actor) -> list[Installation]:
    """Installations of the actor's office whose packs know matters."""
    found = Installation.objects.filter(unit__in=actor.units(Right.REGISTER_MANAGE)).select_related("unit")
    return [installation for installation in found if rules.has_matters(installation)]


def concerned(actor: Actor) -> bool:
    """Whether the regulations over the actor's own unit know matters at all (for the menu)."""
    packs = {name for name in Installation.objects.values_list("pack", flat=True) if rules.knows(name)}
    if not packs or actor.person is None:
        return False
    above = actor.person.unit.ancestors(include_self=True).values("pk")
    return Installation.objects.filter(unit__in=above, pack__in=packs).exists()


def responsible_units(installation: Installation, at: datetime) -> QuerySet[Unit]:
    """Units that may be made responsible: those that write under the regulation."""
    today = to_local(at).date()
    listed = members(installation, pack_for(installation, at), today, today + timedelta(days=1))
    found: QuerySet[Unit] = Unit.objects.filter(pk__in=[unit.pk for unit in listed])
    return found.order_by("position", "pk")
