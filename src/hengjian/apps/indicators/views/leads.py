"""The register of the leads, what they are given, and references to the assessments of their line."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from hengjian.apps.indicators import leads, queries
from hengjian.apps.indicators.acts import leads as acts
from hengjian.apps.indicators.forms import FeedForm, LineForm
from hengjian.apps.indicators.models import LineReference
from hengjian.apps.indicators.views.common import download, measure_or_404, place
from hengjian.apps.indicators.views.results import show_indicator
from hengjian.apps.indicators.who import Scene
from hengjian.apps.indicators.workbook import workbook_of
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period


@require_GET
@signed_in
def register(request: HttpRequest) -> HttpResponse:
    return _show(request, place(request))


def _show(request: HttpRequest, scene: Scene, form: FeedForm | None = None) -> HttpResponse:
    feeds = list(leads.visible_feeds(scene)[:60])
    context = {
        "scene": scene,
        "latest": [feed for feed in feeds if feed.period == feeds[0].period],
        "earlier": [feed for feed in feeds if feed.period != feeds[0].period],
        "groups": leads.register(scene),
        "findings": leads.findings(scene) if scene.manages else (),
        "form": form or (FeedForm(initial={"period": str(queries.latest(scene))}) if scene.manages else None),
    }
    return page(request, "indicators/leads.html", context, form=form)


@require_POST
@needs(Right.KPI_MANAGE)
def send(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    form = FeedForm(request.POST)
    if form.is_valid():
        with into_form(form):
            made = acts.send_feeds(scene.actor, scene.installation, **form.cleaned_data)
            told = f"已提供给 {len(made)} 个部门，并通知了负责人。" if made else "数据没有变动，不必再提供。"
            messages.success(request, told)
            return redirect("indicators:leads")
    return _show(request, scene, form)


@require_GET
@signed_in
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """What a lead was given, as it was given."""
    found = fetch(leads.visible_feeds(place(request)), pk=pk)
    label = Period.parse(found.period).label
    return download(workbook_of(label, found.rows), f"{found.unit}{label}应用数据", "xlsx")


@require_POST
@signed_in
def line_record(request: HttpRequest, key: str) -> HttpResponse:
    scene = place(request)
    measure = measure_or_404(scene, key)
    form = LineForm(request.POST)
    if form.is_valid():
        with into_form(form):
            acts.record_line(scene.actor, scene.installation, indicator=key, **form.cleaned_data)
            messages.success(request, "条线考核对照已登记。")
            return redirect("indicators:indicator", key)
    return show_indicator(request, scene, measure, line_form=form)


@require_POST
@signed_in
def line_retire(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    rows = LineReference.objects.filter(installation=scene.installation).select_related("installation__unit")
    found = fetch(rows, pk=pk)
    acts.retire_line(scene.actor, found)
    messages.success(request, "已停用。")
    return redirect("indicators:indicator", found.indicator)
