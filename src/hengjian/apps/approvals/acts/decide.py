"""Agree, send back, withdraw."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.subjects import subject_of
from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError


class StaleCourse(HengjianError):
    """Somebody decided meanwhile."""

    code = "stale"


@act("approvals.sign", "审批同意")
def agree(actor: Actor, course: Course, *, version: int | None = None, opinion: str = "") -> Course:
    """Sign the step that waits for the actor; with the last signature what was asked for takes effect."""
    row = _take(course, version)
    step = running.take_step(actor, row)
    signed = running.sign_on(actor, row, step, opinion.strip() or "同意。")
    return _put(row, step="、".join(s.label for s in signed), opinion=opinion, state=row.state)


@act("approvals.return", "审批退回")
def send_back(actor: Actor, course: Course, *, version: int | None = None, reason: str) -> Course:
    """Whoever's turn it is may send it back; what is changed then goes the whole way again."""
    row = _take(course, version)
    step = running.take_step(actor, row)
    if not reason.strip():
        raise HengjianError("请写明退回的理由，提出人据此修改。")
    running.sign(actor, row, step, agrees=False, opinion=reason.strip())
    running.close(actor, row, Course.State.RETURNED)
    return _put(row, step=step.label, reason=reason, state=row.state)


@act("approvals.withdraw", "撤回审批")
def withdraw(actor: Actor, course: Course, *, version: int | None = None) -> Course:
    """The beginner takes it back while nothing is final; the object is as if it had been returned."""
    row = _take(course, version)
    if row.state != Course.State.OPEN:
        raise HengjianError(f"“{row.title}”现为“{row.get_state_display()}”，不能撤回。")
    if not actor.system and (actor.person is None or actor.person.pk != row.begun_by_id):
        raise Denied("只有提出人可以撤回；办理人不同意的，请退回。")
    running.close(actor, row, Course.State.WITHDRAWN)
    subject_of(row).returned(actor, row.subject, row)
    return _put(row, state=row.state)


def _take(course: Course, version: int | None) -> Course:
    row = Course.objects.select_for_update(of=("self",)).select_related("unit").get(pk=course.pk)
    if version is not None and row.version != version:
        raise StaleCourse(
            f"“{row.title}”在您打开之后已被办理（现为“{row.get_state_display()}”），请看最新的情况。"
        )
    return row


def _put(row: Course, **payload: Any) -> Course:
    Course.objects.filter(pk=row.pk).update(version=F("version") + 1)
    row.version += 1
    log(row, unit=row.unit_id, clause=row.clause, **payload)
    return row
