"""API operations of this app; each calls an act or a query."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.duties.acts.record import Record, people_of, record_fulfilment, withdraw_fulfilment
from hengjian.apps.duties.acts.zero import sign_zero
from hengjian.apps.duties.kept import owed
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.overview import overview_of
from hengjian.apps.duties.plans.api import router as plans
from hengjian.apps.duties.registers import post_duties, seats_of, yearly_results
from hengjian.apps.duties.roster.api import router as roster
from hengjian.apps.duties.views.registers import readable
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation

router = Router(tags=["duties"])
router.add_router("", plans)
router.add_router("", roster)


class RecordIn(Schema):
    installation: int
    clause: str
    title: str
    happened_on: date
    place: str = ""
    minutes: str = ""
    attendees: list[int] = []


class WithdrawalIn(Schema):
    reason: str


class ZeroIn(Schema):
    installation: int
    unit: int
    clause: str
    period: str


@router.get("/inbox", url_name="duties_inbox", summary="我的待办")
def inbox(request: HttpRequest) -> list[dict[str, Any]]:
    shown = []
    actor = actor_of(request)
    for row in owed(Look(actor, actor.at)):
        fields = asdict(row)
        fields.pop("remind")
        fields.pop("mail_title")
        shown.append(fields)
    return shown


@router.get("/registers", url_name="duties_registers", summary="履职登记")
def registers(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    look = Look(actor, actor.at)
    shown: list[dict[str, Any]] = []
    for governed in look.governed:
        for duty, result in yearly_results(governed, look.local):
            shown.append(
                {
                    "installation": governed.installation.pk,
                    "clause": governed.pack.full_id(duty),
                    "articles": duty.articles,
                    "period": str(result.period),
                    "needed": result.needed,
                    "done": result.done,
                    "words": result.words,
                }
            )
        for post in post_duties(governed):
            for seat in seats_of(governed, post):
                shown.append(
                    {
                        "installation": governed.installation.pk,
                        "clause": governed.pack.full_id(post),
                        "articles": post.articles,
                        "unit": seat.unit.pk,
                        "holders": [holder.name for holder in seat.main],
                        "substitutes": [holder.name for holder in seat.substitutes],
                        "words": seat.result.words,
                    }
                )
    return shown


@router.get("/overview", url_name="duties_overview", summary="部门情况")
def overview(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    actor.require(Right.POINTS_READ_ALL)
    look = Look(actor, actor.at)
    return [
        {
            "unit": line.unit.pk,
            "name": str(line.unit),
            "month": line.month,
            "year": line.year,
            "quotas": [result.words for result in line.quotas],
            "in_review": line.in_review,
            "returned": line.returned,
            "filed": line.filed,
            "vacant": line.vacant,
        }
        for governed in look.governed
        for line in overview_of(look, governed).lines
    ]


@router.post("/registers/entries", url_name="duties_record", summary="登记履职事项")
def record(request: HttpRequest, body: RecordIn) -> dict[str, int]:
    made = record_fulfilment(
        actor_of(request),
        installation=_installation(request, body.installation),
        clause=body.clause,
        record=Record(
            title=body.title,
            happened_on=body.happened_on,
            place=body.place,
            minutes=body.minutes,
            attendees=people_of(body.attendees),
        ),
    )
    return {"id": made.pk}


@router.post("/registers/entries/{pk}/withdraw", url_name="duties_withdraw", summary="撤销履职登记")
def withdraw(request: HttpRequest, pk: int, body: WithdrawalIn) -> dict[str, int]:
    found = fetch(readable(actor_of(request)), pk=pk)
    return {"id": withdraw_fulfilment(actor_of(request), found, reason=body.reason).pk}


@router.post("/zero", url_name="duties_zero", summary="签报本期无情况")
def zero(request: HttpRequest, body: ZeroIn) -> dict[str, int]:
    actor = actor_of(request)
    unit = fetch(Unit.objects.filter(pk__in=actor.units(Right.ITEM_FILE)), pk=body.unit)
    installation = _installation(request, body.installation)
    made = sign_zero(actor, installation=installation, unit=unit, clause=body.clause, period=body.period)
    return {"id": made.pk}


def _installation(request: HttpRequest, pk: int) -> Installation:
    """Only a regulation that governs a unit of the actor; others are not there."""
    actor = actor_of(request)
    look = Look(actor, actor.at)
    found = next((g.installation for g in look.governed if g.installation.pk == pk), None)
    if found is None:
        raise Missing("没有这个制度，或者您无权查看。")
    return found
