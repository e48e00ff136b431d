"""Plans and progress as tables for paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hengjian.apps.duties.models import PlanRow
from hengjian.apps.duties.plans.progress import YearTable
from hengjian.apps.org.models import Unit
from hengjian.base.periods import Period
from hengjian.documents import Column, Format, Table
from hengjian.policy.clauses.duty import QuotaDuty


def plan_table(units: Iterable[Unit], rows: Mapping[int, PlanRow], columns: Mapping[str, QuotaDuty]) -> Table:
    """With a row of totals."""
    heads = (Column("部门"), *(Column(d.title, Format.INTEGER) for d in columns.values()), Column("来源"))
    body = [
        (unit.name, *(rows[unit.pk].numbers.get(c) for c in columns), rows[unit.pk].source)
        for unit in units
        if unit.pk in rows
    ]
    totals = [sum(row[n] or 0 for row in body) for n in range(1, len(columns) + 1)]
    return Table(heads, (*body, ("合计", *totals, "")))


def progress_table(table: YearTable) -> Table:
    periods = [result.period for result in table.rows[0].parts] if table.rows else []
    heads = [Column("部门"), *(Column(_head(p), Format.INTEGER) for p in periods)]
    heads += [
        Column("全年任务", Format.INTEGER),
        Column("已报", Format.INTEGER),
        Column("还差", Format.INTEGER),
    ]
    body = [
        (
            row.unit.name,
            *(result.done for result in row.parts),
            row.year.needed if row.year else None,
            row.year.done if row.year else sum(result.done for result in row.parts),
            row.short,
        )
        for row in table.rows
    ]
    return Table(tuple(heads), tuple(body))


def _head(period: Period) -> str:
    return period.label.split("年", 1)[-1]
