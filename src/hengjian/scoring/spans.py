"""Which periods are written, and of which periods of account they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind


@dataclass(frozen=True)
class Calendar:
    """``wanted`` periods in order, and for each the periods of account (``base``) inside it."""

    base: tuple[Period, ...]
    wanted: tuple[Period, ...]
    parts: tuple[tuple[Period, int], ...]


def calendar(kind: PeriodKind, happened: Iterable[date], wanted: Iterable[Period] | None) -> Calendar:
    """Plan a scoring whose period of account is ``kind``.

    ``happened`` are first days of the periods of account in which anything happened; without ``wanted`` those
    and their years are written. A wanted longer period is the sum of what happened inside it.
    """
    active = sorted({Period.of(day, kind) for day in happened})
    if wanted is None:
        years = sorted({Period.of(period.first, PeriodKind.YEAR) for period in active})
        asked = [*active, *(year for year in years if kind is not PeriodKind.YEAR)]
    else:
        asked = list(dict.fromkeys(wanted))
    base: set[Period] = set()
    parts: list[tuple[Period, int]] = []
    for no, period in enumerate(asked):
        inside = [period] if period.kind is kind else [p for p in active if _inside(p, period, kind)]
        base.update(inside)
        parts += [(part, no) for part in inside]
    return Calendar(tuple(sorted(base)), tuple(asked), tuple(parts))


def _inside(part: Period, whole: Period, kind: PeriodKind) -> bool:
    if (whole.end - whole.first) < (part.end - part.first) or whole.kind in (
        PeriodKind.WEEK,
        PeriodKind.HALF_MONTH,
    ):
        name = Period.of(whole.first, kind)
        raise HengjianError(f"期间“{whole}”短于本制度的计分期间，请写成 {name} 这样的期间。")
    return whole.first <= part.first and part.end <= whole.end


def thursdays(period: Period) -> int:
    """How many ISO weeks belong to a period: those whose Thursday lies in it.

    >>> thursdays(Period.parse("2024-05")), thursdays(Period.parse("2024-06"))
    (5, 4)
    """
    first = period.first + timedelta(days=(3 - period.first.weekday()) % 7)
    return max(0, (period.last - first).days // 7 + 1) if first <= period.last else 0
