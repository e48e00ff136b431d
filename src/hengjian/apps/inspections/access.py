"""Who sees which inspection and what of it. Pages, API, files, search and counts ask here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hengjian.apps.inspections.models import (
    AccessGrant,
    Evidence,
    Finding,
    FrozenCopy,
    Inspection,
    Plan,
    Practice,
    Rectification,
    Refusal,
    Request,
    Spread,
    TeamMember,
)
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right

STATE = Inspection.State
BEGUN = (STATE.UNDERWAY, STATE.REPLYING, STATE.REPORTING, STATE.REPORTED, STATE.CLOSED)


def seated(actor: Actor, right: Right) -> frozenset[int]:
    """Units in which the actor holds ``right`` by an own post there, not from above."""
    return frozenset(g.unit_id for g in actor.grants if right in g.rights)


def manages(actor: Actor, plan: Plan) -> bool:
    """Whether the actor runs the inspections of the court that ordered them."""
    return bool(actor.system) or plan.house_id in seated(actor, Right.INSPECT_MANAGE)


def require_manager(actor: Actor, plan: Plan) -> None:
    if not manages(actor, plan):
        raise Denied(f"这次检查由{plan.house}组织，您的岗位不能这样办理；请{plan.house}的司法统计人员办理。")


def membership(actor: Actor, inspection: Inspection) -> TeamMember | None:
    """The actor's place in the team while he has one and may take part."""
    if actor.person is None:
        return None
    found = inspection.team.filter(person=actor.person, removed_at=None).first()
    return found if found is not None and found.fit else None


def require_member(actor: Actor, inspection: Inspection) -> None:
    if not actor.system and membership(actor, inspection) is None:
        raise Denied("只有本次检查组里已经声明没有回避情形的成员可以这样办理。")


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    rows = Plan.objects.select_related("house", "installation")
    if actor.system:
        return rows
    reads = actor.units(Right.INSPECT_READ)
    return rows.filter(Q(house__in=reads) | Q(inspections__in=inside(actor))).distinct()


def inside(actor: Actor) -> QuerySet[Inspection]:
    """Inspections whose workings the actor sees: those who run or lead them, and the team."""
    rows = Inspection.objects.select_related("plan__house", "installation", "court")
    if actor.system:
        return rows
    if actor.person is None:
        return rows.none()
    reads = actor.units(Right.INSPECT_READ)
    team = TeamMember.objects.filter(person=actor.person, removed_at=None).values("inspection_id")
    return rows.filter(Q(plan__house__in=reads) | Q(pk__in=team))


def outside(actor: Actor) -> QuerySet[Inspection]:
    """Inspections of the actor's own unit or court, once they have begun: what was asked and found there."""
    rows = Inspection.objects.select_related("plan__house", "installation", "court").filter(state__in=BEGUN)
    if actor.person is None:
        return rows.none()
    answers = seated(actor, Right.INSPECT_ANSWER)
    reads = actor.units(Right.INSPECT_READ)
    named = Finding.objects.filter(person=actor.person).exclude(state=Finding.State.DRAFT)
    mine = Q(units__in=answers) | Q(court__in=reads) | Q(pk__in=named.values("inspection_id"))
    asked = Request.objects.filter(unit__in=answers).values("inspection_id")
    return rows.filter(mine | Q(pk__in=asked)).distinct()


def visible_inspections(actor: Actor) -> QuerySet[Inspection]:
    """Either side."""
    if actor.system or actor.person is None:
        return inside(actor)
    wanted = Q(pk__in=inside(actor).values("pk")) | Q(pk__in=outside(actor).values("pk"))
    return Inspection.objects.select_related("plan__house", "installation", "court").filter(wanted)


def answering_units(actor: Actor) -> frozenset[int]:
    """Units whose side the actor speaks for."""
    return seated(actor, Right.INSPECT_ANSWER)


def visible_requests(actor: Actor) -> QuerySet[Request]:
    rows = Request.objects.select_related("inspection__plan__house", "inspection__court", "unit")
    if actor.system:
        return rows
    mine = Q(unit__in=answering_units(actor)) | Q(inspection__court__in=actor.units(Right.INSPECT_READ))
    begun = Q(inspection__state__in=BEGUN)
    return rows.filter(Q(inspection__in=inside(actor)) | (mine & begun)).distinct()


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """The team's drafts stay with the team; what was handed over is for the unit, its court and the person."""
    rows = Finding.objects.select_related("inspection__plan__house", "inspection__court", "unit", "person")
    if actor.system:
        return rows
    if actor.person is None:
        return rows.none()
    told = Q(unit__in=answering_units(actor)) | Q(person=actor.person)
    told |= Q(inspection__court__in=actor.units(Right.INSPECT_READ))
    # who must confirm above
    told |= Q(intent=Finding.Intent.CONFIRM, inspection__court__in=actor.units(Right.INSPECT_READ))
    handed = ~Q(state=Finding.State.DRAFT)
    return rows.filter(Q(inspection__in=inside(actor)) | (told & handed)).distinct()


def visible_rectifications(actor: Actor) -> QuerySet[Rectification]:
    rows = Rectification.objects.select_related("finding__inspection__plan__house", "unit", "finding__unit")
    if actor.system:
        return rows
    mine = Q(unit__in=answering_units(actor)) | Q(
        finding__inspection__court__in=actor.units(Right.INSPECT_READ)
    )
    return rows.filter(Q(finding__inspection__in=inside(actor)) | mine).distinct()


def visible_refusals(actor: Actor) -> QuerySet[Refusal]:
    rows = Refusal.objects.select_related("inspection__plan", "inspection__court", "unit", "request")
    if actor.system:
        return rows
    mine = Q(unit__in=answering_units(actor)) | Q(inspection__court__in=actor.units(Right.INSPECT_READ))
    return rows.filter(Q(inspection__in=inside(actor)) | mine).distinct()


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """The vault is for the team and those who run the inspection; a unit sees what it handed in itself."""
    rows = Evidence.objects.select_related("inspection__plan__house", "unit")
    if actor.system:
        return rows
    return rows.filter(Q(inspection__in=inside(actor)) | Q(unit__in=answering_units(actor))).distinct()


def visible_copies(actor: Actor) -> QuerySet[FrozenCopy]:
    """That there are copies, those who run the inspection and the team may know; to read one takes a grant."""
    return FrozenCopy.objects.filter(inspection__in=inside(actor)).select_related("inspection__plan", "unit")


def grant_now(actor: Actor, inspection: Inspection) -> AccessGrant | None:
    """The grant under which the actor may read frozen records at this moment."""
    member = membership(actor, inspection)
    if member is None:
        return None
    standing = member.grants.filter(revoked_at=None, starts_at__lte=actor.at, ends_at__gt=actor.at)
    return standing.order_by("-ends_at").first()


def visible_practices(actor: Actor) -> QuerySet[Practice]:
    """Spread practices are for every court they were sent to."""
    rows = Practice.objects.select_related("inspection__plan__house", "unit")
    if actor.system:
        return rows
    if actor.person is None:
        return rows.none()
    own = house_of(actor.person.unit).pk
    sent = Spread.objects.filter(court=own).values("practice_id")
    return rows.filter(Q(inspection__in=inside(actor)) | Q(pk__in=sent)).distinct()
