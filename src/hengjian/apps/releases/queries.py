"""What one may see. ``visible_releases`` decides for every channel: lists, search, counts, API, files, checker, the public.

A release is open when it is approved and its time has come by ``actor.at``; nothing else opens it. Before that it
exists for those on its list, the statistics office that prepares it and those who have to sign it.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from hengjian.apps.approvals.models import CourseStep
from hengjian.apps.bulletins.models import Grade
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.org.substitutes import standing_by
from hengjian.apps.releases.desk import desk_of, seated
from hengjian.apps.releases.models import Application, Cell, Doubt, Figure, HandOut, Parcel, Reader, Release
from hengjian.base.times import to_local

State = Release.State


def opened(now: datetime) -> Q:
    """Approved, and the time has come."""
    return Q(state=State.APPROVED, opens_at__lte=now)


def visible_releases(actor: Actor) -> QuerySet[Release]:
    found = Release.objects.select_related("unit", "installation__unit", "prepared_by")
    if actor.system:
        return found
    public = opened(actor.at) & Q(grade=Grade.PUBLIC)
    if actor.person is None:
        return found.filter(public)
    listed = Exists(Reader.objects.filter(release=OuterRef("pk"), person=actor.person, removed_at=None))
    wanted = public | listed | Q(unit__in=seated(actor)) | Q(pk__in=_to_sign(actor))
    desk = desk_of(actor)
    if desk is not None:
        wanted |= opened(actor.at) & Q(grade=Grade.INTERNAL, installation=desk.installation)
    return found.filter(wanted)


def _to_sign(actor: Actor) -> QuerySet[CourseStep]:
    """Releases in whose course the actor holds a seat that signs, or stands by for the one who drew it up."""
    reach = frozenset().union(*(grant.unit_ids for grant in actor.grants))
    here = Q(house__in=reach) | Q(house=None, unit__in=reach)
    mine = Q(role__in={grant.role for grant in actor.grants}) & here
    for seat in standing_by(actor):
        began = Q(course__begun_by__appointments__post=seat.post_id)
        mine |= began & Q(role=seat.role, unit__in=seat.unit_ids)
    steps = CourseStep.objects.filter(course__subject_type=ContentType.objects.get_for_model(Release))
    return steps.filter(mine).values("course__subject_id")  # type: ignore[return-value]


def before_time(release: Release, now: datetime) -> bool:
    """阶段性保密: not open yet."""
    return release.state != State.APPROVED or release.opens_at is None or release.opens_at > now


def visible_figures(actor: Actor) -> QuerySet[Figure]:
    """Frozen figures that stand: of approved releases the actor may see."""
    releases = visible_releases(actor).filter(state=State.APPROVED).order_by().values("pk")
    return Figure.objects.filter(release__in=releases).select_related("court", "release__unit", "replaces")


def current_figures(actor: Actor) -> QuerySet[Figure]:
    """Without those the actor can already see replaced."""
    newer = visible_figures(actor).order_by().filter(replaces=OuterRef("pk"))
    return visible_figures(actor).filter(~Exists(newer))


def open_figures(actor: Actor) -> QuerySet[Figure]:
    """The current ones of open releases: what may be quoted."""
    now = opened(actor.at)
    releases = visible_releases(actor).filter(now).order_by().values("pk")
    shown = Figure.objects.filter(release__in=releases)
    newer = shown.filter(replaces=OuterRef("pk"))
    return shown.filter(~Exists(newer)).select_related("court", "release__unit", "replaces")


def standing_figures(installation_id: int) -> QuerySet[Figure]:
    """All that stand, whoever may see them; for the rule of one number only, never shown."""
    approved = Figure.objects.filter(installation_id=installation_id, release__state=State.APPROVED)
    return approved.filter(~Exists(approved.filter(replaces=OuterRef("pk"))))


def visible_cells(actor: Actor, release: Release) -> QuerySet[Cell]:
    return Cell.objects.filter(release=release).select_related("court", "figure", "replaces__release")


def visible_doubts(actor: Actor) -> QuerySet[Doubt]:
    """For the office that released the figure, and the top office."""
    found = Doubt.objects.select_related(
        "figure__court", "figure__release__unit", "decided_by", "restatement"
    )
    if actor.system:
        return found
    return found.filter(figure__release__unit__in=seated(actor))


def visible_applications(actor: Actor) -> QuerySet[Application]:
    """The applicant's own, those of the own office, those on their way through the own office."""
    found = Application.objects.select_related(
        "unit", "target", "applicant", "granted_by", "installation__unit"
    )
    if actor.system:
        return found
    if actor.person is None:
        return found.none()
    offices = seated(actor)
    mine = Q(applicant=actor.person)
    passing = CourseStep.objects.filter(
        course__subject_type=ContentType.objects.get_for_model(Application), house__in=offices
    ).values("course__subject_id")
    return found.filter(mine | Q(unit__in=offices) | Q(granted_by__in=offices) | Q(pk__in=passing))


def visible_parcels(actor: Actor) -> QuerySet[Parcel]:
    """Data supplied: for the applicant while the authorisation holds, and for the offices concerned."""
    wanted = visible_applications(actor).order_by().values("pk")
    found = Parcel.objects.filter(application__in=wanted).select_related("application__unit")
    if actor.system:
        return found
    office = Q(application__granted_by__in=seated(actor)) | Q(application__unit__in=seated(actor))
    holds = Q(application__state=Application.State.GRANTED, application__until__gte=to_local(actor.at).date())
    return found.filter(office | (Q(application__applicant=actor.person) & holds))


def visible_handouts(actor: Actor) -> QuerySet[HandOut]:
    """Who traces: the office whose data left, and the auditor; of a release before its time only who may see it."""
    found = HandOut.objects.select_related("release__unit", "parcel__application__unit", "person")
    if actor.system:
        return found
    offices, audited = seated(actor, Right.RELEASE_TRACE), _audited(actor)
    mine = Q(release__unit__in=offices | audited)
    mine |= Q(parcel__application__granted_by__in=offices | audited)
    mine |= Q(parcel__application__unit__in=offices | audited) | Q(unit__in=offices | audited)
    seen = Q(release=None) | Q(release__in=visible_releases(actor).order_by().values("pk"))
    return found.filter(mine & seen)


def _audited(actor: Actor) -> frozenset[int]:
    """Auditors answer for every court their post reaches."""
    return actor.units(Right.RELEASE_TRACE) if "audit_admin" in actor.roles else frozenset()
