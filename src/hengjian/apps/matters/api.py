"""API operations of this app; each calls an act or a query."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.matters import queries
from hengjian.apps.matters.acts import matter as acts
from hengjian.apps.matters.acts.progress import link, undo
from hengjian.apps.matters.models import Progress
from hengjian.apps.matters.views import assignment_of, lines_shown
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant

router = Router(tags=["matters"])


class MatterIn(Schema):
    installation: int
    kind: str = Field(max_length=40)
    title: str = Field(max_length=200)
    happened_at: datetime
    units: list[int]
    client_key: str = Field(max_length=64)
    document: str = Field("", max_length=100)
    summary: str = ""
    long_term: bool = False


class MatterLinkIn(Schema):
    stage: str = Field(max_length=40)
    item: int


class MatterReasonIn(Schema):
    reason: str = Field(max_length=200)


@router.get("/", response=list[dict[str, Any]], summary="督办事项")
def list_matters(request: HttpRequest) -> list[dict[str, Any]]:
    rows = queries.visible_matters(actor_of(request))[:200]
    return [{"id": m.pk, "kind": m.kind, "title": m.title, "happened_at": m.happened_at} for m in rows]


@router.get("/{int:pk}", response=dict[str, Any], summary="一个督办事项")
def read_matter(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    found = fetch(queries.visible_matters(actor), pk=pk)
    return {
        "id": found.pk,
        "title": found.title,
        "kind": found.kind,
        "happened_at": found.happened_at,
        "units": [
            {
                "assignment": line.assignment.pk,
                "unit": line.assignment.unit_id,
                "closed_at": line.assignment.closed_at,
                "clocks": [{"stage": c.stage, "state": c.state, "due_at": c.due_at} for c in line.clocks],
                "reports": [{"id": r.pk, "stage": r.stage, "item": r.item_id} for r in line.reports],
            }
            for line in lines_shown(actor, found)
        ],
    }


@router.post("/", response={201: dict[str, int]}, summary="登记督办事项")
def record(request: HttpRequest, data: MatterIn) -> Status[dict[str, int]]:
    actor = actor_of(request)
    installation = fetch(
        Installation.objects.filter(pk__in=[i.pk for i in queries.manageable(actor)]), pk=data.installation
    )
    values = data.model_dump(exclude={"installation", "units"})
    moment = data.happened_at if data.happened_at.tzinfo else to_instant(data.happened_at)
    units = list(Unit.objects.filter(pk__in=data.units))
    made = acts.record_matter(actor, installation, **{**values, "happened_at": moment, "units": units})
    return Status(201, {"id": made.pk})


@router.post("/{int:pk}/units", response=dict[str, int], summary="增加责任单位")
def add_units(request: HttpRequest, pk: int, data: list[int]) -> dict[str, int]:
    actor = actor_of(request)
    found = fetch(queries.visible_matters(actor), pk=pk)
    return {"id": acts.add_units(actor, found, units=list(Unit.objects.filter(pk__in=data))).pk}


@router.post("/{int:pk}/withdraw", response=dict[str, int], summary="撤销督办事项")
def withdraw(request: HttpRequest, pk: int, data: MatterReasonIn) -> dict[str, int]:
    actor = actor_of(request)
    return {
        "id": acts.withdraw_matter(actor, fetch(queries.visible_matters(actor), pk=pk), reason=data.reason).pk
    }


@router.post("/units/{int:pk}/close", response=dict[str, int], summary="办结督办事项")
def close(request: HttpRequest, pk: int, data: MatterReasonIn) -> dict[str, int]:
    actor = actor_of(request)
    return {"id": acts.close(actor, assignment_of(actor, pk), reason=data.reason).pk}


@router.post("/units/{int:pk}/link", response={201: dict[str, int]}, summary="以信息报告落实情况")
def link_item(request: HttpRequest, pk: int, data: MatterLinkIn) -> Status[dict[str, int]]:
    actor = actor_of(request)
    item = fetch(visible_items(actor), pk=data.item)
    return Status(201, {"id": link(actor, assignment_of(actor, pk), stage=data.stage, item=item).pk})


@router.post("/reports/{int:pk}/undo", response=dict[str, int], summary="取消落实情况的关联")
def undo_link(request: HttpRequest, pk: int, data: MatterReasonIn) -> dict[str, int]:
    actor = actor_of(request)
    rows = Progress.objects.filter(assignment__matter__in=queries.visible_matters(actor).values("pk"))
    return {"id": undo(actor, fetch(rows, pk=pk), reason=data.reason).pk}
