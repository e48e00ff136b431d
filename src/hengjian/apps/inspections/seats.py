"""The dated seat an inspector gets in the inspected court. It carries no reading right; it lets the team sign."""

from __future__ import annotations

from datetime import timedelta

from hengjian.apps.inspections.models import Inspection, TeamMember
from hengjian.apps.inspections.words import today
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.org.acts.posts import appoint, create_post, end_appointment
from hengjian.apps.org.models import Post

ROLE = "inspector"
WHO = "监督检查"


def _post(actor: Actor, inspection: Inspection) -> Post:
    title = f"检查人员{inspection.label}"
    known = Post.objects.filter(unit=inspection.court, role=ROLE, title=title).first()
    return known or create_post(
        system_actor(WHO, actor.at),
        inspection.court,
        role=ROLE,
        title=title,
        valid_from=today(actor),
        subtree=True,
    )


def give(actor: Actor, inspection: Inspection, member: TeamMember) -> None:
    """Seat a member from today on."""
    if member.seat_id is not None:
        return
    post = _post(actor, inspection)
    member.seat = appoint(system_actor(WHO, actor.at), post, member.person, valid_from=today(actor))
    member.save(update_fields=["seat"])


def take_back(actor: Actor, member: TeamMember) -> None:
    """The seat ends today; one given today ends with the day."""
    seat = member.seat
    if seat is None or seat.valid_to is not None:
        return
    end = max(today(actor), seat.valid_from + timedelta(days=1))
    end_appointment(system_actor(WHO, actor.at), seat, on=end)
