"""Reporting figures by hand, verifying them, and reading workbooks of the superior court."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hengjian.apps.indicators import queries, shifts
from hengjian.apps.indicators.acts import figures, uploads
from hengjian.apps.indicators.forms import FiguresForm, UploadForm
from hengjian.apps.indicators.leads import line_references
from hengjian.apps.indicators.models import Figure
from hengjian.apps.indicators.reading import FIELDS, IGNORE, MARKS, Layout
from hengjian.apps.indicators.views.common import kept, measure_or_404, period_of, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.base.times import to_local
from hengjian.policy.clauses.measure import Measure


def _default(scene: Scene) -> Period:
    return Period.of(to_local(scene.actor.at).date(), PeriodKind.MONTH).previous()


@require_GET
@signed_in
def board(request: HttpRequest) -> HttpResponse:
    """What I report for a month: per indicator how many units are there, how many missing."""
    scene = place(request)
    period = period_of(request.GET.get("period", ""), _default(scene))
    there = set(queries.standing(scene).filter(period=str(period)).values_list("indicator", "unit_id"))
    rows = []
    for measure in scene.by_key.values():
        units = _units(scene, measure)
        if units:
            missing = [u for u in units if (measure.indicator, u.pk) not in there]
            rows.append(
                {"measure": measure, "units": units, "missing": missing, "done": len(units) - len(missing)}
            )
    context = {
        "scene": scene,
        "period": period,
        "rows": rows,
        "earlier": period.previous(),
        "later": period.next(),
    }
    return page(request, "indicators/board.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def enter(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """All units of one indicator and month in one grid; what is unchanged is not reported again."""
    scene = place(request)
    measure, asked = measure_or_404(scene, key), period_of(period, _default(scene))
    units = _units(scene, measure)
    if not units:
        scene.actor.require(Right.KPI_MANAGE, scene.installation.unit_id)
    standing = {
        f.unit_id: f
        for f in queries.standing(scene)
        .filter(indicator=key, period=str(asked))
        .select_related("recorded_by")
    }
    initial = _initial(standing)
    names = [(u.pk, str(u)) for u in units]
    form = FiguresForm(request.POST or None, request.FILES or None, units=names, initial=initial)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            count = _report(scene, measure, asked, units, standing, form)
            messages.success(request, f"已填报 {count} 个单位。" if count else "没有改动，不必再报。")
            return redirect("indicators:board")
    context = {
        "scene": scene,
        "measure": measure,
        "period": asked,
        "form": form,
        "standing": standing,
        "lines_above": line_references(scene, key),
    }
    return page(request, "indicators/enter.html", context, form=form)


def _initial(standing: dict[int, Figure]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pk, figure in standing.items():
        for part, name in (("n", "numerator"), ("d", "denominator"), ("v", "value")):
            value = getattr(figure, name)
            found[f"{part}{pk}"] = plain(value) if value is not None else None
    return found


def _report(
    scene: Scene,
    measure: Measure,
    period: Period,
    units: list[Unit],
    standing: dict[int, Figure],
    form: FiguresForm,
) -> int:
    """All of the grid or nothing."""
    data = form.cleaned_data
    wanted: list[figures.FigureIn] = []
    for unit in units:
        numbers = [data[f"{part}{unit.pk}"] for part in "ndv"]
        old = standing.get(unit.pk)
        if all(n is None for n in numbers) or (
            old and numbers == [old.numerator, old.denominator, old.value]
        ):
            continue
        figure = figures.FigureIn(
            measure.indicator,
            unit,
            period,
            numbers[0],
            numbers[1],
            numbers[2],
            evidence=data["evidence"],
            answer=data["answer"],
            reason=data["reason"],
            file=None if wanted else data["file"],
        )
        wanted.append(figure)
    if wanted:
        figures.report_figures(scene.actor, scene.installation, figures=wanted)
    return len(wanted)


def _units(scene: Scene, measure: Measure) -> list[Unit]:
    return [u for u in scene.responsible(measure) if scene.may_report(measure, u)]


@require_GET
@signed_in
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a figure comes from: who, when, evidence, doubts, corrections."""
    scene = place(request)
    found = fetch(queries.visible_figures(scene).select_related("verified_by", "upload", "supersedes"), pk=pk)
    measure = measure_or_404(scene, found.indicator)
    chain = [found]
    while chain[-1].supersedes is not None:
        chain.append(chain[-1].supersedes)
    by_hand = found.origin == Figure.Origin.HAND
    context = {
        "scene": scene,
        "figure": found,
        "measure": measure,
        "period": Period.parse(found.period),
        "chain": chain,
        "shift": shifts.outstanding(scene).filter(figure=found).first(),
        "verifier": scene.verifier(measure) if by_hand and scene.conflicted(measure) else None,
    }
    return page(request, "indicators/figure.html", context)


