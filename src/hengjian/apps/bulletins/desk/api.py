"""API of the desk: adoptions, instructions, faults and editions; the same acts and queries as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hengjian.apps.bulletins.desk import queries
from hengjian.apps.bulletins.desk.acts import edition as editing
from hengjian.apps.bulletins.desk.acts import fault as faults
from hengjian.apps.bulletins.desk.acts.outside import (
    record_adoption,
    record_instruction,
    withdraw_recorded,
)
from hengjian.apps.bulletins.desk.permit import instructs
from hengjian.apps.bulletins.desk.silence import violation_place
from hengjian.apps.bulletins.items.context import open_item
from hengjian.apps.bulletins.items.schemas import In, Moment
from hengjian.apps.bulletins.models import Edition, FaultCase
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right

router = Router(tags=["desk"])
MOST = 500


class WhyIn(In):
    reason: str


class AdoptionIn(In):
    tier: str = Field(max_length=24)
    publication: str = Field(max_length=100)
    happened_at: Moment
    note: str = ""
    carrier: str = ""
    client_key: str = ""


class InstructionIn(In):
    level: str = Field(max_length=24)
    system: str = Field(max_length=24)
    leader: str = Field(max_length=60)
    happened_at: Moment
    note: str = ""
    client_key: str = ""


class ViolationIn(In):
    unit: int
    kind: str = Field(max_length=24)
    description: str
    happened_at: Moment
    severity: str = ""


class FaultIn(ViolationIn):
    n: int = 1
    sent_up: bool = False
    revision: int | None = None


class FaultReplyIn(In):
    text: str


class VerdictIn(In):
    confirmed: bool
    reason: str
    unanswered: bool = False


class FaultOut(Schema):
    id: int
    item: int | None
    unit: int
    kind: str
    value: str
    n: int
    sent_up: bool
    happened_at: datetime
    description: str
    reply: str
    state: str
    reason: str
    fact: int | None


class OpenEditionIn(In):
    outlet: str = Field(max_length=24)
    recipients: list[str] = []


class PutIn(In):
    item: int
    section: str = ""


class TakeIn(In):
    item: int


class OrderIn(In):
    order: list[int]
    version: int


class IssueIn(In):
    version: int


class EditionOut(Schema):
    id: int
    outlet: str
    period: str
    number: int | None
    state: str
    version: int
    entries: list[int]


def _fault(row: FaultCase) -> dict[str, Any]:
    names = ("kind", "value", "n", "sent_up", "happened_at", "description", "reply", "state", "reason")
    keys = {"id": row.pk, "item": row.item_id, "unit": row.unit_id, "fact": row.fact_id}
    return keys | {name: getattr(row, name) for name in names}


def _edition(row: Edition) -> dict[str, Any]:
    names = ("outlet", "period", "number", "state", "version")
    entries = [entry.pk for entry in sorted(row.entries.all(), key=lambda entry: entry.position)]
    return {"id": row.pk, "entries": entries} | {name: getattr(row, name) for name in names}


def _unit_under(root: Unit, pk: int) -> Unit:
    found: Unit = fetch(root.descendants(include_self=True), pk=pk)
    return found


@router.post("/items/{int:pk}/adoptions", response={201: dict[str, int]}, summary="登记采用")
def adopt(request: HttpRequest, pk: int, data: AdoptionIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    return Status(201, {"fact": record_adoption(opened.actor, opened.item, **data.model_dump()).pk})


@router.post("/items/{int:pk}/instructions", response={201: dict[str, int]}, summary="登记批示")
def instruct(request: HttpRequest, pk: int, data: InstructionIn) -> Status[dict[str, int]]:
    opened = open_item(request, pk)
    if not instructs(opened.pack):
        raise Missing("本单位的制度没有登记批示一项。")
    return Status(201, {"fact": record_instruction(opened.actor, opened.item, **data.model_dump()).pk})


@router.post("/facts/{int:pk}/withdraw", response=dict[str, int], summary="撤销采用或批示的登记")
def withdraw(request: HttpRequest, pk: int, data: WhyIn) -> dict[str, int]:
    actor = actor_of(request)
    fact = fetch(queries.recorded_facts(actor), pk=pk)
    return {"fact": withdraw_recorded(actor, fact, reason=data.reason).pk}


@router.get("/faults", response=list[FaultOut], summary="差错和违反情形")
def list_faults(request: HttpRequest, state: str = "") -> list[dict[str, Any]]:
    rows = queries.visible_faults(actor_of(request))
    return [_fault(row) for row in (rows.filter(state=state) if state else rows)[:MOST]]


@router.post("/items/{int:pk}/faults", response={201: FaultOut}, summary="提出差错")
def propose_fault(request: HttpRequest, pk: int, data: FaultIn) -> Status[dict[str, Any]]:
    opened = open_item(request, pk)
    opened.actor.require(Right.FAULT_PROPOSE, opened.item.installation.unit_id)
    values = data.model_dump()
    values["unit"] = _unit_under(opened.item.installation.unit, data.unit)
    if data.revision is not None:
        values["revision"] = fetch(opened.item.revisions.all(), pk=data.revision)
    return Status(201, _fault(faults.propose_fault(opened.actor, opened.item, **values)))


@router.post("/faults", response={201: FaultOut}, summary="提出没有稿件的违反情形")
def propose_violation(request: HttpRequest, data: ViolationIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    place = violation_place(actor)
    values = data.model_dump() | {"unit": _unit_under(place.unit, data.unit)}
    return Status(201, _fault(faults.propose_violation(actor, place, **values)))


@router.post("/faults/{int:pk}/reply", response=FaultOut, summary="对差错作出申辩")
def reply(request: HttpRequest, pk: int, data: FaultReplyIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_faults(actor), pk=pk)
    faults.reply_fault(actor, row, text=data.text)
    row.refresh_from_db()
    return _fault(row)


@router.post("/faults/{int:pk}/decide", response=FaultOut, summary="认定差错")
def decide(request: HttpRequest, pk: int, data: VerdictIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_faults(actor), pk=pk)
    return _fault(faults.decide_fault(actor, row, **data.model_dump()))


@router.post("/faults/{int:pk}/withdraw", response=dict[str, int], summary="撤销差错认定")
def withdraw_fault(request: HttpRequest, pk: int, data: WhyIn) -> dict[str, int]:
    actor = actor_of(request)
    row = fetch(queries.visible_faults(actor), pk=pk)
    return {"fact": faults.withdraw_fault(actor, row, reason=data.reason).pk}


@router.get("/editions", response=list[EditionOut], summary="刊物")
def list_editions(request: HttpRequest) -> list[dict[str, Any]]:
    rows = queries.visible_editions(actor_of(request)).prefetch_related("entries")
    return [_edition(row) for row in rows.order_by("-pk")[:100]]


@router.post("/editions", response={201: EditionOut}, summary="新开一期")
def open_edition(request: HttpRequest, data: OpenEditionIn) -> Status[dict[str, Any]]:
    actor = actor_of(request)
    place = queries.installations_of(actor, Right.EDITION_MANAGE).first()
    if place is None:
        raise Missing("您的岗位不编刊物。")
    return Status(201, _edition(editing.open_edition(actor, place, **data.model_dump())))


@router.post("/editions/{int:pk}/items", response=EditionOut, summary="编入刊物")
def put_item(request: HttpRequest, pk: int, data: PutIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    editing.put_item(actor, row, fetch(visible_items(actor), pk=data.item), section=data.section)
    return _again(row)


@router.post("/editions/{int:pk}/items/take", response=EditionOut, summary="撤出刊物")
def take_item(request: HttpRequest, pk: int, data: TakeIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    editing.take_item(actor, row, fetch(visible_items(actor), pk=data.item))
    return _again(row)


@router.post("/editions/{int:pk}/order", response=EditionOut, summary="调整篇目顺序")
def order(request: HttpRequest, pk: int, data: OrderIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    editing.arrange(actor, row, **data.model_dump())
    return _again(row)


@router.post("/editions/{int:pk}/issue", response=EditionOut, summary="印发刊物")
def issue(request: HttpRequest, pk: int, data: IssueIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    return _edition(editing.issue(actor, row, version=data.version))


@router.post("/editions/{int:pk}/recall", response=EditionOut, summary="撤回已印发的刊物")
def recall(request: HttpRequest, pk: int, data: WhyIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    return _edition(editing.recall(actor, row, reason=data.reason))


@router.post("/editions/{int:pk}/skip", response=EditionOut, summary="本期停编")
def skip(request: HttpRequest, pk: int, data: WhyIn) -> dict[str, Any]:
    actor = actor_of(request)
    row = fetch(queries.visible_editions(actor), pk=pk)
    editing.skip(actor, row, reason=data.reason)
    return _again(row)


def _again(row: Edition) -> dict[str, Any]:
    row.refresh_from_db()
    return _edition(row)
