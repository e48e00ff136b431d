"""How a notice is signed: the flow its clause names, run by ``apps.approvals``. Handing it over is the first step."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.audit.acting import log
from hengjian.apps.indicators.models import KpiNotice
from hengjian.apps.indicators.queries import visible_notices
from hengjian.apps.indicators.who import scene_of
from hengjian.apps.org.access import Actor
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow

State = KpiNotice.State


def begin(actor: Actor, notice: KpiNotice, pack: Pack) -> Course:
    """Refused while nobody could sign a step."""
    approval = getattr(pack.clause(notice.clause), "approval", None)
    flow = pack.clause(approval) if approval else None
    if not isinstance(flow, Flow):
        raise HengjianError("制度包没有写明这种通报由谁审批，请给它补上 approval。")
    return running.begin(
        actor,
        notice,
        notice.installation,
        flow,
        unit=notice.installation.unit,
        title=notice.title,
        url=reverse("indicators:notice", args=[notice.pk]),
        after=flow.steps[0].key,
    )


def agreed(actor: Actor, notice: KpiNotice, course: Course) -> None:
    _put(notice, State.APPROVED)


def returned(actor: Actor, notice: KpiNotice, course: Course) -> None:
    """Sent back for a reason, or taken back by whoever handed it over."""
    _put(notice, State.RETURNED if course.state == Course.State.RETURNED else State.DRAFT)


def _put(notice: KpiNotice, state: KpiNotice.State) -> None:
    row = KpiNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    row.state, row.version = state, row.version + 1
    row.save(update_fields=["state", "version"])
    log(row, state=row.state)


def visible(actor: Actor) -> QuerySet[KpiNotice]:
    scene = scene_of(actor)
    return visible_notices(scene) if scene else KpiNotice.objects.none()


def waiting_for(actor: Actor) -> int:
    """How many notices wait for the actor's signature."""
    label = KpiNotice._meta.model_name
    return sum(step.course.subject_type.model == label for step in steps_waiting_for(actor))
