"""Which systems the people of a unit must master, and who has been trained or tested in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hengjian.apps.audit.acting import act, log
from hengjian.apps.desk.models import RequiredSystem, Skill
from hengjian.apps.desk.queries import keeps_skills
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("desk.skill.require", "确定岗位必需的系统")
def require_systems(
    actor: Actor, installation: Installation, *, unit: Unit, systems: Sequence[str]
) -> list[RequiredSystem]:
    """The whole list of a unit; what is no longer on it ends today and stays on record."""
    scene = _may(actor, installation, unit)
    wanted = list(dict.fromkeys(name.strip() for name in systems if name.strip()))
    if any(len(name) > 80 for name in wanted):
        raise HengjianError("系统名称不能超过 80 个字，一行写一个系统。")
    standing = RequiredSystem.objects.filter(installation=installation, unit=unit, ended_at=None)
    before = list(standing.values_list("system", flat=True))
    standing.exclude(system__in=wanted).update(ended_at=actor.at)
    made = [
        RequiredSystem.objects.create(
            installation=scene.installation, unit=unit, system=name, since=actor.at, decided_by=actor.person
        )
        for name in wanted
        if name not in before
    ]
    log(unit, label=f"{unit}必需的系统", before=before, after=wanted)
    return made


@act("desk.skill.record", "登记熟练应用")
def record_skill(
    actor: Actor,
    installation: Installation,
    *,
    unit: Unit,
    system: str,
    people: Sequence[Person],
    way: str,
    happened_on: date,
    note: str,
) -> list[Skill]:
    """For people of the unit; ``note`` says by what it is known."""
    _may(actor, installation, unit)
    if not RequiredSystem.objects.filter(
        installation=installation, unit=unit, system=system, ended_at=None
    ).exists():
        raise HengjianError("这个系统不在本单位必需的系统里，请先列入。")
    if not people or any(person.unit_id != unit.pk for person in people):
        raise HengjianError("请从本单位人员里选择，至少选一人。")
    if way not in Skill.Way.values:
        raise HengjianError("请选择认定的方式。")
    if happened_on > to_local(actor.at).date():
        raise HengjianError("日期晚于今天，请核对。")
    if not note.strip():
        raise HengjianError("请写明依据，如哪次培训、考核，成绩多少。")
    made = Skill.objects.bulk_create(
        Skill(
            installation=installation, unit=unit, person=person, system=system, way=way,
            happened_on=happened_on, note=note.strip(), recorded_by=actor.person, recorded_at=actor.at,
        )
        for person in people
    )  # fmt: skip
    log(unit, label=f"{unit} {system}", people=[p.pk for p in people], way=way, happened_on=happened_on)
    return made


@act("desk.skill.withdraw", "撤销熟练登记")
def withdraw_skill(actor: Actor, skill: Skill, *, reason: str) -> Skill:
    row = (
        Skill.objects.select_for_update(of=("self",)).select_related("installation", "unit").get(pk=skill.pk)
    )
    _may(actor, row.installation, row.unit)
    if row.withdrawn_at is not None or not reason.strip():
        raise HengjianError("已经撤销过，或者没有写理由。")
    row.withdrawn_at, row.withdrawn_reason = actor.at, reason.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(row, reason=row.withdrawn_reason)
    return row


def _may(actor: Actor, installation: Installation, unit: Unit) -> Scene:
    scene = Scene(installation, actor)
    if not keeps_skills(scene, unit):
        raise Denied(f"{unit}的登记由本单位负责人、联络员或者技术管理部门办理，您的岗位没有这项权限。")
    return scene
