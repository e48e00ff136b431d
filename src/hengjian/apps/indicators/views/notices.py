"""Notices: prepare, sign, publish, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.indicators import discussed, queries
from hengjian.apps.indicators.acts import notices as acts
from hengjian.apps.indicators.forms import NoticeForm, PrepareForm, VerbForm
from hengjian.apps.indicators.models import KpiNotice
from hengjian.apps.indicators.printing import at_large, cell, columns_of, document_of
from hengjian.apps.indicators.show import COLOURS
from hengjian.apps.indicators.states import can
from hengjian.apps.indicators.views.common import download, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period
from hengjian.documents import render_docx, render_pdf

MANAGED = ("edit", "refresh", "submit", "recall", "publish")


@require_GET
@signed_in
def notice_list(request: HttpRequest) -> HttpResponse:
    return _list(request, place(request))


def _list(request: HttpRequest, scene: Scene, form: PrepareForm | None = None) -> HttpResponse:
    found = queries.visible_notices(scene).select_related("prepared_by")[:120]
    if form is None and scene.manages:
        form = PrepareForm(scene=scene, initial={"period": str(queries.latest(scene))})
    context = {"scene": scene, "notices": found, "form": form}
    return page(request, "indicators/notices.html", context, form=form)


@require_POST
@needs(Right.KPI_MANAGE)
def prepare(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    form = PrepareForm(request.POST, scene=scene)
    if form.is_valid():
        with into_form(form):
            data = {**form.cleaned_data, "period": str(form.cleaned_data["period"])}
            made = acts.prepare(scene.actor, scene.installation, **data)
            return redirect("indicators:notice", made.pk)
    return _list(request, scene, form)


@require_GET
@signed_in
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    return _show(request, scene, fetch(queries.visible_notices(scene), pk=pk))


def _show(
    request: HttpRequest,
    scene: Scene,
    found: KpiNotice,
    form: NoticeForm | None = None,
    refused: VerbForm | None = None,
) -> HttpResponse:
    may = {verb for verb in MANAGED if scene.manages and can(found, verb)}
    if form is None and "edit" in may:
        form = NoticeForm(initial={"version": found.version, "title": found.title, "remark": found.remark})
    context = {
        "scene": scene,
        "notice": found,
        "content": found.content,
        "lead": at_large(found.content),
        "sections": [shown(section, found.ranked) for section in found.content["sections"]],
        "explains": any(section["of"] == "duties" for section in found.content["sections"]),
        "may": may,
        "form": form,
        "refused": refused,
        "discussed": discussed.of_notice(scene, found),
        "period": Period.parse(found.period),
        "clause": found.clause.removeprefix(f"{scene.pack.id}/"),
    }
    return page(request, "indicators/notice.html", context, form=refused or form)


def shown(section: dict[str, Any], ranked: bool) -> dict[str, Any]:
    """A section as tables of texts: the very cells that are printed."""
    keys = columns_of(section, ranked=ranked)
    groups = section["rows"] if section["of"] == "units" else [{"title": "", "rows": section["rows"]}]
    tables = [
        {
            "title": group["title"],
            "rows": [
                [(key, title, cell(row, key), COLOURS.get(row.get("status", ""), "")) for key, title in keys]
                for row in group["rows"]
            ],
        }
        for group in groups
    ]
    return {"title": section["title"], "columns": [title for _, title in keys], "tables": tables}


@require_POST
@needs(Right.KPI_MANAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_notices(scene), pk=pk)
    form = NoticeForm(request.POST)
    if form.is_valid():
        with into_form(form):
            acts.edit(scene.actor, found, **form.cleaned_data)
            messages.success(request, "已保存。")
            return redirect("indicators:notice", pk)
    return _show(request, scene, found, form)


@require_POST
@signed_in
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_notices(scene).select_related("installation__unit"), pk=pk)
    form = VerbForm(request.POST)
    run = VERBS.get(verb)
    if run is None:
        raise Missing("没有这种办理方式。")
    if form.is_valid():
        with into_form(form):
            row = run(scene, found, form.cleaned_data)
            messages.success(request, f"已办理，现为“{row.get_state_display()}”。")
            return redirect("indicators:notice", pk)
    return _show(request, scene, found, refused=form)


Run = Callable[[Scene, KpiNotice, dict[str, Any]], KpiNotice]
VERBS: dict[str, Run] = {
    "submit": lambda scene, n, d: acts.submit(scene.actor, n, version=d["version"]),
    "recall": lambda scene, n, d: acts.recall(scene.actor, n, version=d["version"]),
    "publish": lambda scene, n, d: acts.publish(scene.actor, n, version=d["version"]),
}


@require_GET
@signed_in
def file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_notices(scene), pk=pk)
    document = document_of(found)
    if suffix == "docx":
        return download(render_docx(document), found.title, "docx")
    return download(render_pdf(document).data, found.title, "pdf")
