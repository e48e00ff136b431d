"""The way of a change of the list: proposed unit by unit, sent along the flow, in force by date."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.duties.models import RosterChange, RosterRow
from hengjian.apps.duties.roster.queries import FLOW, candidates, class_choices, class_on, flow_of, label_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.acts.units import put_in_class
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

State = RosterChange.State


@act("duties.roster.propose", "提出名单调整")
def propose(actor: Actor, installation: Installation, *, reason: str, client_key: str) -> RosterChange:
    """An empty draft; the units follow one by one."""
    actor.require(Right.REGISTER_MANAGE, installation.unit_id)
    if flow_of(pack_for(installation, actor.at)) is None:
        raise HengjianError("本制度没有规定名单怎样调整，请由系统管理员在组织机构里登记。")
    if not reason.strip():
        raise HengjianError("请写明调整的理由。")
    if (earlier := known(RosterChange.objects.all(), client_key, installation=installation)) is not None:
        log(earlier, repeated=True)
        return earlier
    values = {
        "installation": installation,
        "reason": reason.strip()[:300],
        "made_at": actor.at,
        "made_by": actor.person,
    }
    row, new = once(RosterChange.objects.all(), client_key, values, "installation")
    log(row, reason=row.reason, repeated=not new)
    return row


@act("duties.roster.put", "名单调整列入单位")
def put_row(
    actor: Actor,
    change: RosterChange,
    *,
    unit: Unit,
    key: str,
    since: date,
    until: date | None = None,
    version: int | None = None,
) -> RosterChange:
    """``key`` empty: off the list from ``since``. A unit that is in the draft already is written anew."""
    row = _draft(actor, change, version)
    pack = pack_for(row.installation, actor.at)
    was = class_on(row.installation, pack, unit, since)
    _must_fit(row, pack, unit, was, key, since, until)
    values = {"key": key, "was": was, "since": since, "until": until}
    RosterRow.objects.update_or_create(change=row, unit=unit, defaults=values)
    _counted(row)
    log(row, unit=unit.pk, before=label_of(pack, was), after=label_of(pack, key), since=since, until=until)
    return row


def _must_fit(
    change: RosterChange, pack: Pack, unit: Unit, was: str, key: str, since: date, until: date | None
) -> None:
    if not candidates(change.installation, since).filter(pk=unit.pk).exists():
        raise HengjianError(f"{unit}在 {since} 不是本单位所属的单位，请核对单位和日期。")
    if key and key not in dict(class_choices(pack)):
        raise HengjianError("没有这个类别，请从列表中选择。")
    if since < change.installation.in_force_from:
        first = change.installation.in_force_from
        raise HengjianError(f"本制度自 {first} 启用，名单不能从更早的日期起调整。")
    if until is not None and until <= since:
        raise HengjianError("止的日期应在起的日期之后，请核对。")
    if key == was:
        told = f"已经是“{label_of(pack, was)}”" if was else "本来就不在名单里"
        raise HengjianError(f"{unit}在 {since} {told}，不用调整。")


@act("duties.roster.drop_row", "名单调整去掉单位")
def drop_row(actor: Actor, change: RosterChange, *, unit: int, version: int | None = None) -> RosterChange:
    row = _draft(actor, change, version)
    gone, _ = row.rows.filter(unit_id=unit).delete()
    if not gone:
        raise HengjianError("这个单位不在这份调整里，请刷新页面。")
    _counted(row)
    log(row, unit=unit)
    return row


@act("duties.roster.discard", "作废名单调整")
def discard(actor: Actor, change: RosterChange, *, version: int | None = None) -> RosterChange:
    row = _draft(actor, change, version)
    row.state = State.DROPPED
    _counted(row, "state")
    log(row, state=row.state)
    return row


@act("duties.roster.submit", "名单调整送审批")
def submit(actor: Actor, change: RosterChange, *, version: int | None = None) -> RosterChange:
    """The flow of the pack says who approves; who proposes has signed the first step by handing it over."""
    row = _draft(actor, change, version)
    rows = list(row.rows.select_related("unit"))
    if not rows:
        raise HengjianError("这份调整里还没有单位，请先填写。")
    _not_twice(row)
    row.state = State.SUBMITTED
    _counted(row, "state")
    running.begin(
        actor,
        row,
        row.installation,
        FLOW,
        unit=row.installation.competent_unit or row.installation.unit,
        title=f"{row.installation.unit}{row}（{len(rows)} 个单位）",
        url=reverse("duties:roster_change", args=[row.pk]),
        by_hand="提出。",
    )
    log(row, state=row.state, rows=len(rows))
    row.refresh_from_db()
    return row


def _not_twice(change: RosterChange) -> None:
    running_ = RosterRow.objects.filter(
        change__installation=change.installation,
        change__state=State.SUBMITTED,
        unit__in=change.rows.values("unit"),
    )
    if (other := running_.select_related("unit", "change").first()) is not None:
        raise HengjianError(
            f"{other.unit}已在另一份审批中的调整里（{other.change.reason}），请先办完那一份。"
        )


def in_force(actor: Actor, change: RosterChange, course: Course) -> None:
    """After the last signature the classes hold from their days on; earlier days keep theirs."""
    pack = pack_for(change.installation, actor.at)
    name = change.installation.pack
    for row in change.rows.select_related("unit"):
        before = class_on(change.installation, pack, row.unit, row.since - timedelta(days=1))
        classes, changed = put_in_class(row.unit, pack=name, key=row.key, since=row.since)
        if row.until is not None:
            _, changed = put_in_class(row.unit, pack=name, key=before, since=row.until)
        log(row.unit, unit=row.unit_id, pack=name, before={"classes": classes}, after={"classes": changed})
    change.state, change.approved_at = State.APPROVED, actor.at
    _counted(change, "state", "approved_at")
    log(change, state=change.state)


def back_to_draft(actor: Actor, change: RosterChange, course: Course) -> None:
    change.state = State.DRAFT
    _counted(change, "state")
    log(change, state=change.state)


def _draft(actor: Actor, change: RosterChange, version: int | None) -> RosterChange:
    actor.require(Right.REGISTER_MANAGE, change.installation.unit_id)
    row = RosterChange.objects.select_for_update().get(pk=change.pk)
    if version is not None and row.version != version:
        raise HengjianError(f"{row}在您打开之后已有变动（现为“{row.get_state_display()}”），请刷新页面核对。")
    if row.state != State.DRAFT:
        raise HengjianError(f"{row}现在是“{row.get_state_display()}”，不能修改；审批中的请先撤回。")
    return row


def _counted(row: RosterChange, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=["version", *fields])
