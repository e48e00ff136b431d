"""Opinion and time limit, the unit's work, acceptance, extension in writing, re-check. The text names no number."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.inspections import states, words
from hengjian.apps.inspections.access import manages, membership, require_manager
from hengjian.apps.inspections.acts.taking import need, put, take
from hengjian.apps.inspections.models import Extension, Finding, Rectification
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Rectification.State


@act("inspections.rectify.order", "提出改进意见和期限")
def order(
    actor: Actor, finding: Finding, *, version: int | None = None, opinion: str, due_on: date | None = None
) -> Rectification:
    """No date is no limit (未规定): none is made up."""
    found = take(finding, version)
    inspection = found.inspection
    states.check(inspection, "rectify")
    require_manager(actor, inspection.plan)
    if due_on is not None and due_on < words.today(actor):
        raise HengjianError("整改期限已经过去，请写以后的日期。")
    if under_way(found):
        raise HengjianError("这个问题已经在整改，不必重复提出。")
    row = Rectification.objects.create(
        finding=found, unit=found.unit, opinion=need(opinion, "改进意见"), due_on=due_on, ordered_by=actor.person,
        ordered_at=actor.at,
    )  # fmt: skip
    log(row, unit=row.unit_id, due_on=due_on)
    _begin(actor, row)
    return row


def under_way(finding: Finding) -> bool:
    return finding.rectifications.exclude(state__in=(State.ACCEPTED, State.CANCELLED)).exists()


def _begin(actor: Actor, row: Rectification) -> None:
    running.begin(
        actor,
        row,
        row.finding.inspection.installation,
        words.RECTIFY,
        unit=row.unit,
        title=str(row),
        url=reverse("inspections:rectification", args=[row.pk]),
        after="order",
    )


def signed(actor: Actor, row: Rectification, course: Course) -> None:
    """The unit's head has signed that it is done; the inspectors look again."""
    found = take(row)
    steps = {step.key: step.state for step in running.steps_of(course)}
    if found.state == State.OPEN and steps.get("rectify") == running.State.APPROVED:
        found.state, found.done_at = State.HANDED, actor.at
        put(found, unit=found.unit_id, state=found.state)


def accepted(actor: Actor, row: Rectification, course: Course) -> None:
    found = take(row)
    found.state, found.accepted_at = State.ACCEPTED, actor.at
    put(found, unit=found.unit_id, state=found.state)


def returned(actor: Actor, row: Rectification, course: Course) -> None:
    """Not accepted: the unit goes on, under the same limit. Taken back by whoever ordered it: it is void."""
    found = take(row)
    if course.state == Course.State.WITHDRAWN:
        found.state = State.CANCELLED
        put(found, unit=found.unit_id, state=found.state)
        return
    found.state, found.done_at = State.OPEN, None
    put(found, unit=found.unit_id, state=found.state)
    _begin(actor, found)


def limit(row: Rectification, step: object) -> date | None:
    """The unit's step stands under the limit that was set, extensions included; the acceptance under none."""
    return row.due_on if getattr(step, "role", "") == "dept_head" else None


def of_the_unit_or_team(actor: Actor, row: Rectification, step: object) -> bool:
    """The head of the very unit rectifies, a member of the team or whoever ordered the inspection accepts."""
    inspection = row.finding.inspection
    if getattr(step, "role", "") == "dept_head":
        return any(grant.unit_id == row.unit_id for grant in actor.grants)
    return membership(actor, inspection) is not None or manages(actor, inspection.plan)


@act("inspections.rectify.extend", "延长整改期限")
def extend(
    actor: Actor,
    rectification: Rectification,
    *,
    version: int | None = None,
    until: date,
    reason: str,
    decided_by: str,
) -> Extension:
    row = take(rectification, version)
    require_manager(actor, row.finding.inspection.plan)
    if row.state not in (State.OPEN, State.HANDED):
        raise HengjianError(f"整改现为“{row.get_state_display()}”，不能延期。")
    if row.due_on is None:
        raise HengjianError("这项整改没有规定期限，不用延期；要写期限的，请撤销后重新提出。")
    if until <= row.due_on:
        raise HengjianError(f"延长后的期限应晚于 {row.due_on}。")
    if until < words.today(actor):
        raise HengjianError("延长后的期限已经过去，请写以后的日期。")
    made = Extension.objects.create(
        rectification=row, before=row.due_on, until=until, reason=need(reason, "理由"),
        decided_by=need(decided_by, "决定人（机构）"), by=actor.person, at=actor.at,
    )  # fmt: skip
    row.due_on = until
    put(row, unit=row.unit_id, before=made.before, after=until)
    return made


@act("inspections.rectify.recheck", "复查整改效果")
def recheck(
    actor: Actor,
    rectification: Rectification,
    *,
    version: int | None = None,
    on: date,
    result: str,
    again: bool = False,
) -> Rectification:
    """Some time after acceptance: does it hold? Where it does not, the unit is to rectify once more."""
    row = take(rectification, version)
    inspection = row.finding.inspection
    if not (actor.system or membership(actor, inspection) or manages(actor, inspection.plan)):
        raise Denied("由检查组或者组织检查的司法统计人员复查。")
    if row.state != State.ACCEPTED:
        raise HengjianError("验收以后才复查。")
    if on > words.today(actor):
        raise HengjianError("复查日期在以后，请更正。")
    if row.accepted_at is not None and on < (accepted := to_local(row.accepted_at).date()):
        raise HengjianError(f"复查在验收以后进行，日期不早于 {accepted}。")
    row.recheck_on, row.recheck = on, need(result, "复查情况")
    if again:
        states.check(inspection, "rectify")
        row.state, row.done_at, row.accepted_at = State.OPEN, None, None
    put(row, unit=row.unit_id, again=again)
    if again:
        _begin(actor, row)
        notify.tell(
            holders(["dept_head"], row.unit, actor.at),
            f"recheck:{row.pk}:{row.version}",
            f"复查未通过：{row}",
            "请登录衡鉴查看复查情况，继续整改。",
            actor.at,
        )
    return row
