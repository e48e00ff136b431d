"""Plans of a year and how far the units are: the same queries and acts as the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.duties.models import Plan
from hengjian.apps.duties.plans.acts import plan as acts
from hengjian.apps.duties.plans.numbers import tables_of
from hengjian.apps.duties.plans.queries import visible_plans
from hengjian.apps.duties.plans.views import governed_with_plan, table_of
from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right

router = Router(tags=["duties"])


class PlanOut(Schema):
    id: int
    title: str
    table: str
    year: int
    state: str
    version: int


class PlanRowOut(Schema):
    unit: int
    name: str
    numbers: dict[str, int | None]
    source: str
    note: str


class PlanFull(PlanOut):
    rows: list[PlanRowOut]


class PlanIn(Schema):
    year: int


class PlanChangeIn(Schema):
    """``numbers``: unit id → column → number."""

    version: int
    numbers: dict[int, dict[str, int | None]]


class PlanVersionIn(Schema):
    version: int


class PartOut(Schema):
    period: str
    done: int
    needed: int | None
    short: int


class UnitProgressOut(Schema):
    unit: int
    name: str
    parts: list[PartOut]
    year: PartOut | None


@router.get("/plans", response=list[PlanOut], url_name="duties_plans", summary="任务计划")
def plans(request: HttpRequest) -> list[dict[str, Any]]:
    return [_plan(plan) for plan in visible_plans(actor_of(request))]


@router.get("/plans/{pk}", response=PlanFull, url_name="duties_plan", summary="一份任务计划")
def plan(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _full(fetch(visible_plans(actor_of(request)), pk=pk))


@router.post("/plans", response=PlanFull, url_name="duties_plan_draft", summary="拟定任务计划")
def draft(request: HttpRequest, body: PlanIn) -> dict[str, Any]:
    look, governed = governed_with_plan(request)
    table = tables_of(governed.pack)[0]
    return _full(acts.draft(look.actor, governed.installation, table=table, year=body.year))


@router.post("/plans/{pk}/change", response=PlanFull, url_name="duties_plan_change", summary="修改任务计划")
def change(request: HttpRequest, pk: int, body: PlanChangeIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = fetch(visible_plans(actor), pk=pk)
    return _full(acts.change(actor, found, numbers=body.numbers, version=body.version))


@router.post("/plans/{pk}/submit", response=PlanFull, url_name="duties_plan_submit", summary="任务计划送审批")
def submit(request: HttpRequest, pk: int, body: PlanVersionIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _full(acts.submit(actor, fetch(visible_plans(actor), pk=pk), version=body.version))


@router.get("/progress", response=list[UnitProgressOut], url_name="duties_progress", summary="任务进度")
def progress(request: HttpRequest, year: int | None = None) -> list[dict[str, Any]]:
    """Of all units one may read; a department sees itself."""
    actor = actor_of(request)
    if not (actor.has(Right.POINTS_READ_ALL) or actor.has(Right.ITEM_FILE)):
        raise Denied("您的岗位不能查看任务进度。")
    look, governed = governed_with_plan(request)
    return [
        {
            "unit": row.unit.pk,
            "name": row.unit.name,
            "parts": [_part(part) for part in row.parts],
            "year": _part(row.year) if row.year else None,
        }
        for row in table_of(look, governed, year or look.today.year).rows
    ]


def _plan(found: Plan) -> dict[str, Any]:
    return {
        "id": found.pk, "title": str(found), "table": found.table, "year": found.year, "state": found.state,
        "version": found.version,
    }  # fmt: skip


def _full(found: Plan) -> dict[str, Any]:
    rows = found.rows.select_related("unit").order_by("position", "pk")
    return {
        **_plan(found),
        "rows": [
            {
                "unit": row.unit_id, "name": row.unit.name, "numbers": row.numbers, "source": row.source,
                "note": row.note,
            }
            for row in rows
        ],
    }  # fmt: skip


def _part(result: Any) -> dict[str, Any]:
    return {"period": str(result.period), "done": result.done, "needed": result.needed, "short": result.short}
