"""How far every unit is in a year: quarter by quarter beside the year's number, with what is still lacking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.quota import result_of, submissions
from hengjian.apps.duties.registers import item_duties
from hengjian.apps.org.models import Unit
from hengjian.base.periods import Period, PeriodKind
from hengjian.clocks.quota import QuotaResult
from hengjian.policy.clauses.duty import QuotaDuty

BAR, GAP, HIGH = 10, 4, 26  # of the small picture, in its own units


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter in the picture: ``x``, ``y``, ``height`` of the bar, the line of what is due, and in words."""

    x: int
    y: float
    height: float
    due_y: float | None
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class UnitYear:
    """``parts``: the shorter duty period by period; ``year``: the yearly duty, None where the text has none."""

    unit: Unit
    parts: tuple[QuotaResult, ...]
    year: QuotaResult | None
    bars: tuple[Bar, ...]

    @property
    def short(self) -> int:
        return self.year.short if self.year else sum(r.short for r in self.parts)


@dataclass(frozen=True, slots=True)
class YearTable:
    year: int
    part: QuotaDuty | None
    whole: QuotaDuty | None
    rows: tuple[UnitYear, ...]

    @property
    def finished(self) -> int:
        return sum(
            row.year is not None and row.year.needed is not None and not row.year.short for row in self.rows
        )

    @property
    def owed(self) -> int:
        return sum((row.year.needed or 0) for row in self.rows if row.year)

    @property
    def done(self) -> int:
        return sum(row.year.done for row in self.rows if row.year)


def year_table(look: Look, governed: Governed, units: list[Unit], year: int) -> YearTable:
    """A constant number of queries for all units."""
    duties = item_duties(governed)
    whole = next((d for d in duties if d.per is PeriodKind.YEAR), None)
    part = next((d for d in duties if d.per in (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.MONTH)), None)
    first, last = date(year, 1, 1), min(date(year, 12, 31), max(look.today, date(year, 1, 1)))
    moments = submissions(governed, units, first, last)
    span = Period.parse(str(year))
    rows = []
    for unit in units:
        parts = (
            tuple(result_of(governed, part, unit, p, moments, look.local) for p in span.parts(part.per))
            if part
            else ()
        )
        results = result_of(governed, whole, unit, span, moments, look.local) if whole else None
        rows.append(UnitYear(unit, parts, results, bars_of(parts, look.today)))
    return YearTable(year, part, whole, tuple(rows))


def bars_of(parts: tuple[QuotaResult, ...], today: date) -> tuple[Bar, ...]:
    """A bar a period; full height is the highest of done and due, at least two."""
    top = max([2, *(max(r.done, r.needed or 0) for r in parts)])
    found = []
    for n, result in enumerate(parts):
        height = HIGH * result.done / top
        due = None if not result.needed else round(HIGH - HIGH * result.needed / top, 1)
        css = _css(result, today)
        words = f"{result.period.label}：报送 {result.done} 篇" + (
            f"，应报 {result.needed} 篇" if result.needed is not None else ""
        )
        found.append(Bar(n * (BAR + GAP), round(HIGH - height, 1), round(height, 1), due, css, words))
    return tuple(found)


def _css(result: QuotaResult, today: date) -> str:
    if result.period.first > today:
        return "ahead"
    if not result.short:
        return "done"
    return "now" if result.period.end > today else "missed"
