"""Worked examples of indicators (``cases/measures.csv``): one figure a row, with what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hengjian.base.errors import HengjianError, Place
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.kpi import Benchmark, Figure, KpiInput, OfficeTarget, evaluate
from hengjian.kpi.cells import check_figure, count, number
from hengjian.kpi.engine import measure_of
from hengjian.policy import Pack

COLUMNS = (
    *("case", "indicator", "unit", "period", "numerator", "denominator", "value", "rank", "ranked"),
    *("new_from", "new_target", "reading", "status", "target", "short_by", "explains", "reason"),
)
ASKED = ("status", "target", "short_by", "explains")


def judge_measured(pack: Pack, row: Mapping[str, str], where: Place) -> dict[str, str]:
    """``status``, ``target``, ``short_by`` and ``explains`` (``unit:trigger`` joined by ``;``) of one row.

    ``new_from`` and ``new_target`` are a target the office sets; ``reading`` is ``ID=OPTION``.
    """
    try:
        return _judged(pack, row)
    except HengjianError as error:
        raise HengjianError(f"这一行读不懂：{error}", where=where) from None


def _judged(pack: Pack, row: Mapping[str, str]) -> dict[str, str]:
    if row["reading"]:
        reading, _, option = row["reading"].partition("=")
        pack = pack.with_readings({reading: option})
    measure = measure_of(pack, row["indicator"])
    if measure is None:
        raise HengjianError(f"没有指标“{row['indicator']}”，请改正。")
    period, key = Period.parse(row["period"]), measure.indicator
    top, bottom, value = (number(row[name]) for name in ("numerator", "denominator", "value"))
    figure = check_figure(measure, Figure(key, row["unit"], period, top, bottom, value))
    benchmark = Benchmark(key, period, rank=count(row["rank"]), ranked=count(row["ranked"]))
    targets: tuple[OfficeTarget, ...] = ()
    if row["new_from"]:
        targets = (OfficeTarget(key, date.fromisoformat(row["new_from"]), number(row["new_target"])),)
    report = evaluate(pack, KpiInput((figure,), (benchmark,), targets), period)
    result = next(r for r in report.results if r.unit == row["unit"])
    return {
        "status": result.status.value,
        "target": "" if result.target is None else plain(result.target),
        "short_by": "" if result.short_by is None else str(result.short_by),
        "explains": ";".join(f"{due.unit}:{due.trigger}" for due in report.due),
    }
