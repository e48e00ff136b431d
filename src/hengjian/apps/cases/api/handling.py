"""Weekly bundles and technical problems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.cases.access import visible_bundles, visible_tickets
from hengjian.apps.cases.acts import bundle as bundles
from hengjian.apps.cases.acts import tickets
from hengjian.apps.cases.api.common import Page, Strict, reader, span
from hengjian.apps.cases.models import Bundle, Ticket
from hengjian.apps.cases.views.common import place_of
from hengjian.apps.org.access import Denied, Missing
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right

router = Router()


class BundleOut(Schema):
    id: int
    court_id: int
    week: str
    state: str
    made_at: datetime
    sent_at: datetime | None
    judged_at: datetime | None


class BundleIn(Strict):
    court: int


class CaseTicketOut(Schema):
    id: int
    court_id: int
    holder_id: int
    title: str
    text: str
    state: str
    answer: str
    opened_at: datetime
    solved_at: datetime | None
    version: int


class CaseTicketIn(Strict):
    title: str
    text: str


class CaseTextIn(Strict):
    version: int
    text: str = ""


@router.get("/bundles", response=list[BundleOut])
def bundle_list(request: HttpRequest, page: Page = 1) -> Any:
    return list(visible_bundles(reader(request))[span(page)])


@router.post("/bundles", response=BundleOut)
def bundle_make(request: HttpRequest, data: BundleIn) -> Bundle:
    """Put the open findings of a court into this week's report."""
    actor, dataset, courts = place_of(request)
    court = next((one for one in courts if one.pk == data.court), None)
    if court is None:
        raise Missing("没有这个法院，或者您无权汇总。")
    return bundles.make_bundle(actor, dataset, court)


@router.post("/bundles/{pk}/send", response=BundleOut)
def bundle_send(request: HttpRequest, pk: int) -> Bundle:
    """Hand it to the seats of the flow."""
    actor = actor_of(request)
    row = fetch(visible_bundles(actor).select_related("court", "dataset__installation"), pk=pk)
    return bundles.send_bundle(actor, row)


@router.get("/tickets", response=list[CaseTicketOut])
def ticket_list(request: HttpRequest, page: Page = 1) -> Any:
    return list(visible_tickets(reader(request))[span(page)])


@router.post("/tickets", response=CaseTicketOut)
def ticket_open(request: HttpRequest, data: CaseTicketIn) -> Ticket:
    """A technical problem, to the IT office of the own court."""
    actor, dataset, _ = place_of(request)
    if actor.person is None or not actor.has(Right.CASE_READ):
        raise Denied("技术问题由能看案件信息的人员提出。")
    court = house_of(actor.person.unit)
    return tickets.open_ticket(actor, dataset.installation, court, title=data.title, text=data.text)


@router.get("/tickets/{pk}", response=CaseTicketOut)
def ticket_one(request: HttpRequest, pk: int) -> Any:
    return fetch(visible_tickets(actor_of(request)), pk=pk)


@router.post("/tickets/{pk}/raise", response=CaseTicketOut)
def ticket_raise(request: HttpRequest, pk: int, data: CaseTextIn) -> Ticket:
    """To the court above."""
    actor = actor_of(request)
    row = fetch(visible_tickets(actor), pk=pk)
    return tickets.raise_ticket(actor, row, version=data.version, text=data.text)


@router.post("/tickets/{pk}/solve", response=CaseTicketOut)
def ticket_solve(request: HttpRequest, pk: int, data: CaseTextIn) -> Ticket:
    actor = actor_of(request)
    row = fetch(visible_tickets(actor), pk=pk)
    return tickets.solve_ticket(actor, row, version=data.version, answer=data.text)
