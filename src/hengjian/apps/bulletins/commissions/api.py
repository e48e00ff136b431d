"""API of commissions: the same acts as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.bulletins.commissions import queries
from hengjian.apps.bulletins.commissions.acts import department, office
from hengjian.apps.bulletins.commissions.statistics import statistics
from hengjian.apps.bulletins.items.schemas import In, Moment
from hengjian.apps.bulletins.models import Commission
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.regs.queries import visible_installations
from hengjian.base.periods import Period

router = Router(tags=["commissions"])


class CommissionOut(Schema):
    id: int
    number: str
    source: str
    title: str
    brief: str
    category: str
    state: str
    unit: int | None
    asked_at: datetime
    due_at: datetime
    handed_in: datetime | None
    reason: str
    items: list[int]
    version: int


class CommissionFiguresOut(Schema):
    name: str
    asked: int
    accepted: int
    declined: int
    unanswered: int
    kept: int
    late: int
    running: int


class CommissionStatisticsOut(Schema):
    by_unit: list[CommissionFiguresOut]
    by_source: list[CommissionFiguresOut]
    total: CommissionFiguresOut


class RegisterIn(In):
    installation: int
    source: str
    title: str
    brief: str = ""
    category: str = ""
    asked_at: Moment
    due_at: Moment
    client_key: str


class AssignIn(In):
    unit: int
    version: int | None = None


class AnswerIn(In):
    accepted: bool
    reason: str = ""
    version: int | None = None


class CancelIn(In):
    reason: str
    version: int | None = None


class CommissionLinkIn(In):
    item: int


@router.get("/commissions", response=list[CommissionOut], summary="约稿列表")
def list_commissions(request: HttpRequest, state: str = "") -> list[dict[str, Any]]:
    rows = queries.visible_commissions(actor_of(request)).order_by("-due_at", "-pk")
    return [_out(row) for row in (rows.filter(state=state) if state else rows)[:200]]


@router.post("/commissions", response=CommissionOut, summary="登记约稿")
def register(request: HttpRequest, data: RegisterIn) -> dict[str, Any]:
    actor = actor_of(request)
    values = data.dict()
    installation = fetch(visible_installations(actor), pk=values.pop("installation"))
    return _again(request, office.register(actor, installation=installation, **values))


@router.get("/commissions/statistics", response=CommissionStatisticsOut, summary="约稿统计")
def read_statistics(request: HttpRequest, period: str = "") -> Any:
    """Of those asked for in ``period`` (a quarter or a year); without one, of all."""
    return statistics(actor_of(request), Period.parse(period) if period else None)


@router.get("/commissions/{int:pk}", response=CommissionOut, summary="一件约稿")
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _out(_find(request, pk))


@router.post("/commissions/{int:pk}/assign", response=CommissionOut, summary="分配约稿")
def assign(request: HttpRequest, pk: int, data: AssignIn) -> dict[str, Any]:
    row = _find(request, pk)
    unit = fetch(queries.departments(row.installation), pk=data.unit)
    return _again(request, office.assign(actor_of(request), row, unit=unit, version=data.version))


@router.post("/commissions/{int:pk}/answer", response=CommissionOut, summary="答复约稿")
def answer(request: HttpRequest, pk: int, data: AnswerIn) -> dict[str, Any]:
    return _again(request, department.answer(actor_of(request), _find(request, pk), **data.dict()))


@router.post("/commissions/{int:pk}/cancel", response=CommissionOut, summary="取消约稿")
def cancel(request: HttpRequest, pk: int, data: CancelIn) -> dict[str, Any]:
    return _again(request, office.cancel(actor_of(request), _find(request, pk), **data.dict()))


@router.post("/commissions/{int:pk}/items", response=CommissionOut, summary="登记约稿的稿件")
def link(request: HttpRequest, pk: int, data: CommissionLinkIn) -> dict[str, Any]:
    actor, row = actor_of(request), _find(request, pk)
    department.link(actor, row, fetch(visible_items(actor), pk=data.item))
    return _again(request, row)


@router.post(
    "/commissions/{int:pk}/items/{int:item}/remove", response=CommissionOut, summary="撤下约稿的稿件"
)
def unlink(request: HttpRequest, pk: int, item: int) -> dict[str, Any]:
    actor, row = actor_of(request), _find(request, pk)
    department.unlink(actor, row, fetch(visible_items(actor), pk=item))
    return _again(request, row)


def _find(request: HttpRequest, pk: int) -> Commission:
    return fetch(queries.visible_commissions(actor_of(request)), pk=pk)


def _again(request: HttpRequest, row: Commission) -> dict[str, Any]:
    return _out(_find(request, row.pk))


def _out(row: Commission) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in CommissionOut.model_fields if name not in ("unit", "items")}
    return plain | {"unit": row.unit_id, "items": list(row.items.values_list("pk", flat=True))}
