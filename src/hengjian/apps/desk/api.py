"""API operations of the desk; each calls an act or a query, with the same rights and errors as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.desk import queries
from hengjian.apps.desk.acts import meetings, registry, skills, tickets
from hengjian.apps.desk.checklist import lines
from hengjian.apps.desk.models import (
    AgendaItem,
    AnswerTemplate,
    Decision,
    Evidence,
    Meeting,
    Skill,
    System,
    Ticket,
)
from hengjian.apps.desk.skills import board
from hengjian.apps.desk.views.common import desk
from hengjian.apps.indicators.schemas import IdOut, IndicatorVersionIn, Strict
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.models import Person, Unit

router = Router(tags=["desk"])


class TicketOut(Schema):
    id: int
    number: str
    channel: str
    origin: str
    kind: str
    title: str
    body: str
    system: str
    state: str
    handler_id: int | None
    for_meeting: bool
    raised_at: datetime
    answer: str
    answered_at: datetime | None
    stars: int | None
    version: int


class TicketIn(Strict):
    kind: str
    origin: str
    title: str
    body: str
    client_key: str
    system: str = ""
    channel: str = "inside"
    contact_name: str = ""
    contact: str = ""


class RouteIn(Strict):
    version: int
    handler: int
    note: str = ""


class TextIn(Strict):
    version: int
    text: str


class RateIn(Strict):
    version: int
    stars: int
    text: str = ""


class TemplateIn(Strict):
    title: str
    text: str
    kind: str = ""


class MeetingIn(Strict):
    starts_at: datetime
    place: str
    urgent: bool = False
    reason: str = ""


class MeetingOut(Schema):
    id: int
    year: int
    number: int
    urgent: bool
    starts_at: datetime
    place: str
    state: str
    version: int


class TopicIn(Strict):
    topic: str
    title: str
    detail: str = ""


class DecisionIn(Strict):
    text: str
    unit: int
    due_on: date | None = None
    item: int | None = None


class MinutesIn(Strict):
    version: int
    chair: str
    present: list[int]
    absent: str = ""
    summary: str = ""
    conclusions: dict[int, str] = {}
    decisions: list[DecisionIn] = []


class DecisionOut(Schema):
    id: int
    meeting_id: int
    item_id: int | None
    text: str
    unit_id: int
    due_on: date | None
    done_at: datetime | None


class NoteIn(Strict):
    note: str


class BackIn(Strict):
    back: bool = False


class SystemIn(Strict):
    name: str
    purpose: str = ""


class AdvanceIn(Strict):
    version: int
    stage: str
    happened_on: date
    note: str
    lead: int | None = None
    indicator: str = ""


class EvidenceIn(Strict):
    line: str
    happened_on: date
    text: str


class DeskReasonIn(Strict):
    reason: str


def _ticket(scene: Scene, pk: int) -> Ticket:
    return fetch(queries.visible_tickets(scene), pk=pk)


def _unit(scene: Scene, pk: int) -> Unit:
    found: Unit = fetch(Unit.objects.filter(pk__in=[u.pk for u in scene.units]), pk=pk)
    return found


@router.get("/tickets", response=list[TicketOut])
def ticket_list(request: HttpRequest) -> Any:
    return queries.visible_tickets(desk(request))


@router.post("/tickets", response=TicketOut)
def raise_ticket(request: HttpRequest, data: TicketIn) -> Ticket:
    scene = desk(request)
    return tickets.raise_ticket(scene.actor, scene.installation, ticket=tickets.TicketIn(**data.dict()))


@router.get("/tickets/{pk}", response=TicketOut)
def ticket(request: HttpRequest, pk: int) -> Ticket:
    return _ticket(desk(request), pk)


@router.post("/tickets/{pk}/route", response=TicketOut)
def route(request: HttpRequest, pk: int, data: RouteIn) -> Ticket:
    scene = desk(request)
    handler = _unit(scene, data.handler)
    return tickets.route(
        scene.actor, _ticket(scene, pk), version=data.version, handler=handler, note=data.note
    )


@router.post("/tickets/{pk}/answer", response=TicketOut)
def answer(request: HttpRequest, pk: int, data: TextIn) -> Ticket:
    scene = desk(request)
    return tickets.answer(scene.actor, _ticket(scene, pk), **data.dict())


@router.post("/tickets/{pk}/refuse", response=TicketOut)
def refuse(request: HttpRequest, pk: int, data: TextIn) -> Ticket:
    scene = desk(request)
    return tickets.refuse(scene.actor, _ticket(scene, pk), **data.dict())


@router.post("/tickets/{pk}/escalate", response=TicketOut)
def escalate(request: HttpRequest, pk: int, data: TextIn) -> Ticket:
    scene = desk(request)
    return tickets.escalate(scene.actor, _ticket(scene, pk), version=data.version, reason=data.text)


@router.post("/tickets/{pk}/reopen", response=TicketOut)
def reopen(request: HttpRequest, pk: int, data: TextIn) -> Ticket:
    scene = desk(request)
    return tickets.reopen(scene.actor, _ticket(scene, pk), version=data.version, reason=data.text)


@router.post("/tickets/{pk}/rate", response=TicketOut)
def rate(request: HttpRequest, pk: int, data: RateIn) -> Ticket:
    scene = desk(request)
    return tickets.rate(scene.actor, _ticket(scene, pk), **data.dict())


@router.post("/tickets/{pk}/close", response=TicketOut)
def close(request: HttpRequest, pk: int, data: IndicatorVersionIn) -> Ticket:
    scene = desk(request)
    return tickets.close(scene.actor, _ticket(scene, pk), version=data.version)


@router.post("/templates", response=IdOut)
def save_template(request: HttpRequest, data: TemplateIn) -> Any:
    scene = desk(request)
    made: AnswerTemplate = registry.save_template(scene.actor, scene.installation, **data.dict())
    return {"id": made.pk}


@router.get("/meetings", response=list[MeetingOut])
def meeting_list(request: HttpRequest) -> Any:
    return queries.visible_meetings(desk(request))


@router.post("/meetings", response=MeetingOut)
def call(request: HttpRequest, data: MeetingIn) -> Meeting:
    scene = desk(request)
    return meetings.call(scene.actor, scene.installation, **data.dict())


@router.post("/meetings/{pk}/collect", response=MeetingOut)
def collect(request: HttpRequest, pk: int, data: IndicatorVersionIn) -> Meeting:
    scene = desk(request)
    return meetings.collect(scene.actor, _meeting(scene, pk), version=data.version)


@router.post("/meetings/{pk}/topic", response=IdOut)
def topic(request: HttpRequest, pk: int, data: TopicIn) -> Any:
    scene = desk(request)
    rows = Meeting.objects.filter(installation=scene.installation).select_related("installation")
    made = meetings.add_topic(scene.actor, fetch(rows, pk=pk), **data.dict())
    return {"id": made.pk}


@router.post("/topics/{pk}/drop", response=IdOut)
def drop(request: HttpRequest, pk: int, data: BackIn) -> Any:
    scene = desk(request)
    item = fetch(AgendaItem.objects.filter(meeting__in=queries.visible_meetings(scene)), pk=pk)
    return {"id": meetings.drop(scene.actor, item, back=data.back).pk}


@router.post("/meetings/{pk}/minute", response=MeetingOut)
def minute(request: HttpRequest, pk: int, data: MinutesIn) -> Meeting:
    scene = desk(request)
    meeting = _meeting(scene, pk)
    given = [
        meetings.DecisionIn(
            d.text,
            _unit(scene, d.unit),
            d.due_on,
            fetch(AgendaItem.objects.filter(meeting=meeting), pk=d.item) if d.item else None,
        )
        for d in data.decisions
    ]
    tree = scene.installation.unit.descendants(include_self=True)
    return meetings.minute(
        scene.actor,
        meeting,
        version=data.version,
        chair=data.chair,
        present=list(Person.objects.filter(pk__in=data.present, unit__in=tree)),
        absent=data.absent,
        summary=data.summary,
        conclusions=data.conclusions,
        decisions=given,
    )


@router.post("/meetings/{pk}/report", response=MeetingOut)
def report(request: HttpRequest, pk: int, data: IndicatorVersionIn) -> Meeting:
    scene = desk(request)
    return meetings.report(scene.actor, _meeting(scene, pk), version=data.version)


@router.post("/meetings/{pk}/cancel", response=MeetingOut)
def cancel(request: HttpRequest, pk: int, data: TextIn) -> Meeting:
    scene = desk(request)
    return meetings.cancel(scene.actor, _meeting(scene, pk), version=data.version, reason=data.text)


@router.get("/decisions", response=list[DecisionOut])
def decisions(request: HttpRequest) -> Any:
    return queries.visible_decisions(desk(request))


@router.post("/decisions/{pk}/done", response=DecisionOut)
def fulfil(request: HttpRequest, pk: int, data: NoteIn) -> Decision:
    scene = desk(request)
    return meetings.fulfil(scene.actor, fetch(queries.visible_decisions(scene), pk=pk), note=data.note)


@router.post("/systems", response=IdOut)
def register_system(request: HttpRequest, data: SystemIn) -> Any:
    scene = desk(request)
    return {"id": registry.register_system(scene.actor, scene.installation, **data.dict()).pk}


@router.post("/systems/{pk}/advance", response=IdOut)
def advance(request: HttpRequest, pk: int, data: AdvanceIn) -> Any:
    scene = desk(request)
    fields = data.dict() | {"lead": _unit(scene, data.lead) if data.lead else None}
    made: System = registry.advance(scene.actor, fetch(queries.systems(scene), pk=pk), **fields)
    return {"id": made.pk, "state": made.stage}


@router.get("/checklist/{year}")
def checklist(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    scene = desk(request)
    return [
        {"line": x.key, "title": x.title, "lead": x.lead, "done": [e.text for e in x.done]}
        for x in lines(scene, year)
    ]


@router.post("/checklist", response=IdOut)
def record_evidence(request: HttpRequest, data: EvidenceIn) -> Any:
    scene = desk(request)
    return {"id": registry.record_evidence(scene.actor, scene.installation, **data.dict()).pk}


@router.post("/checklist/{pk}/withdraw", response=IdOut)
def withdraw_evidence(request: HttpRequest, pk: int, data: DeskReasonIn) -> Any:
    scene = desk(request)
    found = fetch(Evidence.objects.filter(installation=scene.installation), pk=pk)
    return {"id": registry.withdraw_evidence(scene.actor, found, reason=data.reason).pk}


def _meeting(scene: Scene, pk: int) -> Meeting:
    return fetch(queries.visible_meetings(scene), pk=pk)


class RequireIn(Strict):
    systems: list[str]


class SkillIn(Strict):
    system: str
    people: list[int]
    way: str
    happened_on: date
    note: str


class SkillOut(Schema):
    id: int
    person_id: int
    system: str
    way: str
    happened_on: date
    note: str


class SkillBoardOut(Schema):
    unit: int
    systems: list[str]
    needed: int
    there: int
    skills: list[SkillOut]


def _skill_unit(scene: Scene, pk: int) -> Unit:
    found: Unit = fetch(Unit.objects.filter(pk__in=[u.pk for u in queries.skill_units(scene)]), pk=pk)
    return found


@router.get("/skills/{unit}", response=SkillBoardOut)
def skill_board(request: HttpRequest, unit: int) -> dict[str, Any]:
    """Who of a unit masters the systems its posts need."""
    scene = desk(request)
    found = board(scene, _skill_unit(scene, unit))
    entries = [skill for _, row in found.rows for _, skill in row if skill is not None]
    return {
        "unit": unit, "systems": list(found.systems), "needed": found.needed, "there": found.there,
        "skills": entries,
    }  # fmt: skip


@router.post("/skills/{unit}/required", response=list[str])
def require_systems(request: HttpRequest, unit: int, data: RequireIn) -> list[str]:
    scene = desk(request)
    found = _skill_unit(scene, unit)
    skills.require_systems(scene.actor, scene.installation, unit=found, systems=data.systems)
    return list(board(scene, found).systems)


@router.post("/skills/{unit}", response=list[SkillOut])
def record_skill(request: HttpRequest, unit: int, data: SkillIn) -> Any:
    scene = desk(request)
    found = _skill_unit(scene, unit)
    fields = data.dict() | {"people": list(Person.objects.filter(pk__in=data.people, unit=found))}
    return skills.record_skill(scene.actor, scene.installation, unit=found, **fields)


@router.post("/skills/entries/{pk}/withdraw", response=IdOut)
def withdraw_skill(request: HttpRequest, pk: int, data: DeskReasonIn) -> Any:
    scene = desk(request)
    rows = Skill.objects.filter(installation=scene.installation, unit__in=queries.skill_units(scene))
    return {"id": skills.withdraw_skill(scene.actor, fetch(rows, pk=pk), reason=data.reason).pk}
