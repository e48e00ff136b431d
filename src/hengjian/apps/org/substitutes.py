"""A substitute stands in not only while the holder is away: what the holder brought in himself he may not sign."""

from __future__ import annotations

from hengjian.apps.org.access import Actor, Grant, once
from hengjian.apps.org.models import Appointment
from hengjian.apps.org.queries import in_force
from hengjian.base.times import to_local

A, B = Appointment.Seat.A, Appointment.Seat.B


@once
def standing_by(actor: Actor) -> tuple[Grant, ...]:
    """The actor's B seats whose holder is there: they count where the holder must keep out."""
    if actor.person is None:
        return ()
    held = Appointment.objects.filter(in_force(to_local(actor.at).date()), person=actor.person, seat=B)
    acting = {grant.post_id for grant in actor.grants}
    found = []
    for seat in held.exclude(post__in=acting).select_related("post__unit"):
        post = seat.post
        units = post.unit.descendants(include_self=True).values_list("pk", flat=True) if post.subtree else ()
        reach = frozenset([post.unit_id, *units])
        found.append(Grant(post.role, post.pk, post.title, post.unit_id, reach, substitute=True))
    return tuple(found)


def seats_instead_of(actor: Actor, begun: int | None) -> list[Grant]:
    """B seats that count because ``begun``, who must keep out, is the only holder of the post."""
    if begun is None or actor.person is None or actor.person.pk == begun:
        return []
    seats = standing_by(actor)
    holders: dict[int, set[int]] = {}
    rows = Appointment.objects.filter(
        in_force(to_local(actor.at).date()), post__in=[s.post_id for s in seats], seat=A, person__active=True
    )
    for post, person in rows.values_list("post_id", "person_id") if seats else ():
        holders.setdefault(post, set()).add(person)
    return [seat for seat in seats if holders.get(seat.post_id) == {begun}]
