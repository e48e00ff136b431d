"""Releases: list, drawing up, signature, list of readers, marked copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Denied
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.releases import forms, queries
from hengjian.apps.releases.acts import readers as reader_acts
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.acts.handouts import copy_release
from hengjian.apps.releases.computed import Wanted, cards_on, data_kept, lines_from_data
from hengjian.apps.releases.desk import Desk
from hengjian.apps.releases.lines import Line, dims_of, lines_of_table
from hengjian.apps.releases.models import Release
from hengjian.apps.releases.views.common import desk, download, table_rows, uploaded
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.figures.spans import Span

SHOWN = 30


@require_GET
@signed_in
def release_list(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    found = queries.visible_releases(place.actor)
    state = request.GET.get("state", "")
    if state == "embargoed":
        found = found.filter(state=Release.State.APPROVED, opens_at__gt=place.actor.at)
    elif state == "open":
        found = found.filter(queries.opened(place.actor.at))
    elif state in Release.State.values:
        found = found.filter(state=state)
    shown = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    rows = [(row, queries.before_time(row, place.actor.at), _channel(place, row)) for row in shown]
    context = {"page": shown, "rows": rows, "may_draft": bool(place.houses), "state": state}
    return page(request, "releases/releases.html", context)


def _channel(place: Desk, row: Release) -> str:
    return place.label("channel", row.channel)


@require_http_methods(["GET", "POST"])
@needs(Right.RELEASE_PREPARE)
def new(request: HttpRequest) -> HttpResponse:
    place = desk(request)
    form = forms.ReleaseForm(request.POST if request.method == "POST" else None, desk=place)
    if form.is_valid():
        with into_form(form):
            said = dict(form.cleaned_data)
            made = acts.draft(place.actor, place.installation, said.pop("unit"), **said)
            messages.success(request, "已起草，请登记要发布的数。")
            return redirect("releases:release", made.pk)
    return page(request, "releases/release_form.html", {"form": form}, form=form)


@require_http_methods(["GET", "POST"])
@needs(Right.RELEASE_PREPARE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_releases(place.actor), pk=pk)
    initial = {name: getattr(found, name) for name in forms.EditForm.base_fields if hasattr(found, name)}
    form = forms.EditForm(request.POST if request.method == "POST" else None, desk=place, initial=initial)
    if form.is_valid():
        with into_form(form):
            acts.edit(place.actor, found, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("releases:release", pk)
    return page(request, "releases/release_form.html", {"form": form, "release": found}, form=form)


@require_GET
@signed_in
def release(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    return _show(request, place, fetch(queries.visible_releases(place.actor), pk=pk))


def _show(request: HttpRequest, place: Desk, found: Release, **bound: django_forms.Form) -> HttpResponse:
    mine = found.unit in place.houses
    drafting = mine and found.state == Release.State.DRAFT
    secret = queries.before_time(found, place.actor.at)
    version = {"version": found.version}
    context: dict[str, Any] = {
        "release": found,
        "cells": queries.visible_cells(place.actor, found).order_by("position", "pk"),
        "channel": _channel(place, found),
        "grade": place.label("grade", found.grade),
        "mine": mine,
        "drafting": drafting,
        "secret": secret,
        "waits": secret and found.state == Release.State.APPROVED,
        "readers": found.readers.filter(removed_at=None).select_related("person__unit") if mine else (),
        "article": place.terms("release_state")["embargoed"].article,
        "reader_form": forms.ReaderForm(desk=place) if mine else None,
        "postpone_form": forms.PostponeForm(initial=version),
    }
    if drafting:
        courts = place.releasable(found.unit)
        context["line_form"] = forms.LineForm(courts=courts, initial=version | {"court": found.unit_id})
        if data_kept(place.installation):
            context["compute_form"] = forms.ComputeForm(
                cards=_cards(place), courts=courts, initial=version | {"court": found.unit_id}, prefix="card"
            )
        context["table_form"] = forms.TableForm(initial=version, prefix="table")
    context |= bound
    refused = next((form for form in bound.values() if form.errors), None)
    return page(request, "releases/release.html", context, form=refused)


@require_POST
@needs(Right.RELEASE_PREPARE)
def add_line(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_releases(place.actor), pk=pk)
    form = forms.LineForm(request.POST, courts=place.releasable(found.unit))
    if form.is_valid():
        with into_form(form):
            said = dict(form.cleaned_data)
            version, dims, period = said.pop("version"), said.pop("dims"), said.pop("period")
            line = Line(**said, dims=dims_of(dims), span=Span.parse(period))
            acts.add_cells(place.actor, found, version=version, lines=[line])
            messages.success(request, "已登记。")
            return redirect("releases:release", pk)
    return _show(request, place, found, line_form=form)


def _cards(place: Desk) -> list[tuple[str, str]]:
    return [(card.key, card.title) for card in cards_on(place.installation, place.today).values()]


@require_POST
@needs(Right.RELEASE_PREPARE)
def add_computed(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_releases(place.actor), pk=pk)
    courts = place.releasable(found.unit)
    form = forms.ComputeForm(request.POST, cards=_cards(place), courts=courts, prefix="card")
    if form.is_valid():
        with into_form(form):
            said = dict(form.cleaned_data)
            lines = lines_from_data(place.installation, _wanted(said, courts))
            acts.add_cells(place.actor, found, version=said["version"], lines=lines)
            first = f"{lines[0].written}{lines[0].measure}" if len(lines) == 1 else f"{len(lines)} 个数"
            messages.success(request, f"已算出并登记：{first}。")
            return redirect("releases:release", pk)
    return _show(request, place, found, compute_form=form)


def _wanted(said: dict[str, Any], courts: list[Unit]) -> list[Wanted]:
    """Every card for the court and, where asked, for each court below it."""
    span, dims = Span.parse(said["period"]), dims_of(said["dims"])
    below = {unit.pk for unit in said["court"].descendants()} if said.get("each") else set()
    rows = [(said["court"], said["whole"]), *((court, False) for court in courts if court.pk in below)]
    return [Wanted(court, card, span, whole, dims) for court, whole in rows for card in said["card"]]


@require_POST
@needs(Right.RELEASE_PREPARE)
def add_table(request: HttpRequest, pk: int) -> HttpResponse:
    place = desk(request)
    found = fetch(queries.visible_releases(place.actor), pk=pk)
    form = forms.TableForm(request.POST, request.FILES, prefix="table")
    if form.is_valid():
        with into_form(form):
            rows = table_rows(uploaded(form.cleaned_data["file"]))
            courts = place.releasable(found.unit)
            lines = lines_of_table(rows, courts, form.cleaned_data["source"])
            acts.add_cells(place.actor, found, version=form.cleaned_data["version"], lines=lines)
            messages.success(request, f"已登记{len(lines)}个数。")
            return redirect("releases:release", pk)
    return _show(request, place, found, table_form=form)


@require_POST
@needs(Right.RELEASE_PREPARE)
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Small forms beside the release; a refusal is said on top of the page."""
    place = desk(request)
    found = fetch(queries.visible_releases(place.actor), pk=pk)
    doing = DOINGS.get(verb)
    if doing is None:
        return redirect("releases:release", pk)
    try:
        messages.success(request, doing(place, found, request))
    except Denied:
        raise
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("releases:release", pk)


