"""Figures in, verdicts and explanations due out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.kpi.due import ExplanationDue, dues
from hengjian.kpi.figures import Figure, KpiInput, asked
from hengjian.kpi.gather import Gathered, gather, together
from hengjian.kpi.notes import note_of
from hengjian.kpi.result import Result, Status, shown
from hengjian.kpi.targets import TargetAt, target_at
from hengjian.kpi.units import Units
from hengjian.kpi.verdict import judge, short_by
from hengjian.policy import Pack
from hengjian.policy.clauses.measure import Measure


@dataclass(frozen=True, slots=True)
class Report:
    """All rows of a period, in the order of the pack's indicators and units."""

    results: tuple[Result, ...]
    due: tuple[ExplanationDue, ...]
    whole: tuple[Result, ...] = ()


def evaluate(pack: Pack, data: KpiInput, period: Period, known: date | None = None) -> Report:
    """Judge every indicator somebody reported or asked for in ``period``.

    Each responsible department and each open unit (a court below) that appears anywhere has a row: silence is
    ``no_data``. HengjianError when no indicator of the pack knows periods of this kind.
    """
    wanted = asked(data, period)
    measures = [m for m in _all(pack) if m.indicator in wanted]
    _check_kind(pack, measures, period)
    units = Units(pack, data.units)
    figures = gather(data.figures, period)
    courts = [
        u
        for u in dict.fromkeys([*data.units, *(f.unit for f in data.figures)])
        if units.collective(u) and u not in units.open_names and u != data.whole
    ]
    results: list[Result] = []
    found_due: list[ExplanationDue] = []
    wholes: list[Result] = []
    for measure in measures:
        if period.kind not in measure.per:
            continue
        reported = {unit: g for (indicator, unit), g in figures.items() if indicator == measure.indicator}
        single = {unit: g for unit, g in reported.items() if unit != data.whole}
        target = target_at(pack, measure, period, data.targets, known)
        in_force = pack.holds(measure, period.last, known)
        readings = tuple(f"{r.id}={pack.chosen(r.id)}" for r in pack.readings_of(measure))
        case = _Case(pack, measure, period, target, units, readings, in_force, data.whole)
        rows = [
            _result(case, unit, reported.get(unit))
            for unit in _units(measure, single, courts, units, in_force=in_force)
        ]
        results += rows
        if data.whole:
            wholes.append(
                _result(case, data.whole, reported.get(data.whole) or together(measure, rows, period))
            )
        if in_force:
            benchmark = data.benchmark(measure.indicator, period)
            found_due += dues(pack, measure, rows, benchmark, units, period, known)
    return Report(tuple(results), tuple(found_due), tuple(wholes))


def measure_of(pack: Pack, name: str) -> Measure | None:
    """The measure somebody means: by its key, its title or its clause id."""
    wanted = name.strip().removeprefix(f"{pack.id}/")
    return next((m for m in _all(pack) if wanted in (m.indicator, m.title, m.id)), None)


def _all(pack: Pack) -> list[Measure]:
    return [clause for clause in pack.clauses if isinstance(clause, Measure)]


def _check_kind(pack: Pack, measures: list[Measure], period: Period) -> None:
    if measures and not any(period.kind in m.per for m in measures):
        kinds = "、".join(dict.fromkeys(str(Period.of(period.first, k)) for m in measures for k in m.per))
        raise HengjianError(f"制度包 {pack.id} 的指标不按“{period.label}”这样的期间考核，请改用 {kinds}。")


def _units(
    measure: Measure, reported: dict[str, Gathered], courts: list[str], units: Units, *, in_force: bool
) -> list[str]:
    """Who gets a row: whoever reported and, while the measure is in force, whoever should have."""
    expected = [*units.departments(measure), *(u for u in courts if units.answers(measure, u))]
    names = dict.fromkeys([*(expected if in_force else ()), *reported])
    return sorted(names, key=units.order)


@dataclass(frozen=True, slots=True)
class _Case:
    """What all rows of one indicator share."""

    pack: Pack
    measure: Measure
    period: Period
    target: TargetAt
    units: Units
    readings: tuple[str, ...]
    in_force: bool
    whole: str = ""

    @property
    def small(self) -> Decimal | None:
        """The denominator from which on a verdict is given."""
        below = self.measure.small_below
        if isinstance(below, str):
            return self.pack.value(below, self.period.last)
        return None if below is None else Decimal(below)


def _result(case: _Case, unit: str, gathered: Gathered | None) -> Result:
    measure = case.measure
    figure = gathered.figure if gathered else None
    exact = _exact(measure, figure)
    answers = unit == case.whole or case.units.answers(measure, unit)
    status = _status(case, figure, exact, answers=answers)
    held = case.target if case.in_force and answers else TargetAt()
    judged = status in (Status.MET, Status.MISSED)
    result = Result(
        indicator=measure.indicator,
        unit=unit,
        period=str(case.period),
        clause=case.pack.full_id(measure),
        articles=measure.articles,
        readings=case.readings,
        status=status,
        numerator=figure.numerator if figure else None,
        denominator=figure.denominator if figure else None,
        value=None if exact is None else shown(_decimal(exact), held.value if judged else None),
        target=held.value,
        target_from=held.since,
        other_target=held.other if held.changed else None,
        other_from=held.other_since if held.changed else None,
        short_by=_missing(measure, figure, held, status),
        lead=measure.lead,
        answers=answers,
        evidence=(figure.evidence,) if figure and figure.evidence else (),
    )
    extra = gathered.note if gathered else ""
    return note_of(result, measure, in_force=case.in_force, small=case.small, extra=extra)


def _exact(measure: Measure, figure: Figure | None) -> Fraction | None:
    if figure is None:
        return None
    if figure.numerator is not None and figure.denominator:
        return Fraction(figure.numerator) * _scale(measure) / Fraction(figure.denominator)
    return None if figure.value is None else Fraction(figure.value)


def _scale(measure: Measure) -> int:
    return 100 if measure.unit == "percent" else 1


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _status(case: _Case, figure: Figure | None, exact: Fraction | None, *, answers: bool) -> Status:
    target, measure = case.target.value, case.measure
    if figure is None or figure.empty:
        return Status.NO_DATA
    if not (case.in_force and answers):
        return Status.NO_TARGET
    if target is None:
        return Status.EXTERNAL_TARGET if measure.target.kind == "external" else Status.NO_TARGET
    small, bottom = case.small, figure.denominator
    if exact is None or (small is not None and bottom is not None and bottom < small):
        return Status.TOO_FEW
    return Status.MET if judge(exact, target, measure.target.compare) else Status.MISSED


def _missing(measure: Measure, figure: Figure | None, target: TargetAt, status: Status) -> int | None:
    if status not in (Status.MET, Status.MISSED) or figure is None or target.value is None:
        return None
    if figure.numerator is None or figure.denominator is None:
        return None
    return short_by(
        figure.numerator, figure.denominator, target.value, measure.target.compare, _scale(measure)
    )
