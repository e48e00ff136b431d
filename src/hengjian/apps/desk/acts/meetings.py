"""Meetings: called with an agenda that assembles itself, minuted with decisions that become duties, reported upward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.desk.agenda import Topic, collected
from hengjian.apps.desk.models import AgendaItem, Decision, Meeting, Ticket
from hengjian.apps.desk.queries import words
from hengjian.apps.desk.states import can
from hengjian.apps.indicators.who import Scene, heads_of
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Meeting.State


@dataclass(frozen=True, slots=True)
class DecisionIn:
    text: str
    unit: Unit
    due_on: date | None = None
    item: AgendaItem | None = None


@act("desk.meeting.call", "召集例会")
def call(
    actor: Actor,
    installation: Installation,
    *,
    starts_at: datetime,
    place: str,
    urgent: bool = False,
    reason: str = "",
) -> Meeting:
    """The agenda is drawn from what is open; an urgent meeting says why it cannot wait."""
    actor.require(Right.DESK_MANAGE, installation.unit_id)
    if not place.strip():
        raise HengjianError("请写会议地点。")
    if urgent and not reason.strip():
        raise HengjianError("临时会议请写明紧急事由。")
    year = to_local(starts_at).year
    Installation.objects.select_for_update().get(pk=installation.pk)
    last = Meeting.objects.filter(installation=installation, year=year).order_by("-number").first()
    row = Meeting.objects.create(
        installation=installation,
        year=year,
        number=(last.number if last else 0) + 1,
        urgent=urgent,
        starts_at=starts_at,
        place=place.strip(),
        reason=reason.strip(),
        called_by=actor.person,
    )
    _fill(row, collected(Scene(installation, actor), row))
    log(row, starts_at=starts_at, urgent=urgent, items=row.items.count())
    return row


@act("desk.meeting.collect", "汇集议题")
def collect(actor: Actor, meeting: Meeting, *, version: int) -> Meeting:
    """What came up since is added; what is there stays, what was taken off stays off."""
    row = _take(actor, meeting, version, "agenda")
    before = row.items.count()
    _fill(row, collected(Scene(row.installation, actor), row))
    return _save(row, added=row.items.count() - before)


@act("desk.meeting.topic", "提出议题")
def add_topic(actor: Actor, meeting: Meeting, *, topic: str, title: str, detail: str = "") -> AgendaItem:
    """Any member brings topics."""
    scene = Scene(meeting.installation, actor)
    mine = scene.seated(Right.DESK_HANDLE)
    if not mine and not actor.system:
        raise Denied("议题由成员单位提出，您的岗位没有这项权限。")
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not can(row, "agenda"):
        raise HengjianError(f"会议{row.get_state_display()}，不能再加议题，请提到下一次。")
    if topic not in words(scene, "topic") or not title.strip():
        raise HengjianError("请选择议题类别并写明议题。")
    unit = next((u for u in scene.units if u.pk in mine), None)
    found = Topic(topic, title.strip(), detail.strip(), "", unit)
    (item,) = _fill(row, [found])
    log(item, label=item.title, meeting=str(row))
    return item


@act("desk.meeting.drop", "撤下议题")
def drop(actor: Actor, item: AgendaItem, *, back: bool = False) -> AgendaItem:
    row = AgendaItem.objects.select_related("meeting__installation").get(pk=item.pk)
    actor.require(Right.DESK_MANAGE, row.meeting.installation.unit_id)
    if not can(row.meeting, "agenda"):
        raise HengjianError("会议已经开过，议题不能再改。")
    row.dropped = not back
    row.save(update_fields=["dropped"])
    log(row, label=row.title, dropped=row.dropped)
    return row


@act("desk.meeting.minute", "形成会议纪要")
def minute(
    actor: Actor,
    meeting: Meeting,
    *,
    version: int,
    chair: str,
    present: Sequence[Person],
    absent: str,
    summary: str,
    conclusions: dict[int, str],
    decisions: Sequence[DecisionIn],
) -> Meeting:
    """Conclusions on each topic; decisions name a unit and a day and land in its inbox."""
    row = _take(actor, meeting, version, "minute")
    if row.starts_at > actor.at:
        raise HengjianError("会议还没有开，不能形成纪要，请核对时间。")
    if not chair.strip() or not present:
        raise HengjianError("请写主持人，并勾选出席人员。")
    units = {u.pk for u in Scene(row.installation, actor).units}
    for item in row.items.filter(dropped=False):
        item.conclusion = conclusions.get(item.pk, "").strip()
        item.save(update_fields=["conclusion"])
        if item.conclusion and item.source.startswith("ticket:"):
            Ticket.objects.filter(pk=item.source.removeprefix("ticket:")).update(for_meeting=False)
    for one in decisions:
        if not one.text.strip() or one.unit.pk not in units:
            raise HengjianError("议定事项要写内容，并选择本制度适用范围内的责任单位。")
        if one.due_on is not None and one.due_on < to_local(row.starts_at).date():
            raise HengjianError(f"“{one.text}”的期限早于开会日期，请核对。")
        made = Decision.objects.create(
            meeting=row, item=one.item, text=one.text.strip(), unit=one.unit, due_on=one.due_on
        )
        told = (
            f"{row}议定：{made.text}"
            + (f"，期限 {made.due_on}" if made.due_on else "")
            + "。请登录衡鉴办理。"
        )
        notify.tell(
            heads_of(one.unit, actor.at), f"decision:{made.pk}", f"例会议定事项：{made.text}", told, actor.at
        )
    row.present.set(present)
    row.chair, row.absent, row.summary = chair.strip(), absent.strip(), summary.strip()
    row.state, row.minuted_by, row.minuted_at = State.MINUTED, actor.person, actor.at
    return _save(row, decisions=len(decisions))


@act("desk.meeting.report", "会议报领导小组")
def report(actor: Actor, meeting: Meeting, *, version: int) -> Meeting:
    row = _take(actor, meeting, version, "report")
    row.state, row.reported_at = State.REPORTED, actor.at
    return _save(row)


@act("desk.meeting.cancel", "取消会议")
def cancel(actor: Actor, meeting: Meeting, *, version: int, reason: str) -> Meeting:
    row = _take(actor, meeting, version, "cancel")
    if not reason.strip():
        raise HengjianError("请写取消的理由。")
    row.state, row.reason = State.CANCELLED, reason.strip()
    return _save(row, reason=row.reason)


@act("desk.decision.fulfil", "办结议定事项")
def fulfil(actor: Actor, decision: Decision, *, note: str) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("meeting__installation", "unit")
    row = rows.get(pk=decision.pk)
    scene = Scene(row.meeting.installation, actor)
    office = actor.has(Right.DESK_MANAGE, row.meeting.installation.unit_id)
    if not (office or row.unit_id in scene.seated(Right.DESK_HANDLE)):
        raise Denied(f"这件事由{row.unit}办理，您的岗位没有这项权限。")
    if row.done_at is not None:
        raise HengjianError("这件事已经办结，不必再报。")
    if not note.strip():
        raise HengjianError("请写明怎样办结的。")
    row.done_at, row.done_by, row.done_note = actor.at, actor.person, note.strip()
    row.save()
    log(row, note=row.done_note)
    return row


def _fill(row: Meeting, topics: Sequence[Topic]) -> list[AgendaItem]:
    known = set(row.items.exclude(source="").values_list("source", flat=True))
    position = row.items.count()
    made = []
    for topic in topics:
        if topic.source and topic.source in known:
            continue
        position += 1
        made.append(
            AgendaItem.objects.create(
                meeting=row, position=position, topic=topic.topic, title=topic.title[:200],
                detail=topic.detail, source=topic.source, brought_by=topic.unit,
            )
        )  # fmt: skip
    return made


def _take(actor: Actor, meeting: Meeting, version: int, verb: str) -> Meeting:
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("installation__unit")
    row = rows.get(pk=meeting.pk)
    actor.require(Right.DESK_MANAGE, row.installation.unit_id)
    if row.version != version:
        raise HengjianError("这次会议在您打开之后已被改动，请刷新后再办理。")
    if not can(row, verb):
        raise HengjianError(f"会议现在{row.get_state_display()}，不能这样办理，请刷新页面。")
    return row


def _save(row: Meeting, **payload: Any) -> Meeting:
    row.version += 1
    row.save()
    log(row, state=row.state, **payload)
    return row
