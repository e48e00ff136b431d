"""Reads of the desk: what one may see, how long things took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from hengjian.apps.desk.models import (
    AnswerTemplate,
    Decision,
    Evidence,
    Meeting,
    RequiredSystem,
    System,
    Ticket,
)
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right

OVERLOOKED = timedelta(days=7)
"""A ticket open longer than this comes before the next meeting by itself. Our own choice: the text names no day."""


def visible_tickets(scene: Scene) -> QuerySet[Ticket]:
    """The office sees all, a unit what it raised or handles, a person what he raised."""
    found = Ticket.objects.filter(installation=scene.installation).select_related(
        "unit", "handler", "raised_by"
    )
    if handles_all(scene):
        return found
    person = scene.actor.person
    own = scene.seated(Right.DESK_HANDLE)
    mine = Q(handler__in=own) | Q(unit__in=own)
    if person is not None:
        mine |= Q(raised_by=person)
    return found.filter(mine)


def handles_all(scene: Scene) -> bool:
    unit = scene.installation.unit_id
    return scene.actor.has(Right.DESK_MANAGE, unit) or scene.actor.has(Right.KPI_READ_ALL, unit)


def may_handle(scene: Scene, ticket: Ticket) -> bool:
    """The office, and the unit it was routed to."""
    if scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id):
        return True
    return ticket.handler_id in scene.seated(Right.DESK_HANDLE)


def visible_meetings(scene: Scene) -> QuerySet[Meeting]:
    """Minutes are for members and the units they name; preparations for the office and the leaders."""
    found = Meeting.objects.filter(installation=scene.installation)
    if handles_all(scene):
        return found
    own = scene.seated(Right.DESK_HANDLE)
    told = Q(decisions__unit__in=own)
    if scene.actor.person is not None:
        told |= Q(present=scene.actor.person)
    return found.filter(told, state__in=(Meeting.State.MINUTED, Meeting.State.REPORTED)).distinct()


def visible_decisions(scene: Scene) -> QuerySet[Decision]:
    found = Decision.objects.filter(meeting__in=visible_meetings(scene)).select_related(
        "meeting", "unit", "item"
    )
    return found if handles_all(scene) else found.filter(unit__in=scene.seated(Right.DESK_HANDLE))


def systems(scene: Scene) -> QuerySet[System]:
    return System.objects.filter(installation=scene.installation).select_related("lead")


def templates(scene: Scene) -> QuerySet[AnswerTemplate]:
    return AnswerTemplate.objects.filter(installation=scene.installation, retired=False)


def evidence(scene: Scene, year: int) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(installation=scene.installation, year=year, withdrawn_at=None)
    return found.select_related("unit", "recorded_by")


def skill_units(scene: Scene) -> list[Unit]:
    """Units whose register of competence one may see: the office and the leaders all, others their own."""
    if handles_all(scene):
        return scene.units
    own = scene.seated(Right.KPI_READ_UNIT) | scene.seated(Right.DESK_HANDLE)
    return [u for u in scene.units if u.pk in own]


def units_with_systems(scene: Scene) -> set[int]:
    """Units that have said which systems their posts need."""
    standing = RequiredSystem.objects.filter(installation=scene.installation, ended_at=None)
    return set(standing.values_list("unit_id", flat=True))


def keeps_skills(scene: Scene, unit: Unit) -> bool:
    """Its own people who handle things for it, and the office."""
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    return bool(scene.actor.system) or office or unit.pk in scene.seated(Right.DESK_HANDLE)


def words(scene: Scene, vocabulary: str) -> dict[str, str]:
    """Key → label of a vocabulary of the pack."""
    if vocabulary not in scene.pack.vocabularies:
        return {}
    return {term.key: term.label for term in scene.pack.vocabulary(vocabulary)}


def has_desk(scene: Scene) -> bool:
    return "ticket_kind" in scene.pack.vocabularies


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a set of tickets went."""

    raised: int
    open: int
    answered: int
    median_hours: float | None
    stars: float | None


def numbers(tickets: Iterable[Ticket]) -> Numbers:
    rows = list(tickets)
    spans = sorted((t.answered_at - t.raised_at).total_seconds() / 3600 for t in rows if t.answered_at)
    stars = [t.stars for t in rows if t.stars]
    answered = sum(t.state in (Ticket.State.ANSWERED, Ticket.State.CLOSED) for t in rows)
    waiting = sum(t.state in (Ticket.State.NEW, Ticket.State.ROUTED) for t in rows)
    median = round(spans[len(spans) // 2], 1) if spans else None
    return Numbers(len(rows), waiting, answered, median, round(sum(stars) / len(stars), 1) if stars else None)


def waited(ticket: Ticket, now: datetime) -> str:
    """How long a ticket has waited or took, in words: the text sets no limit, so nothing is late."""
    span = (ticket.answered_at or now) - ticket.raised_at
    if span.days:
        return f"{span.days} 天"
    hours = int(span.total_seconds() // 3600)
    return f"{hours} 小时" if hours else "不足 1 小时"
