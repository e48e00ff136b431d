"""The library of analyses: list, writing, one analysis with the figures it cites."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics import figures
from hengjian.apps.statistics.acts import analyses as acts
from hengjian.apps.statistics.forms import AnalysisForm, CiteForm
from hengjian.apps.statistics.models import Analysis, Citation
from hengjian.apps.statistics.place import KIND
from hengjian.apps.statistics.scope import Scene, visible_analyses
from hengjian.apps.statistics.tables import last_span, read_cell
from hengjian.apps.statistics.views.common import card_choices, court_choices, place, said, ways
from hengjian.apps.ui.pages import into_form, page
from hengjian.statistics.spans import Span

READ, OFFICE = needs(Right.STATS_READ), needs(Right.STATS_MANAGE)


@READ
@require_GET
def analyses(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    rows = _seen(scene)
    words = request.GET.get("q", "").strip()[:50]
    if words:
        rows = rows.filter(title__icontains=words) | rows.filter(body__icontains=words)
    context = {
        "scene": scene, "installation": scene.installation, "q": words,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "kinds": dict(ways(scene, surveys=False)),
    }  # fmt: skip
    return page(request, "statistics/analyses.html", context)


def _seen(scene: Scene) -> Any:
    """Drafts are for the office that writes them."""
    rows = visible_analyses(scene.actor)
    return rows if scene.manages() else rows.filter(state=Analysis.State.FINISHED)


@OFFICE
@require_http_methods(["GET", "POST"])
def analysis_new(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    initial = {"span": last_span(scene).text, "authors": scene.actor.name}
    form = AnalysisForm(
        request.POST if request.method == "POST" else None, initial=initial, kinds=ways(scene, surveys=False)
    )
    unit = scene.own_court
    if unit is not None and form.is_valid():
        with into_form(form):
            key = form.cleaned_data["client_key"]
            made = acts.write_analysis(
                scene.actor, scene.place, unit, client_key=key, fields=form.fields_given()
            )
            messages.success(request, "已保存草稿，引用数字后定稿。")
            return redirect("statistics:analysis", made.pk)
    context = {"scene": scene, "installation": scene.installation, "form": form, "analysis": None}
    return page(request, "statistics/analysis_edit.html", context, form=form)


@READ
@require_GET
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    return _show(request, scene, fetch(_seen(scene), pk=pk))


def _show(request: HttpRequest, scene: Scene, row: Analysis, form: CiteForm | None = None) -> HttpResponse:
    writing = row.state == Analysis.State.DRAFT and scene.manages(row.unit_id)
    cited = [(c, acts.figure_of(c)) for c in row.citations.all()]
    moved = {one: new for one, _, new in figures.changed(f for _, f in cited)} if cited else {}
    titles = {card.key: card.title for card in scene.cards.cards}
    context = {
        "scene": scene, "installation": scene.installation, "analysis": row, "writing": writing,
        "kind": dict(ways(scene, surveys=False)).get(row.kind, row.kind), "span": Span.parse(row.span),
        "cited": [(c, titles.get(c.card, c.card), scene.place.name(c.court), Span.parse(c.span).label,
                   "、".join(v for _, v in c.dims), one in moved, moved.get(one)) for c, one in cited],
        "cite_form": form or (CiteForm(initial={"court": scene.default_court, "span": row.span},
                                       cards=card_choices(scene), courts=court_choices(scene)) if writing else None),
    }  # fmt: skip
    return page(request, "statistics/analysis.html", context, form=form)


@OFFICE
@require_http_methods(["GET", "POST"])
def analysis_edit(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    row = fetch(_seen(scene), pk=pk)
    initial = {name: getattr(row, name) for name in (*acts.FIELDS, "version")} | {
        "client_key": row.client_key
    }
    form = AnalysisForm(
        request.POST if request.method == "POST" else None, initial=initial, kinds=ways(scene, surveys=False)
    )
    if form.is_valid():
        with into_form(form):
            acts.edit_analysis(
                scene.actor, row, version=form.cleaned_data["version"], fields=form.fields_given()
            )
            messages.success(request, "已保存。")
            return redirect("statistics:analysis", pk)
    context = {"scene": scene, "installation": scene.installation, "form": form, "analysis": row}
    return page(request, "statistics/analysis_edit.html", context, form=form)


@OFFICE
@require_POST
def analysis_cite(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    row = fetch(_seen(scene), pk=pk)
    form = CiteForm(request.POST, cards=card_choices(scene), courts=court_choices(scene))
    if form.is_valid():
        with into_form(form):
            data = form.cleaned_data
            dims = f"{KIND}:{data['kind'].strip()}" if data["kind"].strip() else ""
            cell = read_cell(scene, data["card"], data["court"], data["span"], dims)
            acts.cite(scene.actor, row, card=cell.card, court=cell.court, span=cell.span, dims=cell.dims)
            messages.success(request, "已引用，口径和数据版本一并记下。")
            return redirect("statistics:analysis", pk)
    return _show(request, scene, row, form)


@OFFICE
@require_POST
def analysis_do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    scene = place(request)
    if verb == "uncite":
        cited = fetch(Citation.objects.filter(analysis__in=_seen(scene).values("pk")), pk=pk)
        said(request, lambda: acts.uncite(scene.actor, cited), "已删去。")
        return redirect("statistics:analysis", cited.analysis_id)
    row = fetch(_seen(scene), pk=pk)
    if verb != "finish":
        raise Missing("没有这样的办理。")
    said(request, lambda: acts.finish_analysis(scene.actor, row), "已定稿。")
    return redirect("statistics:analysis", pk)
