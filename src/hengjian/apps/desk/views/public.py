"""Pages for people without an account: ask, look up the answer by its code, say whether it helped."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.desk import guard, queries
from hengjian.apps.desk.acts import tickets
from hengjian.apps.desk.forms import CodeForm, PublicForm, RateForm
from hengjian.apps.desk.models import Ticket
from hengjian.apps.desk.states import can
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, Missing, system_actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.ui.pages import into_form, page

PUBLIC = "公众"


def _actor() -> Actor:
    return system_actor(PUBLIC, timezone.now())


def _open() -> list[Scene]:
    """The courts that take problems from outside."""
    actor = _actor()
    scenes = (
        Scene(i, actor) for i in Installation.objects.select_related("unit").order_by("unit__position", "pk")
    )
    return [scene for scene in scenes if queries.has_desk(scene)]


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    scenes = _open()
    if len(scenes) == 1:
        return redirect("desk:ask", scenes[0].installation.unit.code)
    return page(request, "desk/public_start.html", {"scenes": scenes, "code_form": CodeForm()})


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, unit: str) -> HttpResponse:
    scene = next((s for s in _open() if s.installation.unit.code == unit), None)
    if scene is None:
        raise Missing("没有这个法院的受理页面。")
    now = scene.actor.at
    if request.method != "POST":
        form = PublicForm(scene=scene, initial={"stamp": guard.ticket_stamp(now), "origin": "public"})
        return page(request, "desk/public_ask.html", {"scene": scene, "form": form, "code_form": CodeForm()})
    form = PublicForm(request.POST, scene=scene)
    limited = False
    if form.is_valid():
        with into_form(form):
            try:
                return redirect("desk:follow", _take(request, scene, dict(form.cleaned_data)).code)
            except guard.TooMany:
                limited = True
                raise
    context = {"scene": scene, "form": form, "code_form": CodeForm()}
    answer = page(request, "desk/public_ask.html", context, form=form)
    if limited:
        answer.status_code = 429
        answer["Retry-After"] = "3600"
    return answer


def _take(request: HttpRequest, scene: Scene, data: dict[str, Any]) -> Ticket:
    stamp, trap, address = data.pop("stamp"), data.pop("website"), guard.address_of(request)
    text = f"{data['title']} {data['body']}"
    guard.check(stamp=stamp, trap=trap, text=text, address=address, now=scene.actor.at)
    wanted = tickets.TicketIn(**data, channel=Ticket.Channel.WEB, address_hash=address)
    return tickets.raise_ticket(scene.actor, scene.installation, ticket=wanted)


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET)
    code = form.cleaned_data["code"].strip() if form.is_valid() else ""
    if code and Ticket.objects.filter(code=code).exists():
        return redirect("desk:follow", code)
    form.add_error("code", "没有这个查询码，请核对大小写。")
    return page(request, "desk/public_start.html", {"scenes": _open(), "code_form": form}, form=form)


@require_GET
def follow(request: HttpRequest, code: str) -> HttpResponse:
    return _follow(request, _by_code(code))


def _by_code(code: str) -> Ticket:
    found = Ticket.objects.filter(code=code).select_related("installation__unit", "handler").first()
    if found is None:
        raise Missing("没有这个查询码，请核对。")
    return found


def _follow(request: HttpRequest, found: Ticket, form: RateForm | None = None) -> HttpResponse:
    scene = Scene(found.installation, _actor())
    rate = can(found, "rate") and found.stars is None
    context = {
        "ticket": found,
        "court": found.installation.unit,
        "kind": queries.words(scene, "ticket_kind").get(found.kind, found.kind),
        "waited": queries.waited(found, scene.actor.at),
        "steps": found.steps.filter(shown=True),
        "form": form or (RateForm(initial={"version": found.version}) if rate else None),
    }
    answer = page(request, "desk/public_follow.html", context, form=form)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"  # the code never leaves; a stricter one would break the form
    return answer


@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    found = _by_code(code)
    form = RateForm(request.POST)
    if form.is_valid():
        with into_form(form):
            tickets.rate(_actor(), found, **form.cleaned_data)
            return redirect("desk:follow", code)
    return _follow(request, found, form)
