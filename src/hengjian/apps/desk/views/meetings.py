"""Meetings: call, agenda, minutes, report; and the decisions that came of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.desk import queries
from hengjian.apps.desk.acts import meetings as acts
from hengjian.apps.desk.forms import DoneForm, MeetingForm, MinutesForm, ReasonForm, TopicForm
from hengjian.apps.desk.models import AgendaItem, Meeting
from hengjian.apps.desk.origins import origin_of
from hengjian.apps.desk.printing import agenda_document, minutes_document
from hengjian.apps.desk.states import can
from hengjian.apps.desk.views.common import desk, download
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.models import Person
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.times import to_local
from hengjian.documents import render_docx, render_pdf


@require_http_methods(["GET", "POST"])
@signed_in
def meeting_list(request: HttpRequest) -> HttpResponse:
    scene = desk(request)
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    form = MeetingForm(request.POST or None) if office else None
    if request.method == "POST":
        scene.actor.require(Right.DESK_MANAGE, scene.installation.unit_id)
        if form is not None and form.is_valid():
            with into_form(form):
                made = acts.call(scene.actor, scene.installation, **form.cleaned_data)
                messages.success(request, f"{made}已召集，议题已汇集。")
                return redirect("desk:meeting", made.pk)
    found = queries.visible_meetings(scene)[:60]
    today = to_local(scene.actor.at).date()
    undone = queries.visible_decisions(scene).filter(done_at=None)
    context = {"scene": scene, "meetings": found, "form": form, "decisions": undone, "today": today}
    return page(request, "desk/meetings.html", context, form=form)


@require_GET
@signed_in
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    return _show(request, scene, fetch(queries.visible_meetings(scene), pk=pk))


def _people(scene: Scene) -> QuerySet[Person]:
    """Who may sit in a meeting: everybody of the court itself."""
    tree = scene.installation.unit.descendants(include_self=True)
    courts = [u.pk for u in scene.units if u.kind == "court"]
    return Person.objects.filter(active=True, unit__in=tree).exclude(unit__in=courts).select_related("unit")


def _minutes_form(scene: Scene, found: Meeting, data: Any = None) -> MinutesForm:
    items = [(i.pk, f"{n}. {i.title}") for n, i in enumerate(found.items.filter(dropped=False), 1)]
    return MinutesForm(
        data, scene=scene, people=_people(scene), items=items, initial={"version": found.version}
    )


def _show(
    request: HttpRequest,
    scene: Scene,
    found: Meeting,
    *,
    topic_form: TopicForm | None = None,
    minutes_form: MinutesForm | None = None,
    refused: forms.Form | None = None,
) -> HttpResponse:
    office = scene.actor.has(Right.DESK_MANAGE, scene.installation.unit_id)
    brings = can(found, "agenda") and bool(scene.seated(Right.DESK_HANDLE))
    over = found.starts_at <= scene.actor.at
    topics = queries.words(scene, "topic")
    context = {
        "scene": scene,
        "meeting": found,
        "items": [
            (i, topics.get(i.topic, i.topic), origin_of(scene, i), list(i.decisions.all()))
            for i in found.items.select_related("brought_by").prefetch_related("decisions__unit")
        ],
        "decisions": found.decisions.select_related("unit", "done_by", "item"),
        "may": {verb for verb in ("agenda", "cancel", "minute", "report") if office and can(found, verb)},
        "topic_form": topic_form or (TopicForm(scene=scene) if brings else None),
        "minutes_form": minutes_form
        or (_minutes_form(scene, found) if office and over and can(found, "minute") else None),
        "over": over,
        "refused": refused,
        "today": to_local(scene.actor.at).date(),
    }
    return page(request, "desk/meeting.html", context, form=refused or topic_form or minutes_form)


@require_POST
@signed_in
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    found = fetch(
        Meeting.objects.filter(installation=scene.installation).select_related("installation"), pk=pk
    )
    form = TopicForm(request.POST, scene=scene)
    if form.is_valid():
        with into_form(form):
            acts.add_topic(scene.actor, found, **form.cleaned_data)
            messages.success(request, "议题已提出。")
            visible = queries.visible_meetings(scene).filter(pk=pk).exists()
            return redirect("desk:meeting", pk) if visible else redirect("desk:meetings")
    return _show(request, scene, fetch(queries.visible_meetings(scene), pk=pk), topic_form=form)


@require_POST
@needs(Right.DESK_MANAGE)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    item = fetch(AgendaItem.objects.filter(meeting__in=queries.visible_meetings(scene)), pk=pk)
    acts.drop(scene.actor, item, back=item.dropped)
    return redirect("desk:meeting", item.meeting_id)


@require_POST
@needs(Right.DESK_MANAGE)
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = desk(request)
    found = fetch(queries.visible_meetings(scene), pk=pk)
    if verb == "minute":
        return _minute(request, scene, found)
    if verb not in ("collect", "report", "cancel"):
        raise Missing("没有这种办理方式。")
    form = ReasonForm(request.POST)
    if form.is_valid():
        with into_form(form):
            version = form.cleaned_data["version"]
            if verb == "collect":
                acts.collect(scene.actor, found, version=version)
            elif verb == "report":
                acts.report(scene.actor, found, version=version)
            else:
                acts.cancel(scene.actor, found, version=version, reason=form.cleaned_data["text"])
            messages.success(request, "已办理。")
            return redirect("desk:meeting", pk)
    return _show(request, scene, found, refused=form)


def _minute(request: HttpRequest, scene: Scene, found: Meeting) -> HttpResponse:
    form = _minutes_form(scene, found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        items = {item.pk: item for item in found.items.filter(dropped=False)}
        decisions = [
            acts.DecisionIn(data[f"t{n}"], data[f"u{n}"], data[f"d{n}"], items.get(data[f"i{n}"]))
            for n in range(form.DECISIONS)
            if data[f"t{n}"]
        ]
        with into_form(form):
            acts.minute(
                scene.actor,
                found,
                version=data["version"],
                chair=data["chair"],
                present=list(data["present"]),
                absent=data["absent"],
                summary=data["summary"],
                conclusions={pk: data[f"c{pk}"] for pk, _ in form.topics},
                decisions=decisions,
            )
            messages.success(request, f"已成纪要，{len(decisions)} 件议定事项已进入责任单位的待办。")
            return redirect("desk:meeting", found.pk)
    return _show(request, scene, found, minutes_form=form)


@require_POST
@signed_in
def fulfil(request: HttpRequest, pk: int) -> HttpResponse:
    scene = desk(request)
    found = fetch(queries.visible_decisions(scene), pk=pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        with into_form(form):
            acts.fulfil(scene.actor, found, note=form.cleaned_data["note"])
            messages.success(request, "已办结。")
            return redirect("desk:meetings")
    return _show(request, scene, found.meeting, refused=form)


@require_GET
@signed_in
def file(request: HttpRequest, pk: int, what: str, suffix: str) -> HttpResponse:
    scene = desk(request)
    found = fetch(queries.visible_meetings(scene), pk=pk)
    if suffix not in ("pdf", "docx") or what not in ("agenda", "minutes"):
        raise Missing("没有这个文件。")
    document = agenda_document(scene, found) if what == "agenda" else minutes_document(scene, found)
    data = render_docx(document) if suffix == "docx" else render_pdf(document).data
    return download(data, document.title, suffix)
