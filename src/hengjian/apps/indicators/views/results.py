"""Results: all indicators of a period, one indicator over its units, the export."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from hengjian.apps.indicators import discussed
from hengjian.apps.indicators.forms import (
    BenchmarkForm,
    CardForm,
    DecideCardForm,
    LineForm,
    OpinionForm,
    QueryForm,
    TargetForm,
)
from hengjian.apps.indicators.leads import line_references
from hengjian.apps.indicators.lines import lines_of, marks_of, unit_lines
from hengjian.apps.indicators.models import Card, Target
from hengjian.apps.indicators.queries import cards_in_force, latest, reported_periods, trend
from hengjian.apps.indicators.records import items
from hengjian.apps.indicators.show import changed, picture
from hengjian.apps.indicators.views.common import download, measure_or_404, period_of, place
from hengjian.apps.indicators.who import Scene
from hengjian.apps.indicators.workbook import results_workbook
from hengjian.apps.org.access import Missing
from hengjian.apps.org.gates import signed_in
from hengjian.apps.org.models import Unit
from hengjian.apps.ui.pages import page
from hengjian.base.periods import Period
from hengjian.kpi import Status
from hengjian.policy.clauses.measure import Measure


@require_GET
@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    scene = place(request)
    period = period_of(request.GET.get("period", ""), latest(scene))
    unit = _unit(scene, request.GET.get("unit", ""))
    lines = lines_of(scene, period, unit)
    initial = {"period": str(period), "unit": str(unit.pk) if unit else ""}
    counts = {status.value: sum(line.result.status is status for line in lines) for status in Status}
    context = {
        "scene": scene,
        "period": period,
        "unit": unit,
        "lines": lines,
        "counts": counts,
        "form": QueryForm(scene=scene, initial=initial),
        "periods": reported_periods(scene)[:24],
        "earlier": period.previous(),
        "later": period.next(),
        "whole": unit is None,
    }
    return page(request, "indicators/overview.html", context)


def _unit(scene: Scene, asked: str) -> Unit | None:
    """The unit asked for; without one all together for those who see all, else the own unit."""
    seen = [u for u in scene.units if u.pk in scene.seen]
    if asked.isdecimal():
        found = next((u for u in seen if u.pk == int(asked)), None)
        if found is None:
            raise Missing("没有这个单位，或者您无权查看。")
        return found
    if seen and len(seen) == len(scene.units):
        return None
    if not seen:
        raise Missing("没有您可以查看的单位。")
    return seen[0]


@require_GET
@signed_in
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    scene = place(request)
    return show_indicator(request, scene, measure_or_404(scene, key))


def show_indicator(
    request: HttpRequest,
    scene: Scene,
    measure: Measure,
    *,
    card_form: CardForm | None = None,
    target_form: TargetForm | None = None,
    mark_form: BenchmarkForm | None = None,
    line_form: LineForm | None = None,
    refused: OpinionForm | DecideCardForm | None = None,
) -> HttpResponse:
    """The page of one indicator, with whichever form was refused."""
    period = period_of(request.GET.get("period", ""), latest(scene))
    lines = unit_lines(scene, measure, period)
    points = trend(scene, measure, None, period) if len(scene.seen) == len(scene.units) else []
    may_write = scene.manages or scene.leading(measure)
    context = {
        "scene": scene,
        "measure": measure,
        "period": period,
        "lines": lines,
        "mark": marks_of(scene, period).get(measure.indicator),
        "points": points,
        "svg": picture(measure, points, width=560, height=90) if points else "",
        "change": changed(measure, points),
        "card": cards_in_force(scene, period.last).get(measure.indicator),
        "cards": Card.objects.filter(installation=scene.installation, indicator=measure.indicator),
        "targets": Target.objects.filter(installation=scene.installation, indicator=measure.indicator),
        "written": scene.pack.params[measure.target.param].values if measure.target.param else (),
        "responsible": scene.responsible(measure),
        "conflict": scene.conflicted(measure),
        "may_write": may_write,
        "card_form": card_form or (_card_form(scene, measure) if may_write else None),
        "items": items(scene),
        "target_form": target_form or (TargetForm() if may_write else None),
        "mark_form": mark_form or (BenchmarkForm(initial={"period": str(period)}) if scene.manages else None),
        "line_form": line_form or (LineForm() if may_write else None),
        "lines_above": line_references(scene, measure.indicator),
        "refused": refused,
        "discussed": discussed.of_indicator(scene, measure.indicator),
        "topics": True,
        "earlier": period.previous(),
        "later": period.next(),
    }
    bound = next((f for f in (card_form, target_form, mark_form, line_form, refused) if f is not None), None)
    return page(request, "indicators/indicator.html", context, form=bound)


def _card_form(scene: Scene, measure: Measure) -> CardForm:
    """Filled with what the pack suggests while there is no card; whoever drafts changes it as he likes."""
    rows = scene.pack.tables.get("suggested_cards", ())
    made = Card.objects.filter(installation=scene.installation, indicator=measure.indicator).exists()
    row = next((r for r in rows if r["indicator"] == measure.indicator), None)
    return CardForm(initial={} if made or row is None else dict(row), items=items(scene))


@require_GET
@signed_in
def export(request: HttpRequest, key: str) -> HttpResponse:
    """All results the actor may see in a period, as a workbook; ``lead`` keeps the indicators of one lead."""
    scene = place(request)
    period = period_of(key, Period.parse("2000"))
    data = results_workbook(scene, period, request.GET.get("lead", ""))
    return download(data, f"{period.label}信息化应用数据", "xlsx")
