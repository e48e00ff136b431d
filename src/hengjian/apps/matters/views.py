"""Matters: list, entry, one matter with the state of every responsible unit."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.matters import queries, rules
from hengjian.apps.matters.acts import matter as acts
from hengjian.apps.matters.acts.progress import link as link_item
from hengjian.apps.matters.acts.progress import undo as undo_link
from hengjian.apps.matters.forms import LinkForm, MatterForm, ReasonForm
from hengjian.apps.matters.models import Assignment, Matter, Progress
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.clocks.words import due_words


@require_GET
@signed_in
def matters(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = Paginator(queries.visible_matters(actor), 30).get_page(request.GET.get("page"))
    rows = [(matter, _kind(matter, actor), *_state(actor, matter)) for matter in shown]
    context = {"page": shown, "rows": rows, "may_record": bool(queries.manageable(actor))}
    return page(request, "matters/matters.html", context)


def _kind(matter: Matter, actor: Actor) -> str:
    return pack_for(matter.installation, actor.at).term(rules.VOCABULARY, matter.kind).label


def _state(actor: Actor, matter: Matter) -> tuple[int, int, int]:
    """Units in all, with everything in, overdue."""
    lines = lines_shown(actor, matter)
    done = sum(1 for line in lines if not line.owed)
    return len(lines), done, sum(1 for line in lines if line.overdue)


def lines_shown(actor: Actor, matter: Matter) -> list[queries.Line]:
    found = matter.assignments.select_related("unit", "matter")
    if not actor.has_any((Right.ITEM_READ_ALL, Right.REGISTER_MANAGE), matter.installation.unit_id):
        own = (
            actor.units(Right.ITEM_FILE) | actor.units(Right.ITEM_READ_UNIT) | actor.units(Right.REVIEW_UNIT)
        )
        found = found.filter(unit__in=own)
    return queries.lines_of(found, pack_for(matter.installation, actor.at), actor.at)


@needs(Right.REGISTER_MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    installation = next(iter(queries.manageable(actor)), None)
    if installation is None:
        raise Missing("本单位的制度没有督办事项。")
    pack = pack_for(installation, actor.at)
    kinds = [(term.key, term.label) for term in rules.kinds(pack)]
    form = MatterForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        units=queries.responsible_units(installation, actor.at),
    )
    if form.is_valid():
        with into_form(form):
            made = acts.record_matter(actor, installation, **form.cleaned_data)
            messages.success(request, f"已登记，{made.assignments.count()}个责任单位的待办里都有了。")
            return redirect("matters:matter", made.pk)
    duty = rules.duty_of(pack, kinds[0][0], actor.at)
    return page(request, "matters/new.html", {"form": form, "duty": duty, "pack": pack}, form=form)


@require_GET
@signed_in
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    return _show(request, actor, fetch(queries.visible_matters(actor), pk=pk))


def _show(request: HttpRequest, actor: Actor, found: Matter) -> HttpResponse:
    pack = pack_for(found.installation, actor.at)
    stages = rules.stages(pack, found)
    managing = actor.has(Right.REGISTER_MANAGE, found.installation.unit_id)
    context: dict[str, object] = {
        "matter": found,
        "kind": _kind(found, actor),
        "stages": stages,
        "duty": rules.duty_of(pack, found.kind, found.happened_at),
        "managing": managing,
        "rows": [
            {
                "line": line,
                "cells": [_cell(line, key) for key in stages],
                "form": _link_form(actor, line, stages),
            }
            for line in lines_shown(actor, found)
        ],
    }
    return page(request, "matters/matter.html", context)


def _cell(line: queries.Line, stage: str) -> dict[str, object]:
    clock = next((c for c in line.clocks if c.stage == stage), None)
    due = due_words(clock.due_at, inclusive=clock.inclusive) if clock and clock.due_at else ""
    return {"clock": clock, "reports": line.answers(stage), "title": clock.title if clock else "", "due": due}


def _link_form(actor: Actor, line: queries.Line, stages: dict[str, str]) -> LinkForm | None:
    """Offered to the unit itself while something is owed and something has been handed in."""
    own = {g.unit_id for g in actor.grants if Right.ITEM_FILE in g.rights}
    if line.assignment.unit_id not in own or line.assignment.closed_at or line.assignment.matter.withdrawn_at:
        return None
    items = queries.answering_items(actor, line.assignment)
    owed = [c.stage for c in line.owed] or list(stages)
    ordered = sorted(stages.items(), key=lambda s: (s[0] not in owed, list(stages).index(s[0])))
    return LinkForm(stages=ordered, items=items, auto_id=f"link{line.assignment.pk}_%s")


@signed_in
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = assignment_of(actor, pk)
    pack = pack_for(found.matter.installation, actor.at)
    stages = list(rules.stages(pack, found.matter).items())
    form = LinkForm(request.POST, stages=stages, items=queries.answering_items(actor, found))
    if form.is_valid():
        try:
            link_item(actor, found, **form.cleaned_data)
            messages.success(request, "已关联，这一项报告完成。")
        except HengjianError as error:
            messages.error(request, error.message)
    else:
        messages.error(request, "请选择阶段和已经报送的信息。")
    return redirect("matters:matter", found.matter_id)


@signed_in
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    rows = Progress.objects.filter(assignment__matter__in=queries.visible_matters(actor).values("pk"))
    found = fetch(rows.select_related("assignment__matter", "item"), pk=pk)
    return _reasoned(
        request,
        found.assignment.matter_id,
        lambda reason: undo_link(actor, found, reason=reason),
        "已取消关联。",
    )


@needs(Right.REGISTER_MANAGE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = assignment_of(actor, pk)
    return _reasoned(
        request, found.matter_id, lambda reason: acts.close(actor, found, reason=reason), "已办结。"
    )


@needs(Right.REGISTER_MANAGE)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = fetch(queries.visible_matters(actor), pk=pk)
    return _reasoned(
        request,
        pk,
        lambda reason: acts.withdraw_matter(actor, found, reason=reason),
        "已撤销，各单位不用再报。",
    )


def assignment_of(actor: Actor, pk: int) -> Assignment:
    rows = Assignment.objects.filter(matter__in=queries.visible_matters(actor).values("pk"))
    return fetch(rows.select_related("matter__installation__unit", "unit"), pk=pk)


def _reasoned(request: HttpRequest, pk: int, run: Callable[[str], object], said: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明理由。")
        return redirect("matters:matter", pk)
    try:
        run(form.cleaned_data["reason"])
        messages.success(request, said)
    except HengjianError as error:
        messages.error(request, error.message)
    return redirect("matters:matter", pk)
