"""A department reports to the statistics office of its court: drawn up, handed over along the flow, received."""

from __future__ import annotations

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.planning import flow_named
from hengjian.apps.approvals.presenting import present
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor, deny
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.statistics.departments import FLOW, lines_of, own_departments
from hengjian.apps.statistics.models import DepartmentReport
from hengjian.apps.statistics.rights import same_version
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.statistics.spans import Span

S = DepartmentReport.State


@act("statistics.department.draft", "拟部门报送")
def draft_department_report(
    actor: Actor,
    installation: Installation,
    unit: Unit,
    *,
    span: str,
    title: str,
    lines: str = "",
    body: str = "",
    client_key: str,
) -> DepartmentReport:
    """``lines``: one number a line, ``已结=120件``."""
    _own(actor, unit)
    again = known(DepartmentReport.objects.filter(installation=installation), client_key, unit_id=unit.pk)
    if again is not None:
        log(again, unit=unit.pk, repeated=True)
        return again
    row = DepartmentReport(
        installation=installation, unit=unit, court=house_of(unit), made_by=actor.person, made_at=actor.at,
        client_key=client_key,
    )  # fmt: skip
    return _fill(actor, row, span, title, lines, body)


@act("statistics.department.edit", "修改部门报送")
def edit_department_report(
    actor: Actor,
    report: DepartmentReport,
    *,
    span: str,
    title: str,
    lines: str = "",
    body: str = "",
    version: int | None = None,
) -> DepartmentReport:
    row = _taken(actor, report, version)
    row.version += 1
    return _fill(actor, row, span, title, lines, body)


def _fill(
    actor: Actor, row: DepartmentReport, span: str, title: str, lines: str, body: str
) -> DepartmentReport:
    wanted = Span.parse(span)
    if wanted.end > to_local(actor.at).date():
        raise HengjianError(f"{wanted.label}还没有结束，期满后才能报送。")
    row.span, row.title, row.body, row.lines = wanted.text, title.strip(), body.strip(), lines_of(lines)
    if not row.title:
        raise HengjianError("请写题目。")
    if not row.lines and not row.body:
        raise HengjianError("数据和情况至少写一项。")
    row.save()
    log(row, unit=row.unit_id, span=row.span, numbers=len(row.lines))
    return row


@act("statistics.department.send", "报送本院统计部门")
def send_department_report(
    actor: Actor, report: DepartmentReport, *, version: int | None = None
) -> DepartmentReport:
    """Along the flow of the pack. What the head of the department draws up himself he need not examine."""
    row = _taken(actor, report, version)
    flow = flow_named(pack_for(row.installation, actor.at), FLOW)
    first = flow.steps[0]
    heads = {grant.role for grant in actor.grants if row.unit_id in grant.unit_ids}
    running.begin(
        actor, row, row.installation, FLOW, unit=row.unit, title=f"部门报送：{row}",
        url=reverse("statistics:department_report", args=[row.pk]), after=first.key if first.role in heads else "",
    )  # fmt: skip
    return _to(row, S.SENT)


@act("statistics.department.received", "接收部门报送")
def received(actor: Actor, report: DepartmentReport, course: Course) -> DepartmentReport:
    """The statistics office has it; whom else it goes to, the reading of the text says."""
    report.received_at = actor.at
    report.presented_to = "".join(f",{role}," for role in present(actor, course))
    return _to(report, S.RECEIVED, presented_to=report.presented_to)


@act("statistics.department.return", "退回部门报送")
def give_back(actor: Actor, report: DepartmentReport) -> DepartmentReport:
    return _to(report, S.DRAFT)


def _own(actor: Actor, unit: Unit) -> None:
    if not actor.system and unit.pk not in {one.pk for one in own_departments(actor)}:
        deny(Right.STATS_SUPPLY)


def _taken(actor: Actor, report: DepartmentReport, version: int | None) -> DepartmentReport:
    _own(actor, report.unit)
    rows = DepartmentReport.objects.select_for_update(of=("self",)).select_related("installation", "unit")
    row = rows.get(pk=report.pk)
    same_version(row, version)
    if row.state != S.DRAFT:
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能再改；要更正的，请办理人退回。")
    return row


def _to(row: DepartmentReport, state: DepartmentReport.State, **told: str) -> DepartmentReport:
    row.state = state
    row.version += 1
    row.save()
    log(row, unit=row.unit_id, state=state, **told)
    return row
