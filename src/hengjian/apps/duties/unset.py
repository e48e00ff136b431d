"""Which seats the regulations ask for that nobody has set up: for the administrators' list of vacancies."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from hengjian.apps.duties.look import Look
from hengjian.apps.duties.registers import post_duties, seats_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Post
from hengjian.apps.org.queries import visible_units
from hengjian.apps.org.unset import UnsetSeat


def unset(actor: Actor) -> Iterator[UnsetSeat]:
    """Vacant seats of every register without a standing post behind them, in units the actor may see."""
    look = Look(actor, actor.at)
    seen = set(visible_units(actor).values_list("pk", flat=True))
    for governed in look.governed:
        standing = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=look.today))
        for duty in post_duties(governed):
            role = duty.register_name
            inside = frozenset(u.pk for u in governed.departments) | governed.unit_ids
            set_up = set(standing.filter(role=role, unit__in=inside).values_list("unit_id", flat=True))
            for seat in seats_of(governed, duty):
                there = seat.unit.pk in set_up if duty.each == "department" else bool(set_up)
                if seat.vacant and not there and seat.unit.pk in seen:
                    yield UnsetSeat(seat.unit, role, duty.title, duty.articles[0])
