"""How a notice is signed: the flow its clause names, run by ``apps.approvals``. Handing it over is the first signature."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course, CourseStep
from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.audit.acting import log
from hengjian.apps.org.access import Actor
from hengjian.apps.points.models import Notice
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow

State = Notice.State


def flow_of(pack: Pack, clause: str) -> Flow:
    """The flow the notice clause names; HengjianError when it names none."""
    rule = pack.clause(clause)
    approval = getattr(rule, "approval", None)
    found = pack.clause(approval) if approval else None
    if not isinstance(found, Flow):
        title = getattr(rule, "title", clause)
        raise HengjianError(f"制度包没有写明“{title}”由谁审批，请给它补上 approval 再送审批。")
    return found


def begin(actor: Actor, notice: Notice, pack: Pack) -> Course:
    """Signed is where the notice is made: in the competent office and above it. Refused while nobody could sign a step."""
    installation = notice.period.installation
    return running.begin(
        actor,
        notice,
        installation,
        flow_of(pack, notice.clause),
        unit=installation.competent_unit or installation.unit,
        title=notice.title,
        url=reverse("points:notice", args=[notice.pk]),
        author=notice.prepared_by,
        by_hand="",
    )


def course_of(notice: Notice) -> Course:
    """The course that runs; HengjianError when the notice was never handed over."""
    found = running.current(notice)
    if found is None:
        raise HengjianError("这份通报还没有送审批，请刷新页面。")
    return found


def signed(actor: Actor, notice: Notice, course: Course) -> None:
    """After each signature: only figures the ledger still shows are passed on."""
    from hengjian.apps.points.acts.notices import still_true

    row = _locked(notice)
    still_true(row, actor)
    row.opinion = _last_words(course)
    _put(row, opinion=row.opinion)


def agreed(actor: Actor, notice: Notice, course: Course) -> None:
    row = _locked(notice)
    row.state, row.approved_by, row.approved_at = State.APPROVED, actor.person, actor.at
    _put(row, state=row.state)


def returned(actor: Actor, notice: Notice, course: Course) -> None:
    """Sent back for a reason, or taken back by whoever drafted it."""
    row = _locked(notice)
    back = course.state == Course.State.RETURNED
    row.state = State.RETURNED if back else State.DRAFT
    row.opinion = _last_words(course) if back else row.opinion
    _put(row, state=row.state, reason=row.opinion)


def _last_words(course: Course) -> str:
    steps = CourseStep.objects.filter(course=course, signatures__isnull=False)
    found = steps.order_by("-signatures__pk").values_list("signatures__opinion", flat=True).first()
    return (found or "")[:300]


def _locked(notice: Notice) -> Notice:
    return (
        Notice.objects.select_for_update(of=("self",))
        .select_related("period__installation")
        .get(pk=notice.pk)
    )


def _put(row: Notice, **payload: Any) -> None:
    row.version += 1
    row.save()
    log(row, **payload)


def asked_of(actor: Actor) -> QuerySet[CourseStep, int]:
    """Ids of the notices a step of which was, is or will be for a seat of the actor."""
    reach = frozenset().union(*(grant.unit_ids for grant in actor.grants))
    steps = CourseStep.objects.filter(
        role__in=actor.roles, unit__in=reach, course__subject_type=ContentType.objects.get_for_model(Notice)
    )
    return steps.values_list("course__subject_id", flat=True)


def waiting_for(actor: Actor) -> int:
    """How many notices wait for the actor's signature."""
    label = Notice._meta.model_name
    of_points = (step.course for step in steps_waiting_for(actor))
    kinds = (course.subject_type for course in of_points)
    return sum((kind.app_label, kind.model) == ("points", label) for kind in kinds)
