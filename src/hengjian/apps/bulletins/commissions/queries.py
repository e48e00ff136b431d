"""Reads of commissions: who sees which, and whether the node was kept."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q, QuerySet

from hengjian.apps.bulletins.models import Commission, Item
from hengjian.apps.bulletins.states import WITH_THE_OFFICE
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import packs_of
from hengjian.base.times import to_local
from hengjian.clocks import ClockResult, Facts, evaluate
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty

CLAUSE = "flows/commission"
NODE = "node"
S = Commission.State


def visible_commissions(actor: Actor) -> QuerySet[Commission]:
    """The office and leaders see all of their house, a department what was given to it."""
    rows = with_results(Commission.objects.select_related("unit", "installation__unit"))
    if actor.system:
        return rows
    return rows.filter(
        Q(installation__unit_id__in=actor.units(Right.ITEM_READ_ALL))
        | Q(unit_id__in=actor.units(Right.ITEM_READ_UNIT))
    )


def with_results(rows: QuerySet[Commission]) -> QuerySet[Commission]:
    """``handed_in``: when the first item written for it reached the office and still lies there."""
    with_office = Q(items__state__in=[*WITH_THE_OFFICE])
    return rows.annotate(handed_in=Min("items__filed_at", filter=with_office))


def handed_in(row: Commission) -> datetime | None:
    found = getattr(row, "handed_in", None)
    return found if isinstance(found, datetime) else None


def duty_of(pack: Pack) -> EventDuty | None:
    """The duty whose clock runs to an agreed node; None where the regulation has none."""
    duties = [c for c in pack.clauses_of("duty") if isinstance(c, EventDuty)]
    return next((d for d in duties if any(NODE in s.start.of for s in d.stages.values())), None)


def clock_of(row: Commission, pack: Pack, now: datetime) -> ClockResult | None:
    """How the node stands, by the duty clause of the pack."""
    duty = duty_of(pack)
    if duty is None:
        return None
    times = {NODE: to_local(row.due_at), "occurred": to_local(row.asked_at)}
    done = handed_in(row)
    if done is not None:
        times["first_report"] = to_local(done)
    fields = {name: wanted[0] for name, wanted in duty.applies_to.items()}
    results = evaluate(duty, Facts(fields=fields, times=times), to_local(now), value_of=pack.value)
    return results[0] if results else None


def may_link(actor: Actor, row: Commission) -> QuerySet[Item]:
    """The department's own items that could be named for the commission, newest first."""
    if row.unit_id is None or row.state != S.ACCEPTED or not actor.has(Right.ITEM_WRITE, row.unit_id):
        return Item.objects.none()
    mine = Item.objects.filter(installation=row.installation, unit=row.unit_id)
    fresh = mine.exclude(state=Item.State.CANCELLED).exclude(pk__in=row.items.values("pk"))
    return fresh.order_by("-changed_at")


def has_commissions(actor: Actor) -> bool:
    """Whether a regulation of the actor's office knows commissions."""
    return any(flow.id == CLAUSE for pack in packs_of(actor) for flow in pack.clauses_of("flow"))


def departments(installation: Installation) -> QuerySet[Unit]:
    below = installation.unit.descendants(include_self=False)
    found: QuerySet[Unit] = Unit.objects.filter(pk__in=below.values("pk"))
    return found.filter(kind__in=(Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)).order_by("position", "pk")
