"""What does not fit in a plan: totals, units left out, numbers that contradict each other. Advice, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hengjian.apps.org.models import Unit
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import QuotaDuty
from hengjian.policy.lint.stated import of_table

PARTS = {"year": 1, "half": 2, "quarter": 4, "month": 12}


@dataclass(frozen=True, slots=True)
class Advice:
    where: str
    message: str


def of_annex(pack: Pack, table: str) -> list[Advice]:
    """What the lint finds in the table as it is printed."""
    return [Advice(row.where, row.message) for row in of_table(pack, table)]


def of_plan(
    units: Iterable[Unit], rows: Mapping[int, Mapping[str, int | None]], columns: Mapping[str, QuotaDuty]
) -> list[Advice]:
    """Units without a row; units whose short periods ask more than their year."""
    found = []
    for unit in units:
        numbers = rows.get(unit.pk)
        if numbers is None:
            found.append(Advice(str(unit), _unlisted(columns.values())))
            continue
        found += _contradictions(unit, numbers, columns)
    return found


def _unlisted(duties: Iterable[QuotaDuty]) -> str:
    """What a unit without a row owes: by the text what holds for everybody, else nothing."""
    general = [f"“{duty.title}”" for duty in duties if duty.unlisted is not None]
    owes = f"只按正文办理{'、'.join(general)}，没有另外的任务" if general else "没有报送任务"
    return f"没有列入计划，{owes}；应当列入的请补上。"


def _contradictions(
    unit: Unit, numbers: Mapping[str, int | None], columns: Mapping[str, QuotaDuty]
) -> list[Advice]:
    """A quarter's number times four against the year's."""
    sums = {
        duty.title: (numbers.get(column) or 0) * PARTS[duty.per.value]
        for column, duty in columns.items()
        if duty.per.value in PARTS and numbers.get(column)
    }
    if len(set(sums.values())) < 2:
        return []
    told = "，".join(f"{title}合全年 {number} 篇" for title, number in sums.items())
    return [Advice(str(unit), f"{told}，请核对是否有意如此。")]
