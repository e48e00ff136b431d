"""Results as a workbook: what each lead is given every month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hengjian.apps.indicators.lines import marks_of
from hengjian.apps.indicators.queries import input_of
from hengjian.apps.indicators.show import Line
from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period
from hengjian.base.points import plain
from hengjian.documents.sheets import SheetColumn, Worksheet, write_xlsx
from hengjian.kpi import evaluate

HEADS = (
    "指标",
    "单位",
    "分子",
    "分母",
    "数值",
    "标准",
    "标准起用",
    "结论",
    "还差件数",
    "全省平均",
    "优秀标准",
    "名次",
    "牵头部门",
    "说明",
)


Cell = str | int | Decimal | date | None


def result_rows(scene: Scene, period: Period, lead: str = "") -> list[tuple[Cell, ...]]:
    """The rows the actor may see; ``lead``: only the indicators of this lead."""
    data = replace(input_of(scene, [period]), expected=frozenset(scene.by_key))
    report = evaluate(scene.pack_at(period), data, period)
    marks = marks_of(scene, period)
    rows: list[tuple[Cell, ...]] = []
    for result in (*report.whole, *report.results) if len(scene.seen) == len(scene.units) else report.results:
        measure = scene.by_key[result.indicator]
        unit = scene.unit_by_name.get(result.unit)
        if lead and lead not in (*measure.lead, *measure.co_lead):
            continue
        if unit is not None and not scene.sees(measure, unit):
            continue
        line = Line(measure, result, unit, marks.get(result.indicator))
        rows.append(
            (
                measure.title, result.unit, result.numerator, result.denominator, line.value, line.target,
                result.target_from, line.status, result.short_by, line.average, line.excellent, line.rank,
                "、".join(result.lead), result.note,
            )
        )  # fmt: skip
    return rows


def workbook_of(label: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    columns = tuple(SheetColumn(title) for title in HEADS)
    return write_xlsx([Worksheet(label, columns, tuple(tuple(row) for row in rows))])


def results_workbook(scene: Scene, period: Period, lead: str = "") -> bytes:
    return workbook_of(period.label, result_rows(scene, period, lead))


def frozen(row: Sequence[Cell]) -> list[str | int | None]:
    """A row as JSON keeps it."""
    return [plain(c) if isinstance(c, Decimal) else c.isoformat() if isinstance(c, date) else c for c in row]
