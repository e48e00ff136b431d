"""Tickets: the list, raising one, one of them with everything that may be done now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.desk import queries
from hengjian.apps.desk.acts import registry, tickets
from hengjian.apps.desk.forms import (
    AnswerForm,
    FilterForm,
    RateForm,
    ReasonForm,
    RouteForm,
    TemplateForm,
    TicketForm,
)
from hengjian.apps.desk.models import Ticket
from hengjian.apps.desk.origins import said
from hengjian.apps.desk.states import can
from hengjian.apps.desk.views.common import desk, download
from hengjian.apps.desk.workbook import tickets_workbook
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page

NOTED = (Ticket.Channel.PHONE, Ticket.Channel.MAIL)
"""Noted down for somebody who has no login."""
A_PAGE = 40


def _asked(request: HttpRequest, scene: Scene) -> tuple[FilterForm, QuerySet[Ticket]]:
    form = FilterForm(request.GET or None, scene=scene)
    found = queries.visible_tickets(scene)
    data = form.cleaned_data if form.is_valid() else {}
    if data.get("state"):
        found = found.filter(state=data["state"])
    if data.get("kind"):
        found = found.filter(kind=data["kind"])
    if data.get("handler"):
        found = found.filter(handler=data["handler"])
    if text := data.get("text"):
        found = found.filter(Q(title__icontains=text) | Q(body__icontains=text) | Q(number=text))
    return form, found


@require_GET
@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered."""
    scene = desk(request)
    return download(tickets_workbook(scene, _asked(request, scene)[1]), "问题单", "xlsx")


@require_GET
@signed_in
def ticket_list(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    form, found = _asked(request, scene)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    kinds, origins = queries.words(scene, "ticket_kind"), queries.words(scene, "ticket_origin")
    rows = [
        (t, kinds.get(t.kind, t.kind), origins.get(t.origin, t.origin), queries.waited(t, scene.actor.at))
        for t in shown
    ]
    context = {"scene": scene, "form": form, "page": shown, "rows": rows, "numbers": queries.numbers(found)}
    return page(request, "desk/tickets.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    form = TicketForm(request.POST or None, scene=scene)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            made = tickets.raise_ticket(
                scene.actor, scene.installation, ticket=tickets.TicketIn(**form.cleaned_data)
            )
            messages.success(request, f"已提交，编号 {made.number}。")
            if queries.visible_tickets(scene).filter(pk=made.pk).exists():
                return redirect("desk:ticket", made.pk)
            return redirect("desk:tickets")
    return page(request, "desk/ticket_new.html", {"scene": scene, "form": form}, form=form)


@require_GET
@signed_in
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    return _show(request, scene, fetch(queries.visible_tickets(scene), pk=pk))


def _show(
    request: HttpRequest, scene: Scene, found: Ticket, refused: forms.Form | None = None
) -> HttpResponse:
    handling = queries.may_handle(scene, found)
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    person = scene.actor.person
    own = person is not None and found.raised_by_id == person.pk
    doing = {
        "route": office, "answer": handling, "refuse": office, "escalate": handling,
        "reopen": own, "rate": own, "close": office,
    }  # fmt: skip
    may = {verb for verb, allowed in doing.items() if allowed and can(found, verb)}
    initial = {"version": found.version}
    context = {
        "scene": scene,
        "ticket": found,
        "kind": queries.words(scene, "ticket_kind").get(found.kind, found.kind),
        "origin": queries.words(scene, "ticket_origin").get(found.origin, found.origin),
        "waited": queries.waited(found, scene.actor.at),
        "steps": found.steps.all(),
        "may": may,
        "route_form": RouteForm(scene=scene, initial={**initial, "handler": found.handler_id})
        if "route" in may
        else None,
        "answer_form": _again(refused, AnswerForm, initial) if "answer" in may else None,
        "rate_form": _again(refused, RateForm, initial) if "rate" in may else None,
        "discussed": said(scene, [f"ticket:{found.pk}"]),
        "templates": queries.templates(scene).filter(kind__in=("", found.kind)) if "answer" in may else (),
        "refused": refused,
        "sees_contact": handling or own,
        "code": found.code if found.channel in NOTED and (office or own) else "",
    }
    return page(request, "desk/ticket.html", context, form=refused)


def _again(refused: forms.Form | None, kind: type[forms.Form], initial: dict[str, Any]) -> forms.Form:
    """What was refused, with what was typed; else an empty form."""
    return refused if isinstance(refused, kind) else kind(initial=initial)


Run = Callable[[Scene, Ticket, dict[str, Any]], Ticket]
VERBS: dict[str, Run] = {
    "answer": lambda s, t, d: tickets.answer(s.actor, t, version=d["version"], text=d["text"]),
    "refuse": lambda s, t, d: tickets.refuse(s.actor, t, version=d["version"], text=d["text"]),
    "escalate": lambda s, t, d: tickets.escalate(s.actor, t, version=d["version"], reason=d["text"]),
    "reopen": lambda s, t, d: tickets.reopen(s.actor, t, version=d["version"], reason=d["text"]),
    "close": lambda s, t, d: tickets.close(s.actor, t, version=d["version"]),
    "rate": lambda s, t, d: tickets.rate(s.actor, t, version=d["version"], stars=d["stars"], text=d["text"]),
    "route": lambda s, t, d: tickets.route(
        s.actor, t, version=d["version"], handler=d["handler"], note=d["note"]
    ),
}


@require_POST
@signed_in
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = desk(request)
    found = fetch(queries.visible_tickets(scene), pk=pk)
    if verb not in VERBS:
        raise Missing("没有这种办理方式。")
    form: forms.Form
    if verb == "route":
        form = RouteForm(request.POST, scene=scene)
    else:
        form = {"answer": AnswerForm, "rate": RateForm}.get(verb, ReasonForm)(request.POST)
    if form.is_valid():
        with into_form(form):
            row = VERBS[verb](scene, found, form.cleaned_data)
            messages.success(request, f"已办理，现为“{row.get_state_display()}”。")
            return redirect("desk:ticket", pk)
    return _show(request, scene, found, form)


@require_http_methods(["GET", "POST"])
@needs(Right.DESK_MANAGE)
def template_list(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    form = TemplateForm(request.POST or None, scene=scene)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            registry.save_template(scene.actor, scene.installation, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("desk:templates")
    context = {"scene": scene, "form": form, "templates": queries.templates(scene)}
    return page(request, "desk/templates.html", context, form=form)


@require_POST
@needs(Right.DESK_MANAGE)
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    registry.retire_template(scene.actor, fetch(queries.templates(scene), pk=pk))
    messages.success(request, "模板已停用。")
    return redirect("desk:templates")
