"""Counts of a month by any key: stood before, found, ended, stands now; the four always add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from hengjian.apps.cases import store
from hengjian.apps.cases.dictionary import KEY
from hengjian.apps.cases.models import Dataset
from hengjian.apps.cases.reports.moments import Bounds
from hengjian.apps.cases.reports.spans import Span
from hengjian.apps.cases.rulebook import courts_by_code
from hengjian.casedata import monthly
from hengjian.casedata.monthly import Touched
from hengjian.casedata.sampling import error_rate

FEW = 30
"""Below so many cases a share says nothing about a court and is not compared."""
Json = dict[str, Any]


@dataclass(slots=True)
class Balance:
    """``last_open`` + ``found`` = ``corrected`` + ``open``."""

    last_open: int = 0
    found: int = 0
    corrected: int = 0
    open: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)

    def row(self) -> Json:
        return {
            "last_open": self.last_open,
            "found": self.found,
            "corrected": self.corrected,
            "open": self.open,
        }


def balances(found: Iterable[Span], bounds: Bounds, by: Callable[[Span], Hashable]) -> dict[Any, Balance]:
    rows: dict[Any, Balance] = defaultdict(Balance)
    for span in found:
        one = rows[by(span)]
        one.last_open += span.stood(bounds.start)
        one.found += span.found(bounds.start, bounds.end)
        one.corrected += span.ended(bounds.start, bounds.end)
        one.open += span.stood(bounds.end)
        if span.verdict and span.judged(bounds.start, bounds.end):
            one.verdicts[span.verdict] += 1
    return {key: row for key, row in rows.items() if row.row() != Balance().row() or row.verdicts}


def touched(dataset: Dataset, bounds: Bounds, found: Iterable[Span]) -> dict[int, Touched]:
    """By court, of the version the month's last check read; cases of an unknown court are the topmost court's."""
    cases = (span.case_id for span in found if span.found(bounds.start, bounds.end))
    month = bounds.period
    counts = monthly.touched(
        store.lake(), dataset.name, bounds.version, month.first, month.end, given=cases, key=KEY
    )
    courts, top = courts_by_code(dataset), dataset.installation.unit_id
    rows: dict[int, Touched] = {}
    for code, one in counts.items():
        place = courts[code].pk if code in courts else top
        rows[place] = total((rows.get(place, Touched()), one))
    return rows


def total(parts: Iterable[Touched]) -> Touched:
    rows = list(parts)
    return Touched(*(sum(getattr(row, name) for row in rows) for name in Touched.__slots__))


def share(failed: int, cases: int) -> Json:
    """The share with its interval as text; of few cases only the counts."""
    rate = error_rate(failed, cases)
    if cases < FEW or rate.value is None or rate.low is None or rate.high is None:
        return {"rate": "件数太少", "interval": "—", "few": True}
    return {
        "rate": f"{rate.value:.2%}",
        "interval": f"{rate.low:.2%}—{rate.high:.2%}",
        "few": False,
        "low": rate.low,
        "high": rate.high,
    }


def compared(one: Json, everywhere: float | None) -> str:
    """Against all courts together: only what the interval bears out."""
    if one["few"] or everywhere is None:
        return "不比较"
    if one["low"] > everywhere:
        return "高于全省"
    return "低于全省" if one["high"] < everywhere else "无明显差别"
