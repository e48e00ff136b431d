"""Who inspects: named, declared without conflict, seated when the inspection is ordered; arrival of two begins it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.inspections import records, seats, words
from hengjian.apps.inspections.access import manages, require_manager
from hengjian.apps.inspections.acts.taking import need, put, take, take_inspection
from hengjian.apps.inspections.models import AccessGrant, Inspection, TeamMember
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Person
from hengjian.apps.org.queries import house_of
from hengjian.base.errors import HengjianError
from hengjian.base.times import start_of_day, to_instant
from hengjian.policy import Pack

State = Inspection.State


@act("inspections.team.name", "指派检查人员")
def name_member(
    actor: Actor, inspection: Inspection, *, version: int | None = None, person: Person, lead: bool = False
) -> TeamMember:
    """Nobody inspects where the mode forbids it: in 互查 never the own court, in 自查 only the own one."""
    row = take_inspection(inspection, "name", version)
    require_manager(actor, row.plan)
    pack = words.pack_for_inspection(row, actor.at)
    mode = words.term(pack, "inspection_mode", row.plan.mode)
    own = house_of(person.unit).pk == row.court_id
    if not person.active or person.user_id is None:
        raise HengjianError(f"{person}没有登录账号或者已离职，不能参加检查。")
    if own and not mode.attrs.get("own_court"):
        raise HengjianError(
            f"“{mode.label}”不得指派检查本院的人，{person}是{row.court}的人。", article=mode.article
        )
    if not own and mode.attrs.get("only_own"):
        raise HengjianError(
            f"“{mode.label}”由本院的人检查，{person}不是{row.court}的人。", article=mode.article
        )
    if row.units.filter(pk=person.unit_id).exists():
        raise HengjianError(f"{person}在被检查的{person.unit}工作，不能检查本部门。")
    if row.team.filter(person=person, removed_at=None).exists():
        raise HengjianError(f"{person}已经在检查组里。")
    if lead:
        row.team.update(lead=False)
    member = TeamMember.objects.create(inspection=row, person=person, lead=lead, named_at=actor.at)
    put(row, unit=row.court_id, person=person.pk, lead=lead)
    notify.tell(
        [person],
        f"inspection:named:{member.pk}",
        f"已被指派参加检查：{row}",
        "请登录衡鉴，在“监督检查”里声明有没有应当回避的情形。",
        actor.at,
    )
    return member


@act("inspections.team.declare", "声明回避情形")
def declare(actor: Actor, inspection: Inspection, *, conflict: str = "") -> TeamMember:
    """Each member for himself. Whoever names a conflict leaves the team."""
    row = take_inspection(inspection, "declare")
    member = row.team.filter(person=actor.person, removed_at=None).first() if actor.person else None
    if member is None:
        raise Denied("只有被指派的检查人员本人可以声明。")
    member.declared_at, member.conflict = actor.at, conflict.strip()
    if member.conflict:
        member.removed_at, member.removed_why = actor.at, "本人声明应当回避"
        seats.take_back(actor, member)
    member.save()
    if row.state != State.PLANNED and member.fit:
        _seat(actor, row, member)
    log(row, unit=row.court_id, person=member.person_id, conflict=member.conflict)
    return member


@act("inspections.team.remove", "退出检查组")
def remove_member(actor: Actor, member: TeamMember, *, reason: str) -> TeamMember:
    row = take_inspection(member.inspection, "remove")
    require_manager(actor, row.plan)
    found = take(member)
    if found.removed_at is not None:
        raise HengjianError(f"{found.person}已经退出。")
    found.removed_at, found.removed_why = actor.at, need(reason, "退出的原因")
    found.save()
    seats.take_back(actor, found)
    found.grants.filter(revoked_at=None).update(revoked_at=actor.at, revoked_why=found.removed_why)
    log(row, unit=row.court_id, person=found.person_id, reason=reason)
    return found


def fit_members(inspection: Inspection) -> list[TeamMember]:
    rows = inspection.team.filter(removed_at=None).select_related("person", "seat")
    return [member for member in rows if member.fit]


def missing_for_order(inspection: Inspection, pack: Pack, actor: Actor) -> list[str]:
    """What still keeps the inspection from being ordered, in sentences."""
    wanted = words.inspectors_wanted(pack, words.today(actor))
    fit = fit_members(inspection)
    found = []
    if len(fit) < wanted:
        found.append(
            f"检查人员不得少于{wanted}人，已声明没有回避情形的只有{len(fit)}人，请补足并请各人声明。"
        )
    if fit and not any(member.lead for member in fit):
        found.append("请指定一名组长。")
    if not inspection.units.exists():
        found.append("请先确定被检查的部门。")
    return found


@act("inspections.order", "下达检查")
def order(
    actor: Actor, inspection: Inspection, *, version: int | None = None, access_until: datetime | None = None
) -> Inspection:
    """The team is complete and declared: each member is seated and may read the frozen records until a day."""
    row = take_inspection(inspection, "order", version)
    require_manager(actor, row.plan)
    pack = words.pack_for_inspection(row, actor.at)
    missing = missing_for_order(row, pack, actor)
    if missing:
        raise HengjianError("".join(missing), article=pack.clause("registers/inspectors").articles[0])
    until = access_until or to_instant(start_of_day(row.plan.ends_on + timedelta(days=1)))
    if until <= actor.at:
        raise HengjianError("查阅权限的截止时间已经过去，请写以后的时间。")
    row.state, row.ordered_at, row.ordered_by, row.access_until = (
        State.ORDERED,
        actor.at,
        actor.person,
        until,
    )
    for member in fit_members(row):
        _seat(actor, row, member)
    put(row, unit=row.court_id, state=row.state, access_until=until)
    return row


def _seat(actor: Actor, row: Inspection, member: TeamMember) -> None:
    seats.give(actor, row, member)
    if row.access_until is not None and row.access_until > actor.at:
        AccessGrant.objects.create(
            member=member,
            starts_at=actor.at,
            ends_at=row.access_until,
            given_by=actor.person,
            given_at=actor.at,
        )


@act("inspections.arrive", "检查人员到场")
def arrive(actor: Actor, inspection: Inspection) -> Inspection:
    """Each member signs on the spot; with as many as the text asks for the inspection begins and the records freeze."""
    row = take_inspection(inspection, "arrive")
    member = row.team.filter(person=actor.person, removed_at=None).first() if actor.person else None
    if member is None or not member.fit:
        raise Denied("只有检查组成员本人可以签到。")
    if member.arrived_at is not None:
        raise HengjianError("您已经签到，等待其他检查人员。")
    member.arrived_at = actor.at
    member.save(update_fields=["arrived_at"])
    pack = words.pack_for_inspection(row, actor.at)
    here = row.team.filter(removed_at=None).exclude(arrived_at=None).count()
    if here >= words.persons_of(pack, words.FLOW, "begin", words.today(actor)):
        row.state, row.begun_at = State.UNDERWAY, actor.at
        records.freeze_scope(actor, row)
        _tell(actor, row)
    put(row, unit=row.court_id, state=row.state, arrived=here)
    return row


def _tell(actor: Actor, row: Inspection) -> None:
    from hengjian.apps.bulletins.people import holders

    for unit in row.units.all():
        notify.tell(
            holders(["dept_head"], unit, actor.at),
            f"inspection:begun:{row.pk}:{unit.pk}",
            f"检查开始：{row}",
            "请如实答复、提供资料；被检查的记录已经冻结，不得转移、隐匿、篡改、毁弃。请登录衡鉴查看。",
            actor.at,
        )


@act("inspections.access.grant", "授权查阅")
def grant_access(actor: Actor, member: TeamMember, *, starts_at: datetime, ends_at: datetime) -> AccessGrant:
    """Longer or again, with its own dates."""
    row = take_inspection(member.inspection, "grant")
    require_manager(actor, row.plan)
    if ends_at <= max(actor.at, starts_at):
        raise HengjianError("授权的结束时间应在以后，并且晚于开始时间。")
    if not member.fit:
        raise HengjianError(f"{member.person}没有声明或者已经退出，不能授权。")
    made = AccessGrant.objects.create(
        member=member, starts_at=starts_at, ends_at=ends_at, given_by=actor.person, given_at=actor.at
    )
    log(row, unit=row.court_id, person=member.person_id, starts_at=starts_at, ends_at=ends_at)
    return made


@act("inspections.access.revoke", "收回查阅授权")
def revoke_access(actor: Actor, grant: AccessGrant, *, reason: str) -> AccessGrant:
    row = grant.member.inspection
    if not manages(actor, row.plan):
        require_manager(actor, row.plan)
    found = take(grant)
    if found.revoked_at is not None:
        raise HengjianError("这项授权已经收回。")
    found.revoked_at, found.revoked_why = actor.at, need(reason, "收回的理由")
    found.save()
    log(row, unit=row.court_id, person=found.member.person_id, reason=reason)
    return found