@require_GET
@signed_in
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper somebody gave with a figure."""
    found = fetch(queries.visible_figures(place(request)).exclude(file=""), pk=pk)
    return kept(found.file, found.file_name)


@require_GET
@needs(Right.KPI_MANAGE)
def upload_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook of the superior court as it came."""
    found = fetch(queries.uploads(place(request)), pk=pk)
    return kept(found.file, found.file_name or f"{found.title}.xlsx")


@require_POST
@signed_in
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    scene = place(request)
    found = fetch(queries.visible_figures(scene).select_related("installation__unit"), pk=pk)
    figures.verify_figure(scene.actor, found)
    messages.success(request, "已核验。")
    return redirect("indicators:figure", pk)


@require_http_methods(["GET", "POST"])
@needs(Right.KPI_MANAGE)
def upload_list(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            made = uploads.receive_upload(scene.actor, scene.installation, **form.cleaned_data)
            return redirect("indicators:upload", made.pk)
    found = queries.uploads(scene)[:50]
    return page(
        request, "indicators/uploads.html", {"scene": scene, "form": form, "uploads": found}, form=form
    )


@require_http_methods(["GET", "POST"])
@needs(Right.KPI_MANAGE)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm which column is which indicator and which row which unit, then take the numbers."""
    scene = place(request)
    found = fetch(queries.uploads(scene), pk=pk)
    layout = Layout.of(found.mapping)
    sheets = uploads.sheets_of(found)
    header = sheets[layout.sheet].rows[layout.header]
    context: dict[str, Any] = {"scene": scene, "upload": found, "refused": ()}
    if request.method == "POST":
        columns = {
            c: request.POST.get(f"c{c}", IGNORE) for c in range(len(header)) if c != layout.name_column
        }
        names = list(layout.units)
        units = {name: request.POST.get(f"u{n}", IGNORE) for n, name in enumerate(names)}
        applied = uploads.apply_upload(scene.actor, found, columns=columns, units=known_targets(scene, units))
        told = f"采用 {applied.figures} 个数、{applied.benchmarks} 项全省标准，{applied.unchanged} 个已报过未变。"
        messages.success(request, told)
        if not applied.refused:
            return redirect("indicators:uploads")
        context["refused"] = applied.refused
        found.refresh_from_db()
        layout = Layout.of(found.mapping)
    choices = [
        (f"{m.indicator}:{f}", f"{m.title}·{word}")
        for m in scene.by_key.values()
        for f, word in FIELDS.items()
    ]
    rows = [
        (scene.installation.unit.pk, scene.installation.unit.name),
        *((u.pk, str(u)) for u in scene.units),
    ]
    targets = [
        *((str(pk), name) for pk, name in rows),
        *((f"mark:{key}", word) for key, word in MARKS.items()),
    ]
    context |= {
        "columns": [
            (c, str(cell or ""), layout.columns.get(c, IGNORE))
            for c, cell in enumerate(header)
            if c != layout.name_column
        ],
        "units": [(n, name, target) for n, (name, target) in enumerate(layout.units.items())],
        "choices": choices,
        "targets": targets,
        "period": Period.parse(found.period),
    }
    return page(request, "indicators/upload.html", context)


def known_targets(scene: Scene, units: dict[str, str]) -> dict[str, str]:
    """Only units of this court and marks that exist."""
    fine = {str(u.pk) for u in scene.units} | {str(scene.installation.unit_id)} | {f"mark:{m}" for m in MARKS}
    return {name: target if target in fine else IGNORE for name, target in units.items()}
