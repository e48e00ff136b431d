"""Which days are worked: the plain week, corrected by a holiday table that may be missing a year."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from hengjian.base.errors import HengjianError, Place

DAY = timedelta(days=1)
_KINDS = {"rest": False, "work": True}


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """Days that depart from the plain week: ``{day: worked}``. A year without a row is not loaded.

    >>> table = HolidayTable.parse("date,kind,name\\n2024-05-01,rest,劳动节\\n2024-05-11,work,劳动节\\n")
    >>> table.years, table.departures[date(2024, 5, 11)]
    (frozenset({2024}), True)
    """

    departures: Mapping[date, bool] = field(default_factory=dict)

    @property
    def years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.departures)

    @classmethod
    def parse(cls, text: str, source: str = "holidays.csv") -> HolidayTable:
        """Read ``date,kind,name`` rows (kind ``rest`` or ``work``); a bad row is an error with its line."""
        rows = csv.DictReader(text.splitlines())
        if not {"date", "kind"} <= set(rows.fieldnames or ()):
            raise HengjianError("节假日表须有 date、kind 两列，请补上表头。", where=Place(source, 1))
        departures: dict[date, bool] = {}
        for row in rows:
            where = Place(source, rows.line_num)
            try:
                day = date.fromisoformat(row["date"])
                worked = _KINDS[row["kind"]]
            except (KeyError, TypeError, ValueError):
                raise HengjianError(
                    "日期须写成 2027-01-01，类别须为 rest（休息）或 work（上班），请改正。", where=where
                ) from None
            if departures.setdefault(day, worked) != worked:
                raise HengjianError(f"{day} 既写休息又写上班，请只留一行。", where=where)
        return cls(departures)

    def with_rows(self, other: HolidayTable) -> HolidayTable:
        """This table with the days of another, which wins: how an office adds the new year."""
        return HolidayTable({**self.departures, **other.departures})


@cache
def builtin_holidays() -> HolidayTable:
    """The table that comes with the product (2004–2026)."""
    text = (files("hengjian.clocks") / "data" / "holidays_cn.csv").read_text(encoding="utf-8")
    return HolidayTable.parse(text, "holidays_cn.csv")


def holiday_years() -> frozenset[int]:
    """The years the built-in table covers; an installation says when the current or next year is missing."""
    return builtin_holidays().years


@dataclass(frozen=True, slots=True)
class Calendar:
    """Counts days for clocks. ``recesses`` are half-open ranges of days that do not count (court recess)."""

    holidays: HolidayTable
    recesses: tuple[tuple[date, date], ...] = ()

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked; in a year that is not loaded every day counts (natural days)."""
        if day.year not in self.holidays.years:
            return True
        return self.holidays.departures.get(day, day.weekday() < 5)

    def in_recess(self, day: date) -> bool:
        return any(first <= day < end for first, end in self.recesses)

    def add_workdays(self, day: date, count: int) -> date:
        """The ``count``-th worked day after ``day`` (before it, when negative); ``day`` itself is not counted.

        >>> standard_calendar().add_workdays(date(2024, 4, 30), 1)
        datetime.date(2024, 5, 6)
        """
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def next_workday(self, day: date) -> date:
        """``day`` if it is worked, else the next that is."""
        while not self.is_workday(day):
            day += DAY
        return day

    def add_outside_recess(self, day: date, count: int) -> date:
        """Add ``count`` natural days, leaving out days of recess."""
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= not self.in_recess(day)
        return day

    def note_for(self, years: Iterable[int]) -> str:
        """What to tell the reader about years that are not loaded; empty when all are."""
        missing = sorted(set(years) - self.holidays.years)
        return f"未载入 {'、'.join(map(str, missing))} 年日历，按自然日计算。" if missing else ""


@cache
def standard_calendar() -> Calendar:
    """The built-in holiday table without recess."""
    return Calendar(builtin_holidays())
