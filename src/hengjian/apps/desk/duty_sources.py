"""What the desk puts into the inbox: tickets to route and answer, decisions with their days, the next meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hengjian.apps.desk import queries
from hengjian.apps.desk.models import Meeting, Ticket
from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.indicators.duty_sources import scenes
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.roles import Right
from hengjian.base.times import start_of_day, to_instant
from hengjian.clocks import slots
from hengjian.policy.clauses.duty import IssueDuty

AHEAD = timedelta(days=14)


@source
def tickets(look: Look) -> Iterator[DutyRow]:
    for _, scene in scenes(look):
        found = queries.visible_tickets(scene)
        articles = (
            {t.key: t.article for t in scene.pack.vocabulary("ticket_kind")}
            if queries.has_desk(scene)
            else {}
        )
        office = look.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
        for ticket in found.filter(state=Ticket.State.NEW) if office else ():
            yield _ticket(look, ticket, "问题分办", "分给有关单位，或者直接答复", articles)
        own = scene.seated(Right.DESK_HANDLE)
        for ticket in found.filter(state=Ticket.State.ROUTED, handler_id__in=own):
            yield _ticket(look, ticket, "问题答复", "答复；解决不了的提交例会", articles)


def _ticket(look: Look, ticket: Ticket, kind: str, step: str, articles: dict[str, str]) -> DutyRow:
    return look.row(
        key=f"ticket:{ticket.pk}:{ticket.state}",
        kind=kind,
        title=str(ticket),
        url=address("desk:ticket", ticket.pk),
        next_step=step,
        unit=str(ticket.handler or ""),
        article=articles.get(ticket.kind, ""),
        remaining=f"已 {queries.waited(ticket, look.now)}",
    )


@source
def decisions(look: Look) -> Iterator[DutyRow]:
    for governed, scene in scenes(look):
        own = scene.seated(Right.DESK_HANDLE)
        if not own:
            continue
        met = next((d for d in governed.duties(IssueDuty) if d.produces == "minutes" and d.every > 1), None)
        for decision in queries.visible_decisions(scene).filter(done_at=None, unit_id__in=own):
            due = start_of_day(decision.due_on + timedelta(days=1)) if decision.due_on else None
            yield look.row(
                key=f"decision:{decision.pk}",
                kind="例会议定事项",
                title=f"{decision.text}（{decision.meeting}）",
                url=address("desk:meeting", decision.meeting_id),
                next_step="办结后写明结果",
                unit=str(decision.unit),
                article=met.articles[0] if met else "",
                due=due,
                inclusive=False,
            )


@source
def meetings(look: Look) -> Iterator[DutyRow]:
    """The meeting of these weeks that nobody has called, and minutes that are missing."""
    for governed, scene in scenes(look):
        if not look.actor.has(Right.DESK_MANAGE, scene.installation.unit_id) or not queries.has_desk(scene):
            continue
        yield from _missing_minutes(look, scene)
        yield from _to_call(look, governed)


def _missing_minutes(look: Look, scene: Scene) -> Iterator[DutyRow]:
    past = Meeting.objects.filter(
        installation=scene.installation, state=Meeting.State.PLANNED, starts_at__lt=look.now
    )
    for meeting in past:
        yield look.row(
            key=f"minutes:{meeting.pk}",
            kind="会议纪要",
            title=str(meeting),
            url=address("desk:meeting", meeting.pk),
            next_step="整理纪要，写明议定事项",
        )


def _to_call(look: Look, governed: Governed) -> Iterator[DutyRow]:
    for duty in (d for d in governed.duties(IssueDuty) if d.produces == "minutes" and d.every > 1):
        found = slots(duty, look.today - AHEAD, look.today + timedelta(days=1), value_of=governed.value_of())
        current = [slot for slot in found if slot.first <= look.today < slot.end]
        for slot in current:
            first, end = to_instant(start_of_day(slot.first)), to_instant(start_of_day(slot.end))
            held = Meeting.objects.filter(
                installation=governed.installation, starts_at__gte=first, starts_at__lt=end
            ).exclude(state=Meeting.State.CANCELLED)
            if held.exists():
                continue
            yield look.row(
                key=f"meeting:{duty.id}:{slot.first}",
                kind="例会",
                title=f"{duty.title}（{slot.first:%m月%d日}起的两周）",
                url=address("desk:meetings"),
                next_step="召集会议，议题会自动汇集",
                unit=str(governed.office),
                article=duty.articles[0],
                clause=governed.pack.full_id(duty),
                due=slot.due_at,
                inclusive=slot.inclusive,
                remind=duty.remind,
            )
