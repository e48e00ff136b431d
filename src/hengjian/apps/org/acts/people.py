"""People: add, change, transfer, leave; absences."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts._checks import need_text
from hengjian.apps.org.models import Absence, Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("org.person.add", "登记人员")
def add_person(
    actor: Actor, unit: Unit, *, name: str, staff_no: str, phone: str = "", email: str = ""
) -> Person:
    actor.require(Right.ORG_MANAGE, unit)
    person = Person(
        unit=unit,
        name=need_text(name, "姓名"),
        staff_no=need_text(staff_no, "工号"),
        phone=phone.strip(),
        email=email.strip(),
    )
    _number_must_be_free(person)
    person.save()
    log(person, after=_shown(person))
    return person


@act("org.person.change", "更改人员资料")
def change_person(
    actor: Actor,
    person: Person,
    *,
    name: str,
    staff_no: str,
    phone: str | None = None,
    email: str | None = None,
) -> Person:
    """``None`` leaves phone or mail as it is: who may not see a phone can still correct a name."""
    actor.require(Right.ORG_MANAGE, person.unit)
    before = _shown(person)
    person.name, person.staff_no = need_text(name, "姓名"), need_text(staff_no, "工号")
    changed_contact = phone is not None and phone.strip() != person.phone
    person.phone = person.phone if phone is None else phone.strip()
    person.email = person.email if email is None else email.strip()
    _number_must_be_free(person)
    person.save()
    log(person, before=before, after=_shown(person), phone_changed=changed_contact)
    return person


@act("org.person.phone", "更改本人电话")
def change_own_phone(actor: Actor, *, phone: str) -> Person:
    if actor.person is None:
        raise HengjianError("当前账号没有对应的人员，请联系系统管理员。")
    person = Person.objects.get(pk=actor.person.pk)
    person.phone = phone.strip()
    person.save(update_fields=["phone"])
    log(person, phone_changed=True)
    return person


@act("org.person.transfer", "调动人员")
def transfer_person(actor: Actor, person: Person, *, unit: Unit) -> Person:
    """Posts stay until the security administrator ends them; the page of the unit shows which."""
    actor.require(Right.ORG_MANAGE, person.unit)
    actor.require(Right.ORG_MANAGE, unit)
    before = _shown(person)
    person.unit = unit
    person.save(update_fields=["unit"])
    log(person, before=before, after=_shown(person))
    return person


@act("org.person.leave", "人员离职")
def leave(actor: Actor, person: Person) -> Person:
    """From now on no right is left, whatever posts are still written down."""
    actor.require(Right.ORG_MANAGE, person.unit)
    if actor.person is not None and actor.person.pk == person.pk:
        raise HengjianError("不能把自己登记为离职，请由另一位系统管理员办理。")
    if not person.active:
        raise HengjianError(f"{person.name}已经登记为离职。")
    person.active = False
    person.save(update_fields=["active"])
    log(person, before={"active": True}, after={"active": False})
    return person


@act("org.person.return", "人员复职")
def come_back(actor: Actor, person: Person) -> Person:
    actor.require(Right.ORG_MANAGE, person.unit)
    if person.active:
        raise HengjianError(f"{person.name}本来就在职。")
    person.active = True
    person.save(update_fields=["active"])
    log(person, before={"active": False}, after={"active": True})
    return person


@act("org.absence.begin", "登记外出（由B角代理）")
def be_absent(
    actor: Actor, person: Person, *, starts_at: datetime, ends_at: datetime, reason: str = ""
) -> Absence:
    """Oneself, or who manages the people of the unit. Meanwhile the B seats of the person's posts act."""
    _own_or_managed(actor, person)
    if ends_at <= starts_at:
        raise HengjianError("结束时间应当晚于开始时间，请更正。")
    if ends_at <= actor.at:
        raise HengjianError("结束时间已经过去，请更正。")
    clash = person.absences.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).first()
    if clash is not None:
        raise HengjianError(f"与已登记的外出（{_span(clash)}）重叠，请先结束那一次。")
    absence = Absence.objects.create(
        person=person, starts_at=starts_at, ends_at=ends_at, reason=reason.strip()
    )
    log(
        absence,
        unit=person.unit_id,
        after={"person": person.pk, "starts_at": starts_at, "ends_at": ends_at, "reason": reason},
    )
    return absence


@act("org.absence.end", "结束外出")
def end_absence(actor: Actor, absence: Absence) -> None:
    """Back earlier than planned; an absence that has not begun is cancelled."""
    _own_or_managed(actor, absence.person)
    if absence.ends_at <= actor.at:
        raise HengjianError("这次外出已经结束。")
    before = {"starts_at": absence.starts_at, "ends_at": absence.ends_at}
    label = str(absence)
    if absence.starts_at >= actor.at:
        log(absence, label=label, unit=absence.person.unit_id, before=before, cancelled=True)
        absence.delete()
        return
    absence.ends_at = actor.at
    absence.save(update_fields=["ends_at"])
    log(absence, label=label, unit=absence.person.unit_id, before=before, after={"ends_at": actor.at})


def _own_or_managed(actor: Actor, person: Person) -> None:
    if actor.person is None or actor.person.pk != person.pk:
        actor.require(Right.ORG_MANAGE, person.unit)


def _number_must_be_free(person: Person) -> None:
    taken = Person.objects.filter(staff_no=person.staff_no).exclude(pk=person.pk).first()
    if taken is not None:
        raise HengjianError(f"工号“{person.staff_no}”已属于{taken.name}，请核对。")


def _span(absence: Absence) -> str:
    return f"{to_local(absence.starts_at):%Y-%m-%d %H:%M}—{to_local(absence.ends_at):%Y-%m-%d %H:%M}"


def _shown(person: Person) -> dict[str, object]:
    """Without phone and mail: the log is read by others than those who may see a phone."""
    return {name: getattr(person, name) for name in ("name", "staff_no", "unit_id", "active")}
