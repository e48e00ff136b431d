"""Reads. ``visible_items`` decides alone who sees which item: lists, detail, search, export, counts, API, mail ask it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from hengjian.apps.bulletins import flows, words
from hengjian.apps.bulletins.models import Grade, Item, ItemUnit, ReviewStep
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import loaded, pack_names
from hengjian.policy import Pack

State = Item.State
# before it was handed over, an item is its department's own affair
_NOT_YET = Q(state=State.DRAFT) | Q(state=State.CANCELLED, number="")
_SURELY_HANDED_OVER = Q(state__in=[s for s in State.values if s not in (State.DRAFT, State.CANCELLED)])


def visible_items(actor: Actor, *, surely: bool = False) -> QuerySet[Item]:
    """Own department: everything. Readers of all: what was handed over, restricted outlets and sensitive grades
    only with the right. Partners: what was handed over. Receivers of emergencies: the emergency lane.

    ``surely``: fewer, those of which the state alone says it (without withdrawn ones); an index answers that.
    """
    if actor.system:
        return Item.objects.all()
    own = actor.units(Right.ITEM_READ_UNIT) | actor.units(Right.ITEM_WRITE)
    wanted = Q(pk__in=()) if not own else Q(unit__in=own)
    handed_over = _SURELY_HANDED_OVER if surely else ~_NOT_YET
    if own:
        wanted |= Q(pk__in=ItemUnit.objects.filter(unit__in=own).values("item")) & handed_over
    everywhere, cleared = actor.units(Right.ITEM_READ_ALL), actor.units(Right.ITEM_READ_RESTRICTED)
    if everywhere:
        handed = Q(unit__in=everywhere) & handed_over
        wanted |= handed if everywhere <= cleared else handed & _unrestricted(actor, cleared)
    # whoever reads all of a unit anyway need not be asked about its emergencies
    if receiving := actor.units(Right.EMERGENCY_RECEIVE) - own - (everywhere & cleared):
        wanted |= Q(unit__in=receiving, lane=Item.Lane.EMERGENCY) & handed_over
    return Item.objects.filter(wanted)


def _unrestricted(actor: Actor, cleared: frozenset[int]) -> Q:
    """Items everybody with a reading right may see, or those of units the actor is cleared for."""
    restricted = Q(grade=Grade.SENSITIVE)
    for pk, pack in pack_names(actor).items():
        if outlets := words.restricted_outlets(loaded(pack)):
            restricted |= Q(installation=pk, outlet__in=outlets)
    return Q(unit__in=cleared) | ~restricted


def is_restricted(item: Item, pack: Pack) -> bool:
    return item.grade == Grade.SENSITIVE or item.outlet in words.restricted_outlets(pack)


def own_item(actor: Actor, item: Item) -> bool:
    """Whether the actor belongs to a department that wrote the item."""
    own = actor.units(Right.ITEM_READ_UNIT)
    return item.unit_id in own or item.partners.filter(unit__in=own).exists()


def open_steps(actor: Actor, *, instead: bool = False, packs: Iterable[Pack] = ()) -> QuerySet[ReviewStep]:
    """Steps that wait for the actor's signature (not the office's receipt); oldest first.

    ``instead``: those of lower posts that the actor may sign as a higher officer.
    """
    wanted = Q(pk__in=())
    for grant in actor.grants:
        roles = {grant.role}
        if instead:
            roles = set().union(*(flows.roles_below(pack, [grant.role]) for pack in packs))
        wanted |= Q(role__in=roles, unit__in=grant.unit_ids)
    steps = ReviewStep.objects.filter(wanted, state=ReviewStep.State.OPEN).exclude(key=flows.OFFICE)
    return steps.select_related("item__unit", "unit").order_by("opened_at", "pk")


def to_receive(actor: Actor) -> QuerySet[Item]:
    """Filed items that wait for the office's receipt, oldest first."""
    units = actor.units(Right.ITEM_EDIT)
    return Item.objects.filter(state=State.FILED, unit__in=units).select_related("unit").order_by("filed_at")


def returned_items(actor: Actor) -> QuerySet[Item]:
    """Items of the actor's department that came back and wait for a new version."""
    units = actor.units(Right.ITEM_WRITE)
    return Item.objects.filter(state=State.RETURNED, unit__in=units).select_related("unit")
