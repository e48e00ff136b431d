"""The list of appraised units and its changes: the same queries and acts as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.duties.models import RosterChange
from hengjian.apps.duties.roster.acts import change as acts
from hengjian.apps.duties.roster.queries import candidates, entries, visible_changes
from hengjian.apps.duties.roster.views import governed_with_roster
from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right

router = Router(tags=["duties"])


class RosterEntryOut(Schema):
    unit: int
    name: str
    key: str
    label: str
    since: date
    until: date | None


class RosterRowOut(Schema):
    unit: int
    was: str
    key: str
    since: date
    until: date | None


class RosterChangeOut(Schema):
    id: int
    reason: str
    state: str
    version: int
    rows: list[RosterRowOut]


class RosterProposeIn(Schema):
    reason: str
    client_key: str


class RosterRowIn(Schema):
    """``key``: a class of the regulation; empty: off the list."""

    unit: int
    key: str
    since: date
    until: date | None = None
    version: int | None = None


class RosterUnitIn(Schema):
    unit: int
    version: int | None = None


class RosterVersionIn(Schema):
    version: int | None = None


@router.get("/roster", response=list[RosterEntryOut], url_name="duties_roster", summary="考评名单")
def roster(request: HttpRequest, day: date | None = None) -> list[dict[str, Any]]:
    actor = actor_of(request)
    if not (actor.has(Right.POINTS_READ_ALL) or actor.has(Right.ITEM_READ_UNIT)):
        raise Denied("您的岗位不能查看考评名单。")
    look, governed = governed_with_roster(request)
    now, _ = entries(governed.installation, governed.pack, day or look.today)
    return [
        {
            "unit": e.unit.pk,
            "name": e.unit.name,
            "key": e.key,
            "label": e.label,
            "since": e.since,
            "until": e.until,
        }
        for e in now
    ]


@router.get("/roster/changes", response=list[RosterChangeOut], summary="名单调整列表")
def changes(request: HttpRequest) -> list[dict[str, Any]]:
    return [_out(row) for row in visible_changes(actor_of(request))[:100]]


@router.post("/roster/changes", response=RosterChangeOut, summary="提出名单调整")
def propose(request: HttpRequest, body: RosterProposeIn) -> dict[str, Any]:
    look, governed = governed_with_roster(request)
    return _out(acts.propose(look.actor, governed.installation, **body.dict()))


@router.get("/roster/changes/{int:pk}", response=RosterChangeOut, summary="一份名单调整")
def change(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _out(fetch(visible_changes(actor_of(request)), pk=pk))


@router.post("/roster/changes/{int:pk}/put", response=RosterChangeOut, summary="名单调整列入单位")
def put(request: HttpRequest, pk: int, body: RosterRowIn) -> dict[str, Any]:
    actor = actor_of(request)
    found = fetch(visible_changes(actor), pk=pk)
    unit = fetch(candidates(found.installation, body.since), pk=body.unit)
    return _out(acts.put_row(actor, found, **{**body.dict(), "unit": unit}))


@router.post("/roster/changes/{int:pk}/drop", response=RosterChangeOut, summary="名单调整去掉单位")
def drop(request: HttpRequest, pk: int, body: RosterUnitIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _out(acts.drop_row(actor, fetch(visible_changes(actor), pk=pk), **body.dict()))


@router.post("/roster/changes/{int:pk}/submit", response=RosterChangeOut, summary="名单调整送审批")
def submit(request: HttpRequest, pk: int, body: RosterVersionIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _out(acts.submit(actor, fetch(visible_changes(actor), pk=pk), version=body.version))


@router.post("/roster/changes/{int:pk}/discard", response=RosterChangeOut, summary="作废名单调整")
def discard(request: HttpRequest, pk: int, body: RosterVersionIn) -> dict[str, Any]:
    actor = actor_of(request)
    return _out(acts.discard(actor, fetch(visible_changes(actor), pk=pk), version=body.version))


def _out(found: RosterChange) -> dict[str, Any]:
    return {
        "id": found.pk,
        "reason": found.reason,
        "state": found.state,
        "version": found.version,
        "rows": [
            {"unit": r.unit_id, "was": r.was, "key": r.key, "since": r.since, "until": r.until}
            for r in found.rows.all()
        ],
    }
