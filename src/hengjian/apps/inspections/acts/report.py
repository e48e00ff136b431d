"""The report: submitted by a member, signed by as many inspectors as the text asks for; then rectification, closing."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.inspections import seats, words
from hengjian.apps.inspections.access import membership, require_manager, require_member
from hengjian.apps.inspections.acts.taking import need, put, take_inspection
from hengjian.apps.inspections.models import Finding, Inspection, Rectification
from hengjian.apps.org.access import Actor
from hengjian.base.errors import HengjianError

State = Inspection.State
UNDECIDED = (Finding.Intent.VIEWS, Finding.Intent.REPLY, Finding.Intent.CONFIRM)


def missing_for_report(inspection: Inspection) -> list[str]:
    silent = inspection.findings.filter(state__in=(Finding.State.DRAFT, Finding.State.HANDED))
    found = [f"问题{finding.number}还没有答复。" for finding in silent]
    waiting = inspection.findings.filter(intent__in=UNDECIDED)
    return found + [f"问题{f.number}是否故意还{f.get_intent_display()}。" for f in waiting]


@act("inspections.report.submit", "提交检查报告")
def submit(
    actor: Actor,
    inspection: Inspection,
    *,
    version: int | None = None,
    summary: str,
    outcomes: Sequence[str],
    silent: str = "",
) -> Inspection:
    """``silent``: how units that did not answer were reminded; without it every problem needs a reply."""
    row = take_inspection(inspection, "report", version)
    require_member(actor, row)
    pack = words.pack_for_inspection(row, actor.at)
    for key in outcomes:
        words.term(pack, "inspection_outcome", key)
    missing = missing_for_report(row)
    undecided = row.findings.filter(intent__in=UNDECIDED).exists()
    if missing and (undecided or not silent.strip()):
        hint = "" if undecided else "没有答复的，请写明催告的情况。"
        raise HengjianError("还不能提交报告：" + "".join(missing) + hint)
    row.summary = need(summary, "检查情况") + (f"\n{silent.strip()}" if silent.strip() else "")
    row.outcomes, row.state, row.replied_at = list(outcomes), State.REPORTING, actor.at
    put(row, unit=row.court_id, state=row.state, outcomes=row.outcomes)
    running.begin(
        actor,
        row,
        row.installation,
        words.FLOW,
        unit=row.court,
        title=f"签署检查报告：{row}",
        url=reverse("inspections:inspection", args=[row.pk]),
        after="reply",
    )
    return row


def of_the_team(actor: Actor, inspection: Inspection, step: object) -> bool:
    return membership(actor, inspection) is not None


def signed(actor: Actor, inspection: Inspection, course: Course) -> None:
    """All have signed: the report stands, the court is told."""
    row = take_inspection_for_course(inspection)
    row.state, row.reported_at = State.REPORTED, actor.at
    put(row, unit=row.court_id, state=row.state)
    notify.tell(
        holders(["president", "statistics"], row.court, actor.at),
        f"inspection:reported:{row.pk}",
        f"检查报告：{row}",
        "请登录衡鉴查看检查报告和整改要求。",
        actor.at,
    )


def returned(actor: Actor, inspection: Inspection, course: Course) -> None:
    row = take_inspection_for_course(inspection)
    row.state = State.REPLYING
    put(row, unit=row.court_id, state=row.state)


def take_inspection_for_course(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)


@act("inspections.close", "办结检查")
def close(actor: Actor, inspection: Inspection, *, version: int | None = None, note: str = "") -> Inspection:
    """Everything to be put right is accepted: seats and grants end."""
    row = take_inspection(inspection, "close", version)
    require_manager(actor, row.plan)
    ended = (Rectification.State.ACCEPTED, Rectification.State.CANCELLED)
    waiting = Rectification.objects.filter(finding__inspection=row).exclude(state__in=ended)
    if waiting.exists():
        names = "、".join(str(one) for one in waiting.select_related("finding")[:5])
        raise HengjianError(f"还有整改没有验收：{names}。")
    row.state, row.ended_at = State.CLOSED, actor.at
    put(row, unit=row.court_id, note=note)
    for member in row.team.filter(removed_at=None).select_related("seat"):
        seats.take_back(actor, member)
        member.grants.filter(revoked_at=None, ends_at__gt=actor.at).update(
            revoked_at=actor.at, revoked_why="检查办结"
        )
    return row
