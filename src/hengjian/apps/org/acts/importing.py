"""Importing a workbook: rehearsed first, then exactly the rehearsed file is applied."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from hengjian.apps.audit.acting import act, attempt, log
from hengjian.apps.org.access import Actor, Denied, reloaded
from hengjian.apps.org.models import ImportFile
from hengjian.apps.org.roles import Right
from hengjian.apps.org.workbook import rows
from hengjian.apps.org.workbook.model import (
    PEOPLE,
    POSTS,
    SEATS,
    SHEETS,
    UNITS,
    BadCell,
    Change,
    Kind,
    Line,
    Plan,
    Sheet,
)
from hengjian.apps.org.workbook.reading import label_of, lines_of
from hengjian.apps.org.workbook.writing import workbook
from hengjian.base.errors import HengjianError

MOST_BYTES = 5 * 1024 * 1024
_ROWS: dict[Sheet, Callable[[Actor, Line], rows.Outcome]] = {
    UNITS: rows.unit_row,
    PEOPLE: rows.person_row,
    POSTS: rows.post_row,
    SEATS: rows.seat_row,
}


class _Rehearsed(Exception):
    """Carries the plan out of a transaction that must not last."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan


@act("org.import.export", "导出组织表")
def export(actor: Actor) -> bytes:
    _may(actor)
    log(label="组织表")
    return workbook(actor)


def rehearse(actor: Actor, data: bytes) -> Plan:
    """What importing ``data`` would do, row by row. Nothing is changed and nothing is logged."""
    _may(actor)
    if len(data) > MOST_BYTES:
        raise HengjianError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请拆成几个再导入。")
    try:
        _perform(actor, data, expected=None)
    except _Rehearsed as rehearsed:
        return rehearsed.plan
    raise AssertionError("a rehearsal always ends by an exception")


@act("org.import.upload", "上传组织表预览")
def upload(actor: Actor, *, name: str, data: bytes, plan: Plan) -> ImportFile:
    """Keep the bytes that were previewed."""
    _may(actor)
    if actor.person is None:
        raise HengjianError("当前账号没有对应的人员，请联系系统管理员。")
    kept = ImportFile.objects.create(
        digest=hashlib.sha256(data).hexdigest(),
        content=data,
        name=name[:200],
        plan_digest=plan.digest,
        uploaded_by=actor.person,
        uploaded_at=actor.at,
    )
    log(kept, unit=actor.person.unit_id, digest=kept.digest, counts=plan.counts)
    return kept


@act("org.import.confirm", "确认导入组织表")
def confirm(actor: Actor, kept: ImportFile) -> Plan:
    """Apply the previewed bytes; refused when the data changed since, so that nobody confirms what he did not see."""
    _may(actor)
    locked = ImportFile.objects.select_for_update().get(pk=kept.pk)
    if actor.person is None or locked.uploaded_by_id != actor.person.pk:
        raise HengjianError("只能确认自己上传并预览过的文件。")
    if locked.applied_at is not None:
        raise HengjianError("这个文件已经导入过了；如需再次导入，请重新上传预览。")
    data = bytes(locked.content)
    if hashlib.sha256(data).hexdigest() != locked.digest:
        raise HengjianError("保存的文件与预览时不同，请重新上传预览。")
    plan = _perform(actor, data, expected=locked.plan_digest)
    locked.applied_at = actor.at
    locked.save(update_fields=["applied_at"])
    log(locked, unit=actor.person.unit_id, digest=locked.digest, counts=plan.counts)
    return plan


@act("org.import.run", "导入组织表")
def _perform(actor: Actor, data: bytes, *, expected: str | None) -> Plan:
    lines, rejected = lines_of(data)
    changes = [*rejected, *_apply_units(actor, [line for line in lines if line.sheet is UNITS])]
    actor = reloaded(actor)
    changes += [_apply(actor, line) for line in lines if line.sheet is not UNITS]
    order = {sheet.name: n for n, sheet in enumerate(SHEETS)}
    plan = Plan(tuple(sorted(changes, key=lambda c: (order.get(c.sheet, 99), c.number))))
    if expected is None:
        raise _Rehearsed(plan)
    if plan.digest != expected:
        raise HengjianError("预览之后组织数据有了变化，结果会与预览不同，请重新上传预览。")
    log(label="组织表", counts=plan.counts)
    return plan


def _apply_units(actor: Actor, lines: list[Line]) -> list[Change]:
    """A unit may stand above its parent in the file: such rows wait for it."""
    done: list[Change] = []
    while lines:
        waiting = {line.get("编码") for line in lines}
        ready = [line for line in lines if line.get("上级编码") not in waiting - {line.get("编码")}] or lines
        done += [_apply(actor, line) for line in ready]
        actor = reloaded(actor)
        lines = [line for line in lines if line not in ready]
    return done


def _apply(actor: Actor, line: Line) -> Change:
    sheet, number, label = line.sheet, line.number, label_of(line)
    try:
        with attempt():
            actor.require(sheet.right)
            kind, details = _ROWS[sheet](actor, line)
    except BadCell as error:
        return Change(sheet.name, number, Kind.REJECTED, label, (), error.column, error.message)
    except Denied as error:
        return Change(sheet.name, number, Kind.REJECTED, label, (), "", error.message)
    except HengjianError as error:
        return Change(sheet.name, number, Kind.REJECTED, label, (), "", error.message)
    return Change(sheet.name, number, kind, label, details)


def _may(actor: Actor) -> None:
    if not actor.has_any({sheet.right for sheet in SHEETS}):
        actor.require(Right.ORG_MANAGE)
