"""Periods of account: years, half-years, quarters, months, half-months, ISO weeks and days, all half-open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hengjian.base.errors import HengjianError


class PeriodKind(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    HALF_MONTH = "half_month"
    WEEK = "week"
    DAY = "day"


_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(A|B|\d{2}))?|-?Q([1-4])|-?H([12])|-?W(\d{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period named as the acceptance files name it.

    >>> Period.parse("2024-06").first, Period.parse("2024-06").end
    (datetime.date(2024, 6, 1), datetime.date(2024, 7, 1))
    >>> str(Period.of(date(2024, 5, 31), PeriodKind.QUARTER))
    '2024Q2'
    >>> Period.parse("2024").contains(date(2024, 12, 31))
    True
    """

    first: date
    kind: PeriodKind

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2024``, ``2024H1``, ``2024Q2``, ``2024-06``, ``2024-06-A`` (first half), ``2024W23`` or ``2024-06-03``."""
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise HengjianError(f"“{text}”不是期间，请写成 2024、2024Q2 或 2024-06 这样的形式。")
        year, month, part, quarter, half, week = match.groups()
        try:
            if quarter:
                return cls(date(int(year), int(quarter) * 3 - 2, 1), PeriodKind.QUARTER)
            if half:
                return cls(date(int(year), int(half) * 6 - 5, 1), PeriodKind.HALF)
            if week:
                return cls(date.fromisocalendar(int(year), int(week), 1), PeriodKind.WEEK)
            if part and part.isdigit():
                return cls(date(int(year), int(month), int(part)), PeriodKind.DAY)
            if part:
                return cls(date(int(year), int(month), 1 if part == "A" else 16), PeriodKind.HALF_MONTH)
            if month:
                return cls(date(int(year), int(month), 1), PeriodKind.MONTH)
            return cls(date(int(year), 1, 1), PeriodKind.YEAR)
        except ValueError:
            raise HengjianError(f"“{text}”不是存在的期间，请检查年、月、周或日。") from None

    @classmethod
    def of(cls, day: date, kind: PeriodKind) -> Period:
        """The period of ``kind`` that contains ``day``."""
        match kind:
            case PeriodKind.YEAR:
                return cls(date(day.year, 1, 1), kind)
            case PeriodKind.HALF:
                return cls(date(day.year, 1 if day.month < 7 else 7, 1), kind)
            case PeriodKind.QUARTER:
                return cls(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), kind)
            case PeriodKind.MONTH:
                return cls(date(day.year, day.month, 1), kind)
            case PeriodKind.HALF_MONTH:
                return cls(date(day.year, day.month, 1 if day.day < 16 else 16), kind)
            case PeriodKind.WEEK:
                return cls(day - timedelta(days=day.weekday()), kind)
            case PeriodKind.DAY:
                return cls(day, kind)

    @property
    def end(self) -> date:
        """The first day after the period."""
        first = self.first
        match self.kind:
            case PeriodKind.DAY:
                return first + timedelta(days=1)
            case PeriodKind.WEEK:
                return first + timedelta(days=7)
            case PeriodKind.HALF_MONTH:
                return first.replace(day=16) if first.day == 1 else _add_months(first.replace(day=1), 1)
            case PeriodKind.MONTH:
                return _add_months(first, 1)
            case PeriodKind.QUARTER:
                return _add_months(first, 3)
            case PeriodKind.HALF:
                return _add_months(first, 6)
            case PeriodKind.YEAR:
                return _add_months(first, 12)

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    def contains(self, day: date) -> bool:
        return self.first <= day < self.end

    def next(self) -> Period:
        return Period.of(self.end, self.kind)

    def previous(self) -> Period:
        return Period.of(self.first - timedelta(days=1), self.kind)

    def parts(self, kind: PeriodKind) -> list[Period]:
        """The smaller periods that begin inside this one, in order.

        >>> [str(part) for part in Period.parse("2024Q1").parts(PeriodKind.MONTH)]
        ['2024-01', '2024-02', '2024-03']
        """
        part = Period.of(self.first, kind)
        found = []
        while part.first < self.end:
            if part.first >= self.first:
                found.append(part)
            part = part.next()
        return found

    @property
    def label(self) -> str:
        """The Chinese name, e.g. ``2024年6月``, ``2024年第二季度``."""
        first = self.first
        match self.kind:
            case PeriodKind.YEAR:
                return f"{first.year}年"
            case PeriodKind.HALF:
                return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
            case PeriodKind.QUARTER:
                return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
            case PeriodKind.MONTH:
                return f"{first.year}年{first.month}月"
            case PeriodKind.HALF_MONTH:
                return f"{first.year}年{first.month}月{'上' if first.day == 1 else '下'}半月"
            case PeriodKind.WEEK:
                year, week, _ = first.isocalendar()
                return f"{year}年第{week}周"
            case PeriodKind.DAY:
                return f"{first.year}年{first.month}月{first.day}日"

    def __str__(self) -> str:
        first = self.first
        match self.kind:
            case PeriodKind.YEAR:
                return f"{first.year:04}"
            case PeriodKind.HALF:
                return f"{first.year:04}H{first.month // 6 + 1}"
            case PeriodKind.QUARTER:
                return f"{first.year:04}Q{first.month // 3 + 1}"
            case PeriodKind.MONTH:
                return f"{first.year:04}-{first.month:02}"
            case PeriodKind.HALF_MONTH:
                return f"{first.year:04}-{first.month:02}-{'A' if first.day == 1 else 'B'}"
            case PeriodKind.WEEK:
                year, week, _ = first.isocalendar()
                return f"{year:04}W{week:02}"
            case PeriodKind.DAY:
                return first.isoformat()


def _add_months(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)
