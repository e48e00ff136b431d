"""Reads that other apps and the pages use. Every score shown is a sum of ledger lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import approval
from hengjian.apps.points.engine import scored
from hengjian.apps.points.ledger import Difference, differences
from hengjian.apps.points.models import AccountPeriod, Appeal, LedgerLine, Notice, PersonShare
from hengjian.apps.points.projection import Projection, projected_points
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installation_of
from hengjian.base.times import to_local

ZERO = Decimal(0)
PUBLIC_STATES = (Notice.State.PUBLISHED, Notice.State.SUPERSEDED)


@dataclass(frozen=True)
class Held:
    """A closed period whose facts have changed since: 待更正."""

    period: AccountPeriod
    difference: Difference


def lines_of(installation: Installation, period: str) -> QuerySet[LedgerLine]:
    """Lines of a period of account, or of a year (``2024``: all its periods)."""
    lines = LedgerLine.objects.filter(period__installation=installation)
    return (
        lines.filter(period__key__startswith=period) if len(period) == 4 else lines.filter(period__key=period)
    )


def shares_in(installation: Installation, period: str) -> QuerySet[PersonShare]:
    shares = PersonShare.objects.filter(period__installation=installation)
    return (
        shares.filter(period__key__startswith=period)
        if len(period) == 4
        else shares.filter(period__key=period)
    )


def score_of(installation: Installation, unit: Unit | int, period: str) -> Decimal:
    """A unit's score in a period or a year."""
    pk = unit if isinstance(unit, int) else unit.pk
    return lines_of(installation, period).filter(unit_id=pk).aggregate(s=Sum("points"))["s"] or ZERO


def scores(installation: Installation, period: str) -> dict[int | None, Decimal]:
    """Unit id → score; under None what nobody may have."""
    rows = lines_of(installation, period).order_by().values_list("unit_id").annotate(s=Sum("points"))
    return dict(rows)


def scores_by_period(installation: Installation, year: str) -> dict[int | None, dict[str, Decimal]]:
    """Unit id → period key → score, for the table of a year; one query."""
    lines = LedgerLine.objects.filter(period__installation=installation, period__key__startswith=year)
    rows = lines.order_by().values_list("unit_id", "period__key").annotate(s=Sum("points"))
    found: dict[int | None, dict[str, Decimal]] = defaultdict(dict)
    for unit, key, points in rows:
        found[unit][key] = points
    return found


def person_scores(installation: Installation, period: str) -> dict[tuple[int, int], Decimal]:
    """(unit id, person id) → points in a period or a year."""
    shares = shares_in(installation, period).order_by().values_list("unit_id", "person_id")
    return {(unit, person): points for unit, person, points in shares.annotate(s=Sum("points")) if points}


def item_scores(installation: Installation, period: str) -> dict[int, Decimal]:
    """Item id → points of all departments together in a period or a year."""
    lines = lines_of(installation, period).filter(item__isnull=False, unit__isnull=False)
    return dict(lines.order_by().values_list("item_id").annotate(s=Sum("points")))


def lines_of_item(item: Item) -> QuerySet[LedgerLine]:
    """Everything an item has earned or cost, in the order posted."""
    return (
        LedgerLine.objects.filter(item=item)
        .select_related("unit", "period", "origin", "posting", "reverses")
        .order_by("pk")
    )


def score_of_item(item: Item) -> Decimal:
    return LedgerLine.objects.filter(item=item, unit__isnull=False).aggregate(s=Sum("points"))["s"] or ZERO


def behind(installation: Installation, at: datetime) -> dict[str, Difference]:
    """Differences between facts and ledger, open and closed periods."""
    return differences(installation, scored(installation, at))


def held(installation: Installation, at: datetime, found: dict[str, Difference] | None = None) -> list[Held]:
    """Closed periods with a difference: somebody must decide between restatement and carrying over."""
    found = behind(installation, at) if found is None else found
    closed = AccountPeriod.objects.filter(
        installation=installation, state=AccountPeriod.State.CLOSED, key__in=list(found)
    )
    return [Held(period, found[period.key]) for period in closed.order_by("key")]


def years(installation: Installation, at: datetime) -> list[str]:
    """Years that have a period of account, and the running one, newest first."""
    keys = AccountPeriod.objects.filter(installation=installation).values_list("key", flat=True)
    return sorted({key[:4] for key in keys} | {str(to_local(at).year)}, reverse=True)


def installation_for(actor: Actor) -> Installation | None:
    """The installation whose scores the actor looks at: that of the own unit, else any the rights reach."""
    if actor.person is not None:
        own = installation_of(actor.person.unit)
        if own is not None:
            return own
    reach = {unit for grant in actor.grants for unit in grant.unit_ids}
    return Installation.objects.filter(unit_id__in=reach).order_by("pk").first()


def visible_units(actor: Actor) -> frozenset[int]:
    """Units whose ledger the actor may open: all for readers of points, else the own department."""
    return actor.units(Right.POINTS_READ_ALL) | actor.units(Right.ITEM_READ_UNIT)


def visible_installations(actor: Actor) -> QuerySet[Installation]:
    """Installations the actor belongs to or has points rights in."""
    mine = installation_for(actor)
    reach = set(actor.units(Right.POINTS_READ_ALL)) | set(actor.units(Right.APPEAL_DECIDE))
    found = Installation.objects.filter(unit_id__in=reach)
    return (found | Installation.objects.filter(pk=mine.pk)).distinct() if mine else found


def visible_lines(actor: Actor) -> QuerySet[LedgerLine]:
    """Ledger lines the actor may open; unallocated ones only for readers of all."""
    lines = LedgerLine.objects.filter(unit_id__in=visible_units(actor))
    readers = actor.units(Right.POINTS_READ_ALL)
    if readers:
        free = LedgerLine.objects.filter(unit=None, period__installation__unit_id__in=readers)
        lines = lines | free
    return lines


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """Published notices for everybody of the court; drafts for those who prepare, approve or have a step to sign."""
    mine = visible_installations(actor).values("pk")
    notices = Notice.objects.filter(period__installation__in=mine)
    if actor.has_any([Right.NOTICE_PREPARE, Right.NOTICE_APPROVE]):
        return notices
    return notices.filter(Q(state__in=PUBLIC_STATES) | Q(pk__in=approval.asked_of(actor)))


def visible_appeals(actor: Actor) -> QuerySet[Appeal]:
    """Appeals of the own department; all for those who decide or post."""
    units = actor.units(Right.APPEAL_FILE) | actor.units(Right.APPEAL_DECIDE) | actor.units(Right.POINTS_POST)
    return Appeal.objects.filter(unit_id__in=units)


__all__ = [
    "Held",
    "Projection",
    "held",
    "item_scores",
    "lines_of_item",
    "person_scores",
    "projected_points",
    "score_of",
    "score_of_item",
    "scores",
]
