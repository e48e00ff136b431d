"""Who holds a seat for a department at a moment; who wrote an item first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from hengjian.apps.bulletins.models import Authorship, Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person, Unit
from hengjian.base.times import to_local


def holders(roles: Iterable[str], unit: Unit, at: datetime) -> QuerySet[Person]:
    """Active people in a seat (A or B) with one of ``roles`` that reaches ``unit``."""
    day = to_local(at).date()
    above = unit.ancestors(include_self=True).values_list("pk", flat=True)
    reaches = Q(appointments__post__unit=unit) | Q(
        appointments__post__unit__in=list(above), appointments__post__subtree=True
    )
    seat = Q(appointments__valid_from__lte=day, appointments__post__valid_from__lte=day)
    open_ended = Q(appointments__valid_to=None) | Q(appointments__valid_to__gt=day)
    post = Q(appointments__post__valid_to=None) | Q(appointments__post__valid_to__gt=day)
    role = Q(appointments__post__role__in=list(roles))
    return Person.objects.filter(role & seat & open_ended & post & reaches, active=True).distinct()


def name_author(item: Item, actor: Actor) -> None:
    """Who begins an item of the own department is its author until others are named."""
    if actor.person is not None and actor.person.unit_id == item.unit_id:
        Authorship.objects.create(item=item, unit=item.unit, person=actor.person)
