"""API operations of the reading room."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, StringConstraints

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.queries import managed_units
from hengjian.apps.org.roles import Right
from hengjian.apps.regs import queries, room
from hengjian.apps.regs.acts import install as installing
from hengjian.apps.regs.acts.readings import decide as decide_reading
from hengjian.apps.regs.models import Installation
from hengjian.policy import Pack, value_rows
from hengjian.policy.coverage import coverage as covered

router = Router(tags=["regs"])


class In(Schema):
    model_config = ConfigDict(extra="forbid")


class ReadingDecisionIn(In):
    option: str
    decided_by: Annotated[str, StringConstraints(max_length=100)]
    document: Annotated[str, StringConstraints(max_length=200)]
    effective_from: date


class RedateIn(In):
    in_force_from: date
    evidence: Annotated[str, StringConstraints(max_length=200)]


class InstallIn(RedateIn):
    pack: str
    unit: int
    competent_unit: int | None = None


class Installed(Schema):
    id: int


def _open(request: HttpRequest, pk: int) -> tuple[Installation, Pack]:
    actor = actor_of(request)
    installation = fetch(queries.visible_installations(actor), pk=pk)
    return installation, queries.pack_for(installation, actor.at)


@router.get("installations")
def installations(request: HttpRequest) -> list[dict[str, Any]]:
    names = ("id", "pack", "unit_id", "competent_unit_id", "in_force_from", "evidence", "digest")
    return [{n: getattr(i, n) for n in names} for i in queries.visible_installations(actor_of(request))]


@router.get("installations/{pk}/articles")
def articles(request: HttpRequest, pk: int, q: str = "") -> list[dict[str, Any]]:
    _, pack = _open(request, pk)
    wanted = {article.article for article in room.search(pack, q)}
    rows = [row for row in covered(pack) if row.article in wanted]
    return [
        {"article": r.article, "gist": r.gist, "clauses": list(r.clauses), "statement": r.statement}
        for r in rows
    ]


@router.get("installations/{pk}/articles/{number}")
def article(request: HttpRequest, pk: int, number: str) -> dict[str, Any]:
    _, pack = _open(request, pk)
    found = next((a for a in pack.articles if a.article == number), None)
    if found is None:
        raise Missing("没有这一条。")
    clauses = [c.model_dump(mode="json", by_alias=True) for c in pack.clauses_for(number)]
    return {"article": number, "gist": found.gist, "statement": found.statement, "clauses": clauses}


@router.get("installations/{pk}/readings")
def readings(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    installation, pack = _open(request, pk)
    return [
        {
            "reading": q.id,
            "question": pack.readings[q.id].question,
            "options": {key: option.title for key, option in pack.readings[q.id].options.items()},
            "chosen": q.chosen,
            "open": q.open,
            "decisions": [
                {"option": d.option, "from": d.effective_from, "by": d.decided_by, "document": d.document}
                for d in q.decisions
            ],
        }
        for q in queries.questions(installation, actor_of(request).at)
    ]


@router.get("installations/{pk}/values")
def values(request: HttpRequest, pk: int, known: date | None = None) -> list[dict[str, str]]:
    _, pack = _open(request, pk)
    return value_rows(pack.params, known)


@router.get("installations/{pk}/findings")
def findings(request: HttpRequest, pk: int) -> list[dict[str, str]]:
    _, pack = _open(request, pk)
    return [{"code": row.code, "where": row.where, "message": row.message} for row in room.findings(pack)]


def _managed(request: HttpRequest, pk: int) -> Installation:
    actor = actor_of(request)
    actor.require(Right.REGS_MANAGE)
    return fetch(queries.managed_installations(actor), pk=pk)


@router.post("installations/{pk}/readings/{reading}/decide", response=Installed)
def decide(request: HttpRequest, pk: int, reading: str, data: ReadingDecisionIn) -> Any:
    return decide_reading(actor_of(request), _managed(request, pk), reading=reading, **data.dict())


@router.post("installations/{pk}/redate", response=Installed)
def redate(request: HttpRequest, pk: int, data: RedateIn) -> Any:
    return installing.redate(actor_of(request), _managed(request, pk), **data.dict())


@router.post("installations/{pk}/accept", response=Installed)
def accept(request: HttpRequest, pk: int) -> Any:
    return installing.accept_version(actor_of(request), _managed(request, pk))


@router.post("installations", response=Installed)
def install(request: HttpRequest, data: InstallIn) -> Any:
    actor = actor_of(request)
    actor.require(Right.REGS_MANAGE)
    units = managed_units(actor, Right.REGS_MANAGE)
    fields = data.dict()
    competent = fields.pop("competent_unit")
    return installing.install(
        actor,
        fetch(units, pk=fields.pop("unit")),
        competent_unit=fetch(units, pk=competent) if competent is not None else None,
        **fields,
    )
