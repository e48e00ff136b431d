"""Judicial suggestions: list, drafting, one suggestion from draft to reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form, IntegerField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics.acts import suggestions as acts
from hengjian.apps.statistics.forms import ReplyForm, SendForm, SuggestionForm, TextForm
from hengjian.apps.statistics.models import Analysis, Suggestion
from hengjian.apps.statistics.scope import Scene, visible_analyses, visible_suggestions
from hengjian.apps.statistics.views.common import place
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local

READ, OFFICE = needs(Right.STATS_READ), needs(Right.STATS_MANAGE)
S = Suggestion.State


@READ
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    shown = Paginator(visible_suggestions(scene.actor), 50).get_page(request.GET.get("page"))
    context = {
        "scene": scene, "installation": scene.installation, "page": shown, "today": to_local(scene.actor.at).date(),
        "may_draft": scene.own_court is not None,
    }  # fmt: skip
    return page(request, "statistics/suggestions.html", context)


@OFFICE
@require_http_methods(["GET", "POST"])
def suggestion_new(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    finished = visible_analyses(scene.actor).filter(state=Analysis.State.FINISHED)
    form = SuggestionForm(request.POST if request.method == "POST" else None, analyses=finished)
    unit = scene.own_court
    if unit is not None and form.is_valid():
        with into_form(form):
            made = acts.draft_suggestion(scene.actor, scene.place, unit, **form.cleaned_data)
            messages.success(request, "已起草，送签后由主要负责人签发。")
            return redirect("statistics:suggestion", made.pk)
    context = {"scene": scene, "installation": scene.installation, "form": form}
    return page(request, "statistics/suggestion_new.html", context, form=form)


@READ
@require_GET
def suggestion(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    return _show(request, scene, fetch(visible_suggestions(scene.actor), pk=pk))


def _show(
    request: HttpRequest, scene: Scene, row: Suggestion, refused: Form | None = None, verb: str = ""
) -> HttpResponse:
    office = scene.manages(row.unit_id)
    waits = office and row.state == S.SENT
    fresh: dict[str, Any] = {}
    if office and row.state == S.SIGNED:
        fresh["send"] = SendForm(initial={"version": row.version})
    if waits:
        fresh["reply"] = ReplyForm(initial={"version": row.version}, auto_id="reply_%s")
        fresh["remind"] = TextForm(
            initial={"version": row.version}, label="怎样催办、对方怎样答复", auto_id="remind_%s"
        )
        fresh["close"] = TextForm(
            initial={"version": row.version}, label="不再等反馈的理由", auto_id="close_%s"
        )
    if refused is not None:
        fresh[verb] = refused
    today = to_local(scene.actor.at).date()
    context = {
        "scene": scene, "installation": scene.installation, "suggestion": row, "office": office, "forms": fresh,
        "late": row.state == S.SENT and row.reply_by is not None and row.reply_by < today,
        "reminders": row.reminders.select_related("by"), "refused": refused,
    }  # fmt: skip
    return page(request, "statistics/suggestion.html", context, form=refused)


@OFFICE
@require_POST
def suggestion_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    row = fetch(visible_suggestions(scene.actor), pk=pk)
    form, run, done = _doing(scene, row, verb, request)
    if form.is_valid():
        with into_form(form):
            run(form.cleaned_data)
            messages.success(request, done)
            return redirect("statistics:suggestion", pk)
    return _show(request, scene, row, form, verb)


class _Version(Form):
    version = IntegerField()


def _doing(
    scene: Scene, row: Suggestion, verb: str, request: HttpRequest
) -> tuple[Form, Callable[[dict[str, Any]], object], str]:
    actor = scene.actor
    if verb == "submit":
        return (
            _Version(request.POST),
            lambda d: acts.submit_suggestion(actor, row, version=d["version"]),
            "已送签。",
        )
    if verb == "send":
        return SendForm(request.POST), lambda d: acts.send_suggestion(actor, row, **d), "已登记送达。"
    if verb == "remind":
        return TextForm(request.POST), lambda d: acts.remind(actor, row, text=d["text"]), "已登记催办。"
    if verb == "reply":
        return (
            ReplyForm(request.POST),
            lambda d: acts.record_reply(actor, row, **(d | {"adopted": d["adopted"] == "yes"})),
            "已登记反馈。",
        )
    if verb == "close":
        return (
            TextForm(request.POST),
            lambda d: acts.close_suggestion(actor, row, why=d["text"], version=d["version"]),
            "已结案。",
        )
    raise Missing("没有这样的办理。")
