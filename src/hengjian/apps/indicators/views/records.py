"""Case records in, figures out of them, and the cases behind a figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from hengjian.apps.indicators import queries, shifts
from hengjian.apps.indicators.acts.compute import compute_figures, look_behind
from hengjian.apps.indicators.acts.records import load_records
from hengjian.apps.indicators.counting import PARTS, Behind, behind, columns_of, counted
from hengjian.apps.indicators.forms import ComputeForm, RecordsForm
from hengjian.apps.indicators.models import CaseLoad, Figure
from hengjian.apps.indicators.records import has_records, items, version_of
from hengjian.apps.indicators.views.common import download, measure_or_404, period_of, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import fetch, needs, signed_in
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.pages import into_form, page
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx

PER_PAGE = 50


def _recorded(request: HttpRequest) -> Scene:
    scene = place(request)
    if not has_records(scene):
        raise Missing("这个制度没有列出案件的信息项。")
    return scene


@require_http_methods(["GET", "POST"])
@needs(Right.KPI_MANAGE)
def record_list(request: HttpRequest) -> HttpResponse:
    scene = _recorded(request)
    form = RecordsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            file = form.cleaned_data["file"]
            made = load_records(scene.actor, scene.installation, name=file.name, data=file.read())
            messages.success(request, _told(made))
            return redirect("indicators:records")
    context = {
        "scene": scene,
        "form": form,
        "loads": CaseLoad.objects.filter(installation=scene.installation).select_related("loaded_by")[:50],
        "version": version_of(scene),
        "shifts": shifts.told(scene),
        "items": items(scene).values(),
        "months": [p for p in queries.reported_periods(scene) if str(p.kind) == "month"][:6],
        "period": queries.latest(scene),
    }
    return page(request, "indicators/records.html", context, form=form)


def _told(made: CaseLoad) -> str:
    if made.version is None:
        return f"共 {made.rows} 行，退回 {made.rejected} 行，其余与库里一样，没有新版本。"
    moved = made.shifts.count()
    return (
        f"采用 {made.accepted} 行（新增 {made.inserted}、更改 {made.updated}），退回 {made.rejected} 行，"
        f"成为第 {made.version} 版。"
        + (f"有 {moved} 个已有的指标数据因此变化，请核对后重算。" if moved else "")
    )


@require_GET
@needs(Right.KPI_MANAGE)
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet with the heading row, and a second sheet that explains it."""
    known = items(_recorded(request)).values()
    kinds = {"DATE": "日期，如 2026-03-02", "INTEGER": "整数"}
    rows = tuple((i.label, kinds.get(i.type, i.codes.replace("|", "、") or "文字"), i.note) for i in known)
    sheets = [
        Worksheet("案件记录", tuple(SheetColumn(i.label) for i in known), ()),
        Worksheet("说明", tuple(SheetColumn(t) for t in ("信息项", "怎样填", "说明")), rows),
    ]
    return download(write_xlsx(sheets), "案件记录样表", "xlsx")


@require_GET
@needs(Right.KPI_MANAGE)
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows sent back, with the reason for every cell."""
    found = fetch(CaseLoad.objects.filter(installation=_recorded(request).installation), pk=pk)
    path = Path(settings.DATA_DIR) / found.rejects
    if not found.rejects or not path.is_file():
        raise Missing("这次上传没有退回的行。")
    return download(path.read_bytes(), f"退回的行-{found.pk}", "csv")


@require_http_methods(["GET", "POST"])
@needs(Right.KPI_MANAGE)
def compute(request: HttpRequest, period: str) -> HttpResponse:
    """What the records say beside what stands; taken over with one button."""
    scene = _recorded(request)
    asked = period_of(period, queries.latest(scene))
    form = ComputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with into_form(form):
            done = compute_figures(scene.actor, scene.installation, period=asked, **form.cleaned_data)
            told = (
                f"计算了 {len(done.made)} 个数，其中 {done.changed} 个更正了原数；{done.unchanged} 个没有变。"
            )
            messages.success(request, told)
            for text in done.refused:
                messages.warning(request, text)
            return redirect("indicators:compute", str(asked))
    rows, trouble = [], ""
    try:
        rows = counted(scene, asked)
    except HengjianError as error:
        trouble = error.message
    context = {
        "scene": scene, "period": asked, "form": form, "trouble": trouble, "version": version_of(scene),
        "rows": [(scene.by_key[c.card.indicator], c) for c in rows],
        "new": sum(c.new for c in rows), "differing": sum(c.differs for c in rows),
        "earlier": asked.previous(), "later": asked.next(),
    }  # fmt: skip
    return page(request, "indicators/compute.html", context, form=form)


def _behind(request: HttpRequest, pk: int) -> tuple[Scene, Figure, Behind]:
    scene = place(request)
    found = fetch(queries.visible_figures(scene).select_related("card", "unit"), pk=pk)
    try:
        return scene, found, behind(scene, found)
    except HengjianError as error:
        raise Missing(error.message) from None


@require_GET
@signed_in
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases a figure counts, at the version it was counted at; those that miss the target first."""
    scene, found, them = _behind(request, pk)
    part = request.GET.get("part", "missing")
    if part not in PARTS:
        raise Missing("没有这一部分。")
    keys = them.keys[part]
    shown = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    look_behind(scene.actor, found, part=part, cases=len(keys))
    known, columns = items(scene), columns_of(scene, found)
    context = {
        "scene": scene, "figure": found, "measure": measure_or_404(scene, found.indicator), "part": part,
        "parts": [(key, label, len(them.keys[key])) for key, label in PARTS.items()],
        "period": Period.parse(found.period), "page": shown, "columns": [known[c].label for c in columns],
        "rows": [_cells(row, columns, known) for row in them.rows(list(shown), columns)],
    }  # fmt: skip
    return page(request, "indicators/cases.html", context)


def _cells(row: dict[str, Any], columns: list[str], known: Any) -> list[tuple[str, str]]:
    return [(known[c].label, known[c].shown(row[c], unmasked=False) or "—") for c in columns]


@require_GET
@signed_in
def cases_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All cases of the figure as a workbook, one sheet a part."""
    scene, found, them = _behind(request, pk)
    known, columns = items(scene), columns_of(scene, found)
    look_behind(scene.actor, found, part="xlsx", cases=len(them.keys["denominator"]))
    heads = tuple(SheetColumn(known[c].label) for c in columns)
    sheets = [
        Worksheet(label, heads, tuple(tuple(row[c] for c in columns) for row in them.rows(them.keys[key], columns)))
        for key, label in PARTS.items()
    ]  # fmt: skip
    title = measure_or_404(scene, found.indicator).title
    return download(write_xlsx(sheets), f"{found.unit}{Period.parse(found.period).label}{title}案件", "xlsx")