def _valid(form: django_forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        raise HengjianError(str(first))
    return dict(form.cleaned_data)


def _submit(place: Desk, found: Release, request: HttpRequest) -> str:
    acts.submit(place.actor, found, **_valid(forms.VersionForm(request.POST)))
    return "已提请签发。"


def _postpone(place: Desk, found: Release, request: HttpRequest) -> str:
    acts.postpone(place.actor, found, **_valid(forms.PostponeForm(request.POST)))
    return "已推迟。"


def _withdraw(place: Desk, found: Release, request: HttpRequest) -> str:
    acts.withdraw(place.actor, found, **_valid(forms.ReasonForm(request.POST)))
    return "已撤下。"


def _remove(place: Desk, found: Release, request: HttpRequest) -> str:
    data = _valid(forms.VersionForm(request.POST))
    cell = request.POST.get("cell", "")
    acts.remove_cell(place.actor, found, version=data["version"], cell=int(cell) if cell.isdigit() else 0)
    return "已删去。"


def _admit(place: Desk, found: Release, request: HttpRequest) -> str:
    row = reader_acts.admit(place.actor, found, **_valid(forms.ReaderForm(request.POST, desk=place)))
    return f"{row.person}已列入名单。"


def _dismiss(place: Desk, found: Release, request: HttpRequest) -> str:
    wanted = request.POST.get("reader", "")
    reader = fetch(found.readers.select_related("release__unit"), pk=int(wanted) if wanted.isdigit() else 0)
    return f"{reader_acts.dismiss(place.actor, reader).person}已移出名单。"


DOINGS: dict[str, Callable[[Desk, Release, HttpRequest], str]] = {
    "submit": _submit,
    "postpone": _postpone,
    "withdraw": _withdraw,
    "remove": _remove,
    "admit": _admit,
    "dismiss": _dismiss,
}


@require_POST
@signed_in
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_releases(actor), pk=pk)
    form = forms.CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择格式。")
        return redirect("releases:release", pk)
    return download(*copy_release(actor, found, **form.cleaned_data))
