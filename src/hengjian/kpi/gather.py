"""The figure of a longer period out of its months, where the longer one itself was not reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hengjian.base.periods import Period, PeriodKind
from hengjian.kpi.figures import Figure
from hengjian.kpi.result import Result
from hengjian.policy.clauses.measure import Measure

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figure of a period with the sentence how it came about; ``figure`` is None when it cannot be told."""

    figure: Figure | None
    note: str = ""


def gather(figures: Iterable[Figure], period: Period) -> Mapping[Key, Gathered]:
    """(indicator, unit) → figure of ``period``: as reported, else the sum of its months.

    Numerators and denominators add up; percentages do not. A month that is missing makes the sum unknown.
    """
    own: dict[Key, Gathered] = {}
    parts: dict[Key, dict[Period, Figure]] = {}
    for figure in figures:
        key = (figure.indicator, figure.unit)
        if figure.period == period:
            own[key] = Gathered(figure)
        elif figure.period.kind is PeriodKind.MONTH and period.contains(figure.period.first):
            parts.setdefault(key, {})[figure.period] = figure
    if period.kind in (PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY):
        return own
    months = period.parts(PeriodKind.MONTH)
    summed = {key: _sum(key, found, months, period) for key, found in parts.items() if key not in own}
    return {**own, **summed}


def _sum(key: Key, found: Mapping[Period, Figure], months: list[Period], period: Period) -> Gathered:
    gaps = [month.label for month in months if month not in found or found[month].empty]
    if gaps:
        return Gathered(None, f"缺少{'、'.join(gaps)}的数，不能合计。")
    counted = [
        (figure.numerator, figure.denominator)
        for figure in found.values()
        if figure.numerator is not None and figure.denominator is not None
    ]
    if len(counted) < len(months):
        return Gathered(None, "有的月份只报了比率，没有分子和分母，不能合计。")
    evidence = "；".join(dict.fromkeys(f.evidence for f in found.values() if f.evidence))
    figure = Figure(
        *key,
        period,
        numerator=sum((n for n, _ in counted), Decimal(0)),
        denominator=sum((d for _, d in counted), Decimal(0)),
        evidence=evidence,
    )
    return Gathered(figure, f"由{len(months)}个月的分子、分母合计。")


def together(measure: Measure, rows: Iterable[Result], period: Period) -> Gathered:
    """All units that answer for an indicator as one: the sums of the counts they gave."""
    answering = [row for row in rows if row.answers]
    counted = [
        (row.numerator, row.denominator)
        for row in answering
        if row.numerator is not None and row.denominator is not None
    ]
    if not counted:
        return Gathered(None)
    silent = len(answering) - len(counted)
    figure = Figure(
        measure.indicator,
        "",
        period,
        numerator=sum((n for n, _ in counted), Decimal(0)),
        denominator=sum((d for _, d in counted), Decimal(0)),
    )
    note = f"由 {len(counted)} 个单位合计。" + (f"另有 {silent} 个单位没有报件数。" if silent else "")
    return Gathered(figure, note)
