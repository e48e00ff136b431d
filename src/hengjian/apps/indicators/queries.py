"""Reads: what was reported becomes the engine's input; every page, notice, export and API shows its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hengjian.apps.indicators.models import Benchmark, Card, Explanation, Figure, KpiNotice, Target, Upload
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.models import Unit
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_local
from hengjian.kpi import Benchmark as Bench
from hengjian.kpi import Figure as Reported
from hengjian.kpi import KpiInput, OfficeTarget, Report, Result, evaluate
from hengjian.policy.clauses.measure import Measure


def input_of(scene: Scene, periods: Iterable[Period]) -> KpiInput:
    """All standing figures and benchmarks of ``periods`` (and of the months in them), all decided targets."""
    wanted = list(periods)
    keys = {str(p) for p in wanted}
    for period in wanted:
        if period.kind in (PeriodKind.HALF, PeriodKind.YEAR, PeriodKind.QUARTER):
            keys |= {str(month) for month in period.parts(PeriodKind.MONTH)}
    figures = standing(scene).filter(period__in=keys)
    names = {**scene.name_of, scene.installation.unit_id: scene.installation.unit.name}
    marks = Benchmark.objects.filter(installation=scene.installation, superseded_at=None, period__in=keys)
    return KpiInput(
        figures=tuple(as_reported(f, names[f.unit_id]) for f in figures if f.unit_id in names),
        benchmarks=tuple(_bench(mark) for mark in marks),
        targets=tuple(as_target(t) for t in decided_targets(scene)),
        units=scene.collectives,
        expected=frozenset(scene.by_key),
        whole=scene.installation.unit.name,
    )


def report_of(scene: Scene, period: Period, data: KpiInput | None = None) -> Report:
    """The verdicts of one period under the readings decided by its last day."""
    return evaluate(scene.pack_at(period), data or input_of(scene, [period]), period)


def standing(scene: Scene) -> QuerySet[Figure]:
    return Figure.objects.filter(installation=scene.installation, superseded_at=None)


def as_reported(figure: Figure, name: str) -> Reported:
    return Reported(
        figure.indicator,
        name,
        Period.parse(figure.period),
        figure.numerator,
        figure.denominator,
        figure.value,
        evidence=f"figure:{figure.pk}",
    )


def _bench(mark: Benchmark) -> Bench:
    period = Period.parse(mark.period)
    return Bench(mark.indicator, period, mark.average, mark.excellent, mark.rank, mark.ranked)


def decided_targets(scene: Scene) -> QuerySet[Target]:
    found = Target.objects.filter(installation=scene.installation, state=Target.State.DECIDED)
    return found.order_by("indicator", "since", "pk")


def as_target(target: Target) -> OfficeTarget:
    known = to_local(target.decided_at).date() if target.decided_at else None
    return OfficeTarget(target.indicator, target.since, target.value, known, target.source)


def cards_in_force(scene: Scene, day: date) -> dict[str, Card]:
    """The decided card of each indicator on a day."""
    cards = Card.objects.filter(
        installation=scene.installation, state=Card.State.DECIDED, since__lte=day
    ).order_by("since", "pk")
    return {card.indicator: card for card in cards}


def visible_figures(scene: Scene) -> QuerySet[Figure]:
    """Standing and superseded figures the actor may see: own units, and all units of indicators he leads."""
    led = [m.indicator for m in scene.by_key.values() if scene.leading(m)]
    found = Figure.objects.filter(installation=scene.installation).select_related("unit", "recorded_by")
    if scene.manages or len(scene.seen) == len(scene.units):
        return found
    return found.filter(Q(unit__in=scene.seen) | Q(indicator__in=led))


def visible_notices(scene: Scene) -> QuerySet[KpiNotice]:
    """Published notices are for everybody of the court and below; drafts for those who make and sign them."""
    found = KpiNotice.objects.filter(installation=scene.installation)
    if scene.manages or len(scene.seen) == len(scene.units):
        return found
    return found.filter(state__in=(KpiNotice.State.PUBLISHED, KpiNotice.State.SUPERSEDED))


def visible_explanations(scene: Scene) -> QuerySet[Explanation]:
    led = [m.indicator for m in scene.by_key.values() if scene.leading(m)]
    found = Explanation.objects.filter(installation=scene.installation).select_related("unit", "notice")
    if scene.manages or len(scene.seen) == len(scene.units):
        return found
    return found.filter(Q(unit__in=scene.seen) | Q(indicator__in=led))


def uploads(scene: Scene) -> QuerySet[Upload]:
    found = Upload.objects.filter(installation=scene.installation).select_related("uploaded_by")
    return found if scene.manages else found.none()


def reported_periods(scene: Scene) -> list[Period]:
    """The months for which anything was reported, newest first."""
    keys = standing(scene).order_by().values_list("period", flat=True).distinct()
    return sorted((Period.parse(key) for key in keys), reverse=True)


def latest(scene: Scene) -> Period:
    """The last month with figures, else the last full month."""
    months = [p for p in reported_periods(scene) if p.kind is PeriodKind.MONTH]
    return months[0] if months else Period.of(to_local(scene.actor.at).date(), PeriodKind.MONTH).previous()


@dataclass(frozen=True, slots=True)
class Point:
    """One period in a trend."""

    period: Period
    result: Result | None

    @property
    def value(self) -> object:
        return self.result.value if self.result else None


def trend(scene: Scene, measure: Measure, unit: Unit | None, last: Period, count: int = 12) -> list[Point]:
    """The results of a unit (None: all together) over the periods up to ``last``, oldest first."""
    periods = [last]
    while len(periods) < count:
        periods.insert(0, periods[0].previous())
    data = input_of(scene, periods)
    scene.look_at(periods)
    one = KpiInput(
        tuple(f for f in data.figures if f.indicator == measure.indicator),
        (),
        data.targets,
        data.units,
        frozenset({measure.indicator}),
        data.whole,
    )
    name = scene.name_of[unit.pk] if unit else data.whole
    points = []
    for period in periods:
        report = evaluate(scene.pack_at(period), one, period)
        rows = report.results if unit else report.whole
        points.append(Point(period, next((r for r in rows if r.unit == name), None)))
    return points
