"""Put evidence into the vault, hand it on, take it out to look, verify, seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.inspections import custody, media, words
from hengjian.apps.inspections.access import answering_units, manages, membership, require_member
from hengjian.apps.inspections.acts.taking import need, take, take_inspection
from hengjian.apps.inspections.models import Custody, Evidence, Inspection
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class EvidenceText:
    title: str
    source: str
    power: str
    taken_at: datetime


@act("inspections.evidence.store", "收存证据")
def store(
    actor: Actor, inspection: Inspection, *, text: EvidenceText, content: File[bytes], client_key: str
) -> Evidence:
    """By a member of the team. Read once while it is kept: type, size and both digests."""
    row = take_inspection(inspection, "evidence")
    require_member(actor, row)
    return keep(actor, row, text=text, content=content, client_key=client_key)


def keep(
    actor: Actor,
    row: Inspection,
    *,
    text: EvidenceText,
    content: File[bytes],
    client_key: str,
    unit: Unit | None = None,
) -> Evidence:
    """Inside an act: the file goes into the vault with its first link."""
    again = known(Evidence.objects.all(), client_key, inspection=row)
    if again is not None:
        log(again, unit=row.court_id, repeated=True)
        return again
    words.term(words.pack_for_inspection(row, actor.at), "power", text.power)
    if text.taken_at > actor.at:
        raise HengjianError("取得时间在以后，请更正。")
    name = media.safe_name(content.name or "")
    media_type = media.check(content, name)
    found = custody.digests(content.chunks())
    same = row.evidence.filter(sha256=found.sha256, unit=unit).first()  # what others gave in is not told
    if same is not None:
        raise HengjianError(f"这个文件已经收存为“{same}”，不必重复收存。")
    last = row.evidence.order_by("-number").first()
    made = Evidence(
        inspection=row, number=(last.number if last else 0) + 1, client_key=client_key,
        title=need(text.title, "证据名称"), source=need(text.source, "来源"), power=text.power,
        taken_at=text.taken_at, name=name, media_type=media_type, size=found.size, sha256=found.sha256, sm3=found.sm3,
        unit=unit, added_by=actor.person, added_at=actor.at,
    )  # fmt: skip
    content.seek(0)
    made.file.save(f"{uuid4().hex}{PurePath(name).suffix.lower()}", content, save=False)
    made.save()
    custody.add(actor, made, Custody.Kind.STORED, made.source)
    log(made, unit=row.court_id, sha256=made.sha256, sm3=made.sm3, size=made.size)
    return made


@act("inspections.evidence.view", "调阅证据")
def view(actor: Actor, evidence: Evidence) -> Evidence:
    """Every hand-out is a link of the chain."""
    row = take(evidence)
    if not (_inside(actor, row) or row.unit_id in answering_units(actor)):
        raise Denied("证据只供检查组和组织检查的人员调阅，提供资料的部门可以看自己提供的。")
    custody.add(actor, row, Custody.Kind.VIEWED)
    log(row, unit=row.inspection.court_id)
    return row


def _inside(actor: Actor, evidence: Evidence) -> bool:
    inspection = evidence.inspection
    return bool(actor.system) or membership(actor, inspection) is not None or manages(actor, inspection.plan)


@act("inspections.evidence.move", "移交证据")
def hand_over(actor: Actor, evidence: Evidence, *, to: str, note: str = "") -> Evidence:
    row = take(evidence)
    if not _inside(actor, row):
        raise Denied("只有检查组和组织检查的人员可以移交证据。")
    said = f"移交给{need(to, '接收人')}" + (f"：{note.strip()}" if note.strip() else "")
    custody.add(actor, row, Custody.Kind.MOVED, said)
    log(row, unit=row.inspection.court_id, to=to, note=note)
    return row


@act("inspections.evidence.seal", "封存证据")
def seal(actor: Actor, evidence: Evidence, *, note: str = "") -> Evidence:
    row = take(evidence)
    if not _inside(actor, row):
        raise Denied("只有检查组和组织检查的人员可以封存证据。")
    if row.sealed_at is not None:
        raise HengjianError(f"“{row}”已经封存。")
    row.sealed_at = actor.at
    row.save(update_fields=["sealed_at"])
    custody.add(actor, row, Custody.Kind.SEALED, note.strip())
    log(row, unit=row.inspection.court_id, note=note)
    return row


@act("inspections.evidence.verify", "核验证据")
def verify(actor: Actor, inspection: Inspection) -> list[custody.Verdict]:
    """Read every file of the inspection anew; what was found is a link of each chain."""
    if not (actor.system or membership(actor, inspection) or manages(actor, inspection.plan)):
        raise Denied("只有检查组和组织检查的人员可以核验证据。")
    found = [custody.verify(take(one)) for one in inspection.evidence.all()]
    for verdict in found:
        note = verdict.fault or "文件和保管链与收存时一致。"
        custody.add(actor, verdict.evidence, Custody.Kind.VERIFIED, note, verdict.sha256)
    bad = [str(v.evidence) for v in found if not v.good]
    log(inspection, unit=inspection.court_id, checked=len(found), bad=bad)
    return found
