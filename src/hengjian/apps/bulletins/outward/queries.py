"""Reads of what went out. Who sees the item sees where it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from hengjian.apps.approvals.models import Course
from hengjian.apps.bulletins.models import Dispatch, Item
from hengjian.apps.bulletins.outward.rules import has_flow
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import packs_of


def visible_dispatches(actor: Actor) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(item__in=visible_items(actor).values("pk")).select_related(
        "item__unit", "unit", "installation__unit", "proposed_by", "sent_by"
    )


def may_send(actor: Actor, row: Dispatch) -> bool:
    """By exception the department itself, else the office; not before agreement."""
    if row.state != Dispatch.State.APPROVED:
        return False
    if row.way_out:
        return actor.has(Right.ITEM_FILE, row.unit_id)
    return actor.has(Right.ITEM_EDIT, row.installation.unit_id)


def waiting_to_leave(actor: Actor) -> list[Dispatch]:
    """Agreed, and the actor's to send."""
    rows = visible_dispatches(actor).filter(state=Dispatch.State.APPROVED)
    return [row for row in rows.order_by() if may_send(actor, row)]


def has_outward(actor: Actor) -> bool:
    """Whether a regulation of the actor's office says how things go out."""
    return any(has_flow(pack) for pack in packs_of(actor))


def sent_in(installation: Installation, first: datetime, end: datetime) -> Counter[int]:
    """Unit → items of its own that went out in ``[first, end)``, by whatever way; an item counts once."""
    rows = Dispatch.objects.filter(
        installation=installation, state=Dispatch.State.SENT, sent_at__gte=first, sent_at__lt=end
    )
    return Counter(unit for _, unit in set(rows.values_list("item_id", "item__unit_id")))


def of_items(items: Iterable[Item]) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(item__in=list(items)).select_related("unit").order_by("proposed_at")


def agreed(actor: Actor, row: Dispatch, course: Course) -> None:
    """After the last signature."""
    from hengjian.apps.bulletins.outward.acts.outcome import take_outcome

    take_outcome(actor, row, Dispatch.State.APPROVED)


def refused(actor: Actor, row: Dispatch, course: Course) -> None:
    from hengjian.apps.bulletins.outward.acts.outcome import take_outcome

    take_outcome(actor, row, Dispatch.State.REFUSED)
