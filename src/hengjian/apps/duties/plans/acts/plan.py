"""A plan's way: drafted from what holds now, changed row by row, approved by its flow."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act, log
from hengjian.apps.duties.models import Plan, PlanRow
from hengjian.apps.duties.plans.numbers import columns_of, source_for, tables_of
from hengjian.apps.duties.plans.units import writers
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

FLOW = "flows/plan"
State = Plan.State


@act("duties.plan.draft", "拟定任务计划")
def draft(actor: Actor, installation: Installation, *, table: str, year: int) -> Plan:
    """The numbers that hold now become the draft for ``year``; a row tells where its numbers come from."""
    actor.require(Right.REGISTER_MANAGE, installation.unit_id)
    pack = pack_for(installation, actor.at)
    if table not in tables_of(pack):
        raise HengjianError("制度里没有这张任务表，请从列表中选择。")
    if not installation.in_force_from.year <= year <= actor.at.year + 1:
        raise HengjianError(f"只能拟定启用以来到下一年的计划，{year}年不在其中。")
    if Plan.objects.filter(installation=installation, table=table, year=year).exists():
        raise HengjianError(f"{year}年的计划已经有了，请直接修改；已批准的请先退回。")
    units = writers(installation, actor.at)
    source = source_for(installation, pack, table, year, units)
    plan = Plan.objects.create(
        installation=installation,
        table=table,
        year=year,
        origin=source.title,
        made_at=actor.at,
        made_by=actor.person,
    )
    PlanRow.objects.bulk_create(
        PlanRow(
            plan=plan,
            unit=unit,
            numbers=dict(source.rows[unit.pk]),
            source=f"{source.title}{'' if source.year else source.places.get(unit.pk, '')}"[:100],
            position=position,
        )
        for position, unit in enumerate(units)
        if unit.pk in source.rows
    )
    log(plan, year=year, origin=source.title, rows=plan.rows.count(), unmatched=list(source.unmatched))
    return plan


@act("duties.plan.change", "修改任务计划")
def change(
    actor: Actor,
    plan: Plan,
    *,
    numbers: Mapping[int, Mapping[str, int | None]],
    notes: Mapping[int, str] | None = None,
    version: int | None = None,
) -> Plan:
    """``numbers``: unit id → column → number; a unit whose numbers are all empty leaves the plan."""
    row = _take(actor, plan, version)
    if row.state != State.DRAFT:
        raise HengjianError(f"{row}现在是“{row.get_state_display()}”，不能修改；审批中的请先撤回。")
    pack = pack_for(row.installation, actor.at)
    known = set(columns_of(pack, row.table))
    units = {unit.pk: unit for unit in writers(row.installation, actor.at)}
    before = {r.unit_id: r for r in row.rows.all()}
    changed: dict[str, object] = {}
    for pk, wanted in numbers.items():
        _check(units, pk, wanted, known)
        if _set(row, before.get(pk), units[pk], wanted, (notes or {}).get(pk)):
            changed[str(units[pk])] = dict(wanted)
    row.version += 1
    row.save(update_fields=["version"])
    log(row, changed=changed)
    return row


def _check(units: Mapping[int, Unit], pk: int, wanted: Mapping[str, int | None], known: set[str]) -> None:
    if pk not in units:
        raise HengjianError("计划里有不属于本单位的部门，请刷新页面。")
    if not set(wanted) <= known:
        raise HengjianError("计划里有表上没有的列，请刷新页面。")
    if any(n is not None and not 0 <= n <= 999 for n in wanted.values()):
        raise HengjianError(f"{units[pk]}的篇数应在 0 到 999 之间，请改正。")


def _set(
    plan: Plan, old: PlanRow | None, unit: Unit, wanted: Mapping[str, int | None], note: str | None
) -> bool:
    numbers = {column: number for column, number in wanted.items() if number is not None}
    kept = {c: n for c, n in (old.numbers if old else {}).items() if n is not None}
    if numbers == kept and (note is None or old is None or note == old.note):
        return False
    if not numbers:
        if old is not None:
            old.delete()
        return old is not None
    source = old.source if old and numbers == kept else "拟定时修改"
    values = {"numbers": dict(numbers), "source": source, "position": unit.position}
    if note is not None:
        values["note"] = note.strip()[:200]
    PlanRow.objects.update_or_create(plan=plan, unit=unit, defaults=values)
    return True


@act("duties.plan.submit", "任务计划送审批")
def submit(actor: Actor, plan: Plan, *, version: int | None = None) -> Plan:
    """The flow ``flows/plan`` says who approves; whoever drafts has given the draft's own signature by handing it over."""
    row = _take(actor, plan, version)
    if row.state != State.DRAFT:
        raise HengjianError(f"{row}现在是“{row.get_state_display()}”，不用再送审批。")
    if not row.rows.exists():
        raise HengjianError("计划里还没有任何部门，请先填写。")
    row.state = State.SUBMITTED
    row.version += 1
    row.save(update_fields=["state", "version"])
    running.begin(
        actor,
        row,
        row.installation,
        FLOW,
        unit=row.installation.competent_unit or row.installation.unit,
        title=f"{row.installation.unit}{row}",
        url=reverse("duties:plan", args=[row.pk]),
        by_hand="拟定。",
    )
    log(row, state=row.state, rows=row.rows.count())
    row.refresh_from_db()
    return row


def in_force(actor: Actor, plan: Plan, course: Course) -> None:
    """After the last signature the numbers count."""
    plan.state, plan.approved_at = State.APPROVED, actor.at
    plan.version += 1
    plan.save(update_fields=["state", "approved_at", "version"])
    log(plan, state=plan.state)


def back_to_draft(actor: Actor, plan: Plan, course: Course) -> None:
    plan.state = State.DRAFT
    plan.version += 1
    plan.save(update_fields=["state", "version"])
    log(plan, state=plan.state)


def _take(actor: Actor, plan: Plan, version: int | None) -> Plan:
    actor.require(Right.REGISTER_MANAGE, plan.installation.unit_id)
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    if version is not None and row.version != version:
        raise HengjianError(f"{row}在您打开之后已有变动（现为“{row.get_state_display()}”），请刷新页面核对。")
    return row
