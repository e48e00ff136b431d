"""Periods of published figures: those of ``Period``, and runs of months such as January to August."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind

_RUN = re.compile(r"(\d{4}-\d{2})\s*[~～/]\s*(\d{4}-\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open: from ``first`` until the day before ``end``. Equal days are the same period, however written.

    >>> Span.parse("2025H1") == Span.parse("2025-01~2025-06")
    True
    >>> Span.parse("2025-01~2025-08").label, Span.parse("2025Q3").label, str(Span.parse("2025-01~2025-06"))
    ('2025年1—8月', '2025年第三季度', '2025H1')
    """

    first: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``2025``, ``2025H1``, ``2025Q3``, ``2025-06`` or ``2025-01~2025-08``."""
        run = _RUN.fullmatch(text.strip())
        if run:
            begin, last = Period.parse(run[1]), Period.parse(run[2])
            if last.first < begin.first:
                raise HengjianError(f"“{text}”的止月早于起月，请更正。")
            return cls(begin.first, last.end)
        try:
            found = Period.parse(text)
        except HengjianError:
            raise HengjianError(
                f"“{text}”不是期间，请写成 2025、2025H1、2025Q3、2025-06 或 2025-01~2025-08。"
            ) from None
        return cls(found.first, found.end)

    @classmethod
    def of(cls, period: Period) -> Span:
        return cls(period.first, period.end)

    @property
    def period(self) -> Period | None:
        """The named period of these days, if there is one."""
        for kind in PeriodKind:
            found = Period.of(self.first, kind)
            if (found.first, found.end) == (self.first, self.end):
                return found
        return None

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        named = self.period
        if named is not None:
            return named.label
        first, last = self.first, self.last
        if first.year == last.year:
            return f"{first.year}年{first.month}—{last.month}月"
        return f"{first.year}年{first.month}月—{last.year}年{last.month}月"

    def year_before(self) -> Span:
        """The same period of the year before (同期).

        >>> Span.parse("2024-02").year_before().label
        '2023年2月'
        """
        return Span(_earlier(self.first), _earlier(self.end))

    def __str__(self) -> str:
        named = self.period
        return str(named) if named else f"{self.first:%Y-%m}~{self.last:%Y-%m}"


def _earlier(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
