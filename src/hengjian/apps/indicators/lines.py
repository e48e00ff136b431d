"""Rows for pages: results of one period with benchmarks, marks and trends."""

from __future__ import annotations

from dataclasses import replace

from hengjian.apps.indicators.models import Benchmark
from hengjian.apps.indicators.queries import Point, cards_in_force, input_of
from hengjian.apps.indicators.show import Line, changed, picture
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.periods import Period
from hengjian.kpi import Report, Result, Status, evaluate
from hengjian.policy.clauses.measure import Measure

MONTHS = 12


def lines_of(scene: Scene, period: Period, unit: Unit | None, *, trends: bool = True) -> list[Line]:
    """One line an indicator: of a unit, or of all together (``unit`` None)."""
    reports = _reports(scene, period, MONTHS if trends else 1)
    marks = marks_of(scene, period)
    cards = cards_in_force(scene, period.last)
    lines = []
    for measure in scene.by_key.values():
        points = [Point(p, _row(report, measure, scene, unit)) for p, report in reports]
        result = points[-1].result
        if result is None:
            continue
        lines.append(
            Line(
                measure,
                result,
                unit,
                marks.get(measure.indicator),
                conflict=scene.conflicted(measure),
                published=measure.indicator in cards,
                svg=picture(measure, points) if trends else "",
                change=changed(measure, points) if trends else "",
                led=scene.leading(measure),
                units_missed=0 if unit else missed(reports[-1][1], measure),
            )
        )
    return lines


def missed(report: Report, measure: Measure) -> int:
    """How many units that answer for the indicator missed its target."""
    rows = (r for r in report.results if r.indicator == measure.indicator and r.answers)
    return sum(r.status is Status.MISSED for r in rows)


def unit_lines(scene: Scene, measure: Measure, period: Period) -> list[Line]:
    """One line a unit the actor may see, for one indicator."""
    data = replace(input_of(scene, [period]), expected=frozenset({measure.indicator}))
    report = evaluate(scene.pack_at(period), data, period)
    rows = [r for r in report.results if r.indicator == measure.indicator]
    found = [(scene.unit_by_name.get(r.unit), r) for r in rows]
    return [Line(measure, r, unit) for unit, r in found if unit is not None and scene.sees(measure, unit)]


def marks_of(scene: Scene, period: Period) -> dict[str, Benchmark]:
    found = Benchmark.objects.filter(installation=scene.installation, period=str(period), superseded_at=None)
    return {mark.indicator: mark for mark in found}


def _reports(scene: Scene, last: Period, count: int) -> list[tuple[Period, Report]]:
    periods = [last]
    while len(periods) < count:
        periods.insert(0, periods[0].previous())
    data = input_of(scene, periods)
    scene.look_at(periods)
    return [(p, evaluate(scene.pack_at(p), data, p)) for p in periods]


def _row(report: Report, measure: Measure, scene: Scene, unit: Unit | None) -> Result | None:
    if unit is None:
        return next((r for r in report.whole if r.indicator == measure.indicator), None)
    name = scene.name_of[unit.pk]
    rows = (r for r in report.results if r.indicator == measure.indicator and r.unit == name)
    return next(rows, None)
