"""The registry of systems, the yearly checklists of the leads, and answers given often."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.desk.checklist import line_of
from hengjian.apps.desk.models import AnswerTemplate, Evidence, System, SystemStep
from hengjian.apps.desk.queries import words
from hengjian.apps.desk.states import NEXT
from hengjian.apps.duties.files import check_file
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

Stage = System.Stage


@act("desk.system.register", "登记拟建系统")
def register_system(actor: Actor, installation: Installation, *, name: str, purpose: str = "") -> System:
    actor.require(Right.DESK_MANAGE, installation.unit_id)
    if not name.strip():
        raise HengjianError("请写系统名称。")
    if System.objects.filter(installation=installation, name=name.strip()).exists():
        raise HengjianError(f"“{name.strip()}”已经登记过，请在原来的登记上更新进度。")
    row = System.objects.create(
        installation=installation, name=name.strip(), purpose=purpose.strip(), changed_at=actor.at
    )
    SystemStep.objects.create(
        system=row, stage=Stage.PLANNED, happened_on=to_local(actor.at).date(), note="登记", by=actor.person
    )
    log(row, stage=row.stage)
    return row


@act("desk.system.advance", "更新系统进度")
def advance(
    actor: Actor,
    system: System,
    *,
    version: int,
    stage: str,
    happened_on: date,
    note: str,
    lead: Unit | None = None,
    indicator: str = "",
) -> System:
    """One step at a time; handing over names the lead, measuring names the indicator."""
    row = System.objects.select_for_update(of=("self",)).select_related("installation").get(pk=system.pk)
    actor.require(Right.DESK_MANAGE, row.installation.unit_id)
    if row.version != version:
        raise HengjianError("这个系统的登记已被改动，请刷新后再办理。")
    if stage not in NEXT[row.stage]:
        names = "、".join(Stage(s).label for s in NEXT[row.stage]) or "（没有下一步）"
        raise HengjianError(f"现在{row.get_stage_display()}，下一步可以是：{names}。")
    if not note.strip():
        raise HengjianError("请写依据和说明，如论证报告、培训记录、移交单。")
    scene = Scene(row.installation, actor)
    if stage == Stage.HANDED:
        if lead is None or lead.pk not in {u.pk for u in scene.units}:
            raise HengjianError("移交要写明牵头部门，请选择。")
        row.lead = lead
    if stage == Stage.MEASURED:
        row.indicator = scene.measure(indicator).indicator
    row.stage, row.changed_at, row.version = stage, actor.at, row.version + 1
    row.save()
    SystemStep.objects.create(
        system=row, stage=stage, happened_on=happened_on, note=note.strip(), by=actor.person
    )
    log(row, stage=stage, lead=row.lead_id, indicator=row.indicator, note=note.strip())
    return row


@act("desk.evidence.record", "登记年度清单佐证")
def record_evidence(
    actor: Actor,
    installation: Installation,
    *,
    line: str,
    happened_on: date,
    text: str,
    file: File[bytes] | None = None,
) -> Evidence:
    """A lead says what it did about one line of its duties, with a paper where there is one."""
    scene = Scene(installation, actor)
    duty = line_of(scene, line)
    office = actor.has(Right.DESK_MANAGE, installation.unit_id)
    if duty.unit is None or not (office or duty.unit.pk in scene.seated(Right.DESK_HANDLE)):
        raise Denied(f"这一项由{duty.lead}登记，您的岗位没有这项权限。")
    if happened_on > to_local(actor.at).date():
        raise HengjianError("日期晚于今天，请核对。")
    if not text.strip():
        raise HengjianError("请写明做了什么。")
    if file is not None:
        check_file(file)
    row = Evidence.objects.create(
        installation=installation,
        year=happened_on.year,
        line=line,
        unit=duty.unit,
        happened_on=happened_on,
        text=text.strip(),
        file=file or "",
        file_name=(file.name or "")[:200] if file else "",
        recorded_by=actor.person,
        recorded_at=actor.at,
    )
    log(row, label=duty.title, line=line, text=row.text)
    return row


@act("desk.evidence.withdraw", "撤销年度清单佐证")
def withdraw_evidence(actor: Actor, evidence: Evidence, *, reason: str) -> Evidence:
    row = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("installation", "unit")
        .get(pk=evidence.pk)
    )
    scene = Scene(row.installation, actor)
    office = actor.has(Right.DESK_MANAGE, row.installation.unit_id)
    if not (office or row.unit_id in scene.seated(Right.DESK_HANDLE)):
        raise Denied(f"这一项由{row.unit}登记，您的岗位没有这项权限。")
    if row.withdrawn_at is not None or not reason.strip():
        raise HengjianError("已经撤销过，或者没有写理由。")
    row.withdrawn_at, row.withdrawn_reason = actor.at, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(row, label=row.text, reason=row.withdrawn_reason)
    return row


@act("desk.template.save", "保存答复模板")
def save_template(
    actor: Actor,
    installation: Installation,
    *,
    title: str,
    text: str,
    kind: str = "",
    template: int | None = None,
) -> AnswerTemplate:
    actor.require(Right.DESK_MANAGE, installation.unit_id)
    if not title.strip() or not text.strip():
        raise HengjianError("请写模板的名称和答复。")
    if kind and kind not in words(Scene(installation, actor), "ticket_kind"):
        raise HengjianError("事项不在列表里，请重新选择。")
    fields = {"title": title.strip(), "text": text.strip(), "kind": kind}
    if template is None:
        row = AnswerTemplate.objects.create(installation=installation, **fields)
    else:
        row = AnswerTemplate.objects.get(pk=template, installation=installation)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    log(row, after=fields)
    return row


@act("desk.template.retire", "停用答复模板")
def retire_template(actor: Actor, template: AnswerTemplate) -> AnswerTemplate:
    actor.require(Right.DESK_MANAGE, template.installation.unit_id)
    template.retired = True
    template.save(update_fields=["retired"])
    log(template, label=template.title)
    return template
