"""API of reporting to the outside. The signatures are operations of ``/api/approvals/``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.bulletins.items.schemas import In, Moment
from hengjian.apps.bulletins.models import Dispatch
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.bulletins.outward.acts.send import mark_sent
from hengjian.apps.bulletins.outward.queries import visible_dispatches
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of

router = Router(tags=["outward"])


class DispatchOut(Schema):
    id: int
    item: int
    way_out: str
    outlet: str
    audience: list[str]
    recipient: str
    reason: str
    unit: int
    state: str
    proposed_at: datetime
    sent_at: datetime | None
    version: int


class ProposeIn(In):
    recipient: str
    audience: list[str] = []
    way_out: str = ""
    reason: str = ""
    client_key: str


class SentIn(In):
    sent_at: Moment
    note: str = ""
    version: int | None = None


@router.get("/outward", response=list[DispatchOut], summary="对外报送台账")
def list_dispatches(request: HttpRequest, state: str = "") -> list[dict[str, Any]]:
    rows = visible_dispatches(actor_of(request)).order_by("-proposed_at", "-pk")
    return [_out(row) for row in (rows.filter(state=state) if state else rows)[:200]]


@router.post("/items/{int:pk}/outward", response=DispatchOut, summary="提请对外报送")
def propose_one(request: HttpRequest, pk: int, data: ProposeIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _out(propose(actor, fetch(visible_items(actor), pk=pk), **data.dict()))


@router.post("/outward/{int:pk}/sent", response=DispatchOut, summary="登记已报出")
def sent(request: HttpRequest, pk: int, data: SentIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _out(mark_sent(actor, fetch(visible_dispatches(actor), pk=pk), **data.dict()))


def _out(row: Dispatch) -> dict[str, Any]:
    row.refresh_from_db()
    plain = {name: getattr(row, name) for name in DispatchOut.model_fields if name not in ("unit", "item")}
    return plain | {"unit": row.unit_id, "item": row.item_id}
