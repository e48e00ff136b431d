"""Freeze more records, look at a copy: each look is on record."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.inspections import records
from hengjian.apps.inspections.access import grant_now, require_member
from hengjian.apps.inspections.acts.taking import take_inspection
from hengjian.apps.inspections.models import FrozenCopy, Inspection, RecordLook
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError


@act("inspections.record.freeze", "冻结记录")
def freeze(actor: Actor, inspection: Inspection, *, kind: str, keys: str) -> list[FrozenCopy]:
    """Named records, one key a line. All or none; what is frozen already stays as it was frozen first."""
    row = take_inspection(inspection, "freeze")
    require_member(actor, row)
    known = {one.key: one for one in records.kinds()}
    if kind not in known:
        raise HengjianError("没有这类记录，请从列表中选择。")
    wanted = list(dict.fromkeys(line.strip() for line in keys.splitlines() if line.strip()))
    if not wanted:
        raise HengjianError("请写要冻结的记录，一行一个标识。")
    found = {key: known[kind].read(row, key) for key in wanted}
    missing = [key for key, record in found.items() if record is None]
    if missing:
        raise HengjianError(f"{row.court}没有这些记录：{'、'.join(missing[:10])}，请核对标识。")
    made = [records.freeze(actor, row, kind, record)[0] for record in found.values() if record is not None]
    log(row, unit=row.court_id, kind=kind, keys=wanted[:200])
    return made


@act("inspections.record.look", "查阅被检查的记录")
def look(actor: Actor, copy: FrozenCopy) -> records.Compared:
    """Only under a grant in force; the look is written down before anything is shown."""
    inspection = copy.inspection
    if not actor.system and grant_now(actor, inspection) is None:
        raise Denied("您现在没有查阅授权，或者授权已经到期；需要时请组织检查的司法统计人员授权。")
    found = records.compare(copy)
    RecordLook.objects.create(copy=copy, person=actor.person, at=actor.at, changed=found.changed)
    records.tell_keeper(actor, copy)
    log(copy, unit=copy.unit_id or inspection.court_id, changed=found.changed, intact=found.intact)
    return found
