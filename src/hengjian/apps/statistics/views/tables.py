"""Tables by court and kind; behind every number its cases, and the court's own word beside it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.cases.acts.look import look
from hengjian.apps.cases.dictionary import items
from hengjian.apps.cases.store import case as stored_case
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import needs
from hengjian.apps.org.roles import Right
from hengjian.apps.statistics import agreement
from hengjian.apps.statistics.acts.look import look_behind
from hengjian.apps.statistics.cases import rows_behind
from hengjian.apps.statistics.forms import TableForm
from hengjian.apps.statistics.place import BELOW
from hengjian.apps.statistics.scope import Scene
from hengjian.apps.statistics.tables import (
    UNTOLD,
    Shown,
    breaches_seen,
    cells_of,
    counted_in,
    lines,
    read_cell,
)
from hengjian.apps.statistics.views.common import asked_span, data_of, in_use, place, versions_of
from hengjian.apps.ui.pages import page
from hengjian.base.errors import HengjianError
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import cases_of, held

READ = needs(Right.STATS_READ)
PER_PAGE = 100


@READ
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    asked = request.GET.get("period", "")
    span, wrong = asked_span(scene, asked)
    data = data_of(scene, request.GET.get("version", ""))
    by_kind = bool(request.GET.get("kinds"))
    initial = {
        "period": asked if wrong else span.text,
        "kinds": by_kind,
        "version": request.GET.get("version", ""),
    }
    cards = in_use(scene, span)
    shown = lines(scene, data, span, cards, by_kind) if data else []
    context = {
        "scene": scene, "installation": scene.installation, "span": span, "data": data, "by_kind": by_kind,
        "cards": cards,
        "lines": shown, "untold": UNTOLD if any(one.cells[0].withheld for one in shown if one.cells) else "",
        "breaches": [b.told(scene.place.name(b.court)) for b in breaches_seen(scene, data, span)] if data else [],
        "office": scene.manages(),
        "form": TableForm(initial=initial, versions=versions_of(scene)),
        "version": request.GET.get("version", ""), "wrong": wrong,
    }  # fmt: skip
    answer = page(request, "statistics/table.html", context)
    answer.status_code = 422 if wrong else 200
    return answer


@READ
@require_GET
def cell(request: HttpRequest) -> HttpResponse:
    """One number: the card it follows, the cases it counts, what the court reported."""
    scene = place(request)
    data = data_of(scene, request.GET.get("version", ""))
    if data is None:
        raise Missing("还没有案件数据。")
    try:
        wanted = read_cell(
            scene, *(request.GET.get(name, "") for name in ("card", "court", "period", "dims"))
        )
    except HengjianError as error:
        raise Missing(error.message) from None
    span = Span.parse(wanted.span)
    card = held(scene.cards, span).card(wanted.card)
    by = tuple(name for name, _ in wanted.dims)
    value = cells_of(data, scene.cards, [wanted.card], [span], scene.groups, by).get(wanted)
    keys = cases_of(data, scene.cards, wanted, scene.groups) if may_list(scene, wanted) else None
    shown = Paginator(keys.all if keys else (), PER_PAGE).get_page(request.GET.get("page"))
    if keys is not None:
        look_behind(scene.actor, scene.place, wanted, version=data.version)
    context = {
        "scene": scene, "installation": scene.installation, "card": card, "cell": wanted, "span": span,
        "data": data, "name": scene.place.name(wanted.court), "shown": Shown(wanted, card, value) if value else None,
        "keys": keys, "page": shown, "rows": rows_behind(data, list(shown)) if keys else [],
        "reported": reported(scene, wanted), "version": request.GET.get("version", ""),
    }  # fmt: skip
    return page(request, "statistics/cell.html", context)


def may_list(scene: Scene, cell: Cell) -> bool:
    """Case lists want the right to see cases of that court, for a group of all of it."""
    unit = next((u for u in scene.courts if u.code == cell.court.removesuffix(BELOW)), None)
    return unit is not None and scene.actor.has(Right.CASE_READ, unit)


def reported(scene: Scene, cell: Cell) -> object | None:
    """What the court itself reported for the cell."""
    for report in agreement.standing(scene, Span.parse(cell.span)):
        found = agreement.said(report).get(cell)
        if found is not None:
            return {"report": report, "said": found}
    return None


@needs(Right.CASE_READ)
@require_GET
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case behind a number, as the version of the number has it; the look is on record."""
    scene = place(request)
    data = data_of(scene, request.GET.get("version", ""))
    found = stored_case(scene.place.dataset, case_id, data.version) if data else None
    unit = next((u for u in scene.courts if found and u.code == found.get("court")), None)
    if found is None or data is None or unit is None or not scene.actor.has(Right.CASE_READ, unit):
        raise Missing("没有这件案件，或者您无权查看。")
    unmasked = scene.actor.has(Right.CASE_READ_PERSONAL, unit)
    look(
        scene.actor, scene.place.dataset, case_id, court=unit.pk, unmasked=unmasked, why="统计数字背后的案件"
    )
    known = items(scene.place.dataset)
    span, wrong = asked_span(scene, request.GET.get("period", ""))
    figures = [
        (card, [(one, scene.place.name(one.court)) for one in found])
        for card, found in counted_in(scene, data, case_id, unit.code, span)
    ]
    cells = [
        (i, i.shown(found.get(k), unmasked=unmasked)) for k, i in known.items() if found.get(k) is not None
    ]
    context = {
        "scene": scene, "installation": scene.installation, "case": found, "cells": cells, "court": unit,
        "data": data, "back": back(request), "span": span, "wrong": wrong, "counted": figures,
        "form": TableForm(initial={"period": span.text}, versions=[]),
        "version": request.GET.get("version", ""),
    }  # fmt: skip
    return page(request, "statistics/case.html", context)


def back(request: HttpRequest) -> str:
    """The query of the cell one came from."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode() if kept.get("card") else ""
