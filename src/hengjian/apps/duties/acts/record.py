"""Enter in a register that something was done: a hearing, a training. A wrong entry is withdrawn, never edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.base import File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.duties.files import check_file
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.duties.registers import yearly_duty
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy.clauses.duty import QuotaDuty


@dataclass(frozen=True, slots=True)
class Record:
    """What is entered: one hearing, one training."""

    title: str
    happened_on: date
    place: str = ""
    minutes: str = ""
    attendees: tuple[Person, ...] = ()
    file: File[bytes] | None = None


@act("duties.register.record", "登记履职事项")
def record_fulfilment(actor: Actor, *, installation: Installation, clause: str, record: Record) -> Fulfilment:
    """The clause must be a yearly (monthly …) duty of the pack; its evidence must be there."""
    unit = installation.competent_unit or installation.unit
    actor.require(Right.REGISTER_MANAGE, unit)
    pack = pack_for(installation, actor.at)
    duty = yearly_duty(pack, clause)
    _check(actor, duty, record)
    _refuse_twice(installation, pack.full_id(duty), record)
    fulfilment = Fulfilment.objects.create(
        installation=installation,
        clause=pack.full_id(duty),
        unit=unit,
        title=record.title.strip(),
        happened_on=record.happened_on,
        place=record.place.strip(),
        minutes=record.minutes.strip(),
        file=record.file or "",
        file_name=(record.file.name or "")[:200] if record.file else "",
        recorded_by=actor.person,
        recorded_at=actor.at,
    )
    fulfilment.attendees.set(record.attendees)
    names = [person.name for person in record.attendees]
    log(
        fulfilment,
        clause=fulfilment.clause,
        happened_on=record.happened_on,
        attendees=names,
        file=fulfilment.file_name,
    )
    return fulfilment


def _check(actor: Actor, duty: QuotaDuty, record: Record) -> None:
    article = duty.articles[0]
    if not record.title.strip():
        raise HengjianError("没有写事项名称，请填写。", article=article)
    if record.happened_on > to_local(actor.at).date():
        raise HengjianError("日期晚于今天；还没有发生的事不能登记，请核对日期。", article=article)
    if record.file is not None:
        check_file(record.file)
    if "minutes" in duty.evidence and not (record.minutes.strip() or record.file):
        raise HengjianError("没有会议记录：请填写纪要，或上传会议记录文件。", article=article)
    if "attendance" in duty.evidence and not (record.attendees or record.file):
        raise HengjianError("没有参加人员：请勾选参加的人，或上传签到表。", article=article)


def _refuse_twice(installation: Installation, clause: str, record: Record) -> None:
    same = Fulfilment.objects.filter(
        installation=installation,
        clause=clause,
        happened_on=record.happened_on,
        title=record.title.strip(),
        withdrawn_at=None,
    )
    if same.exists():
        raise HengjianError(
            "同一天的同名事项已经登记，没有再登记一次；确有两次的，请在名称中区分上午、下午。"
        )


@act("duties.register.withdraw", "撤销履职登记")
def withdraw_fulfilment(actor: Actor, fulfilment: Fulfilment, *, reason: str) -> Fulfilment:
    """Take an entry back; it stays readable and counts no longer."""
    locked = Fulfilment.objects.select_for_update().get(pk=fulfilment.pk)
    actor.require(Right.REGISTER_MANAGE, locked.unit_id)
    if locked.withdrawn_at is not None:
        raise HengjianError("这条登记已经撤销，请刷新页面查看。")
    if not reason.strip():
        raise HengjianError("请写明撤销的理由。")
    locked.withdrawn_at, locked.withdrawn_reason = actor.at, reason.strip()[:200]
    locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log(locked, reason=reason.strip(), happened_on=locked.happened_on)
    return locked


def people_of(ids: Iterable[int]) -> tuple[Person, ...]:
    return tuple(Person.objects.filter(pk__in=list(ids), active=True))
