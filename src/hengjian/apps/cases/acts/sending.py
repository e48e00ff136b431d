"""A large file in parts: begun, finished or given up. What lies half-way for days is cleared."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from hengjian.apps.audit.acting import act, log
from hengjian.apps.cases import parts
from hengjian.apps.cases.acts.upload import receive
from hengjian.apps.cases.intake import Arrived
from hengjian.apps.cases.models import Dataset, Sending, Upload
from hengjian.apps.cases.tables import MEGABYTE, MOST_BYTES
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

MOST = 5
"""Files one person may have half-way."""
KEPT = timedelta(days=3)
"""How long after the last part."""
S = Sending.State


@act("cases.sending.begin", "开始分段上传")
def begin(actor: Actor, dataset: Dataset, court: Unit, *, name: str, size: int) -> Sending:
    """The same file (name, size, court) that the person has half-way is taken up again."""
    actor.require(Right.CASE_UPLOAD, court)
    if actor.person is None or not 0 < size <= MOST_BYTES:
        raise HengjianError(f"文件应有 1 字节至 {MOST_BYTES // MEGABYTE} MB，请分成几个文件上传。")
    mine = Sending.objects.filter(person=actor.person, state=S.OPEN)
    row = mine.filter(dataset=dataset, court=court, name=name[:200], size=size).first()
    if row is not None:
        log(row, unit=court.pk, resumed_at=parts.received(row))
        return row
    if mine.count() >= MOST:
        raise HengjianError(f"您有 {MOST} 个文件没有传完，请先传完或者放弃其中的。")
    row = Sending.objects.create(
        dataset=dataset, court=court, name=name[:200], size=size, person=actor.person, begun_at=actor.at
    )
    log(row, unit=court.pk, size=size)
    return row


@act("cases.sending.finish", "分段上传完成")
def finish(actor: Actor, sending: Sending, *, digest: str = "") -> Upload:
    """The whole file as an upload; asked again it is the same one. ``digest``: SHA-256 of the file as the sender has it."""
    row = _taken(actor, sending)
    if row.upload is not None:
        log(row, unit=row.court_id, again=True)
        return row.upload
    _open(row)
    here = parts.received(row)
    if here != row.size:
        raise HengjianError(f"“{row}”还差 {row.size - here} 字节，请接着传完。")
    came = parts.digest_of(row)
    if digest and came != digest.lower():
        transaction.on_commit(lambda: parts.throw_away(row))
        return _garbled(actor, row)
    whole = Arrived(parts.path_of(row), came)
    row.upload = receive(actor, row.dataset, row.court, name=row.name, data=whole)
    _end(actor, row, S.DONE)
    return row.upload


def _garbled(actor: Actor, row: Sending) -> Upload:
    """What came is not what was sent: on record as a file that can't be read."""
    row.upload = Upload.objects.create(
        dataset=row.dataset,
        court=row.court,
        name=row.name,
        digest="",
        size=row.size,
        stored="",
        state=Upload.State.REFUSED,
        refusal="收到的内容与您的文件不一致（上传途中文件改动过，或者接着传时选了另一个文件），请重新上传。",
        uploaded_by=actor.person,
        uploaded_at=actor.at,
    )
    _end(actor, row, S.DROPPED)
    return row.upload


@act("cases.sending.drop", "放弃分段上传")
def drop(actor: Actor, sending: Sending) -> Sending:
    row = _taken(actor, sending)
    _open(row)
    _end(actor, row, S.DROPPED)
    return row


@act("cases.sending.expire", "清除没有传完的文件")
def expire(actor: Actor, sending: Sending) -> Sending:
    row = _taken(actor, sending)
    _open(row)
    _end(actor, row, S.EXPIRED)
    return row


def left_lying(at: datetime) -> list[Sending]:
    """What nobody has gone on with."""
    limit = (at - KEPT).timestamp()
    return [row for row in Sending.objects.filter(state=S.OPEN) if parts.touched(row) < limit]


def _taken(actor: Actor, sending: Sending) -> Sending:
    row = (
        Sending.objects.select_for_update(of=("self",))
        .select_related("dataset__installation__unit", "court", "upload")
        .get(pk=sending.pk)
    )
    actor.require(Right.CASE_UPLOAD, row.court)
    return row


def _open(row: Sending) -> None:
    if row.state != S.OPEN:
        raise HengjianError(f"“{row}”{row.get_state_display()}，请重新上传。")


def _end(actor: Actor, row: Sending, state: Sending.State) -> None:
    row.state, row.ended_at = state, actor.at
    row.save(update_fields=["state", "ended_at", "upload"])
    log(row, unit=row.court_id, state=str(state))
    transaction.on_commit(lambda: parts.throw_away(row))
