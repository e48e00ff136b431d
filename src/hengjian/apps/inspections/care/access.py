"""Who keeps and sees the registers of responsibility."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hengjian.apps.inspections.access import answering_units, seated
from hengjian.apps.inspections.models import AccessReview, DutyRecord, ExamNotice, ReviewLine
from hengjian.apps.inspections.words import installation_for
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right


def keeps(actor: Actor, house: Unit | int) -> bool:
    """Whether the actor keeps the registers of the court: its own statistics office."""
    pk = house if isinstance(house, int) else house.pk
    return bool(actor.system) or pk in seated(actor, Right.INSPECT_MANAGE)


def require_keeper(actor: Actor, house: Unit) -> None:
    if not keeps(actor, house):
        raise Denied(f"{house}的责任登记由{house}的司法统计人员办理，您的岗位没有这项权限。")


def records_for(actor: Actor, unit: Unit) -> bool:
    """A department's list is kept by its head or by the court's statistics office."""
    return keeps(actor, house_of(unit)) or unit.pk in answering_units(actor)


def visible_courts(actor: Actor) -> QuerySet[Unit]:
    courts: QuerySet[Unit] = Unit.objects.filter(kind=Unit.Kind.COURT).order_by("position", "pk")
    if actor.system:
        return courts
    reads = actor.units(Right.INSPECT_READ)
    answers = answering_units(actor)
    own = {house_of(unit).pk for unit in Unit.objects.filter(pk__in=answers)}
    granted = actor.units(Right.POST_GRANT)
    found: QuerySet[Unit] = courts.filter(Q(pk__in=reads) | Q(pk__in=own) | Q(pk__in=granted))
    return found


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Courts and departments whose registers the actor may see."""
    units: QuerySet[Unit] = Unit.objects.exclude(kind=Unit.Kind.GROUP)
    if actor.system:
        return units
    if installation_for(actor) is None:
        return units.none()
    reach = actor.units(Right.INSPECT_READ) | actor.units(Right.POST_GRANT) | answering_units(actor)
    return units.filter(pk__in=reach)


def visible_records(actor: Actor) -> QuerySet[DutyRecord]:
    return DutyRecord.objects.filter(unit__in=visible_units(actor)).select_related("unit", "house")


def reviews_in(actor: Actor, house: Unit) -> bool:
    """Rights are reviewed by the statistics office or the security administrator of the court."""
    return keeps(actor, house) or actor.has(Right.POST_GRANT, house)


def visible_reviews(actor: Actor) -> QuerySet[AccessReview]:
    rows = AccessReview.objects.select_related("house", "opened_by", "installation")
    if actor.system:
        return rows
    reach = actor.units(Right.INSPECT_READ) | actor.units(Right.POST_GRANT)
    return rows.filter(house__in=reach)


def visible_lines(actor: Actor) -> QuerySet[ReviewLine]:
    return ReviewLine.objects.filter(review__in=visible_reviews(actor)).select_related("review__house")


def visible_notices(actor: Actor) -> QuerySet[ExamNotice]:
    """Drafts for the court that gives it; once issued for every court below and its departments' heads."""
    rows = ExamNotice.objects.select_related("house", "installation")
    if actor.system:
        return rows
    if actor.person is None:
        return rows.none()
    own = seated(actor, Right.INSPECT_MANAGE) | seated(actor, Right.INSPECT_READ)
    above = house_of(actor.person.unit).ancestors(include_self=True).values_list("pk", flat=True)
    told = Q(house__in=list(above), state=ExamNotice.State.ISSUED)
    if not (actor.units(Right.INSPECT_READ) or answering_units(actor)):
        return rows.none()
    return rows.filter(Q(house__in=own) | told)
