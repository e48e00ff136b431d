"""Spans of time a table is drawn up for: a month, quarter, half-year or year, or months running on (累计)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind

JOIN = "~"
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open: ``first`` belongs to it, ``end`` does not. ``text`` names it and is read back by ``parse``.

    >>> Span.parse("2026-01~2026-06").end
    datetime.date(2026, 7, 1)
    >>> Span.parse("2026Q1").label, Span.parse("2026-01~2026-06").label
    ('2026年第一季度', '2026年1月至6月')
    """

    first: date
    end: date
    text: str
    label: str

    @classmethod
    def parse(cls, text: str) -> Span:
        """HengjianError for anything that is no month, quarter, half-year, year or run of months."""
        begin, joined, last = text.strip().partition(JOIN)
        one = _period(begin)
        if not joined:
            return cls.of(one)
        two = _period(last)
        if one.kind is not PeriodKind.MONTH or two.kind is not PeriodKind.MONTH or two.first < one.first:
            raise HengjianError(f"“{text}”不是期间；累计期间请写成 2026-01~2026-06，由早到晚。")
        if one == two:
            return cls.of(one)
        same = one.first.year == two.first.year
        until = f"{two.first.month}月" if same else two.label
        return cls(one.first, two.end, f"{one}{JOIN}{two}", f"{one.label}至{until}")

    @classmethod
    def of(cls, period: Period) -> Span:
        return cls(period.first, period.end, str(period), period.label)

    def __str__(self) -> str:
        return self.text


def _period(text: str) -> Period:
    found = Period.parse(text)
    if found.kind not in KINDS:
        raise HengjianError(f"统计不按“{text}”这样的期间，请写月、季度、半年、年，或者 2026-01~2026-06。")
    return found


def months(first: Span, count: int) -> list[Span]:
    """``count`` months that end with the month ``first``.

    >>> [str(span) for span in months(Span.parse("2026-02"), 3)]
    ['2025-12', '2026-01', '2026-02']
    """
    period = Period.of(first.first, PeriodKind.MONTH)
    found = []
    for _ in range(count):
        found.append(Span.of(period))
        period = period.previous()
    return found[::-1]
