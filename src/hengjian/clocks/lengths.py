"""From a start and a length to the moment of the limit."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hengjian.base.errors import HengjianError
from hengjian.base.times import start_of_day
from hengjian.clocks.calendars import DAY, Calendar
from hengjian.policy.clauses.duty import RUNNING, Amount, Arithmetic, Length, LengthUnit

ValueOf = Callable[[str, date], Decimal | int | None]
"""Look up a dated parameter: ``(name, day) -> value``."""

MONTHS = {LengthUnit.MONTH: 1, LengthUnit.QUARTER: 3, LengthUnit.HALF: 6, LengthUnit.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit. ``inclusive``: exactly ``at`` is still in time. A limit at 24:00 is the next midnight, exclusive."""

    at: datetime
    inclusive: bool
    note: str = ""

    def met_by(self, moment: datetime) -> bool:
        return moment <= self.at if self.inclusive else moment < self.at


def amount(value: Amount, day: date, value_of: ValueOf | None) -> int | None:
    """The number of an amount: itself, or the parameter as in force on ``day`` (None when it has ended)."""
    if isinstance(value, int):
        return value
    if value_of is None:
        raise HengjianError(f"时限写的是参数“{value}”，但没有给出参数表，请随条款一并给出。")
    found = value_of(value, day)
    return None if found is None else int(found)


def limit_of(
    start: datetime,
    length: Length,
    count: int,
    rule: Arithmetic,
    calendar: Calendar,
    *,
    inclusive: bool = True,
    before: bool = False,
) -> Limit:
    """The limit ``count`` units after (or before) ``start``.

    Minutes and hours run from the moment. Longer units count days: the first day is left out, the limit is the end
    of the last day (Civil Code 201–203 by analogy), unless ``rule`` says otherwise.
    """
    sign = -1 if before else 1
    if length.unit is LengthUnit.NONE:
        return Limit(start, inclusive)
    if length.unit in RUNNING:
        step = timedelta(minutes=count) if length.unit is LengthUnit.MINUTE else timedelta(hours=count)
        return Limit(start + sign * step, inclusive)
    day = _last_day(start.date(), length.unit, sign * count, rule, calendar)
    day += sign * timedelta(days=length.tolerance_days)
    days_matter = length.unit is LengthUnit.WORKDAY
    if rule.last_day_off == "next_workday" and not before:
        day, days_matter = calendar.next_workday(day), True
    note = calendar.note_for({start.year, day.year}) if days_matter else ""
    return _end_of(day, rule.day_ends, inclusive, note)


def _last_day(day: date, unit: LengthUnit, count: int, rule: Arithmetic, calendar: Calendar) -> date:
    if unit is LengthUnit.SAME_DAY:
        return day
    if unit in MONTHS:
        last = add_months(day, count * MONTHS[unit])
        return last if rule.exclude_first_day else last - DAY
    if count > 0 and not rule.exclude_first_day:
        day -= DAY
    if unit is LengthUnit.WORKDAY:
        return calendar.add_workdays(day, count)
    days = count * 7 if unit is LengthUnit.WEEK else count
    if rule.calendar == "court_recess":
        return calendar.add_outside_recess(day, days)
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day so many months on; where it does not exist, the month's last day (Civil Code 202).

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of(day: date, day_ends: str, inclusive: bool, note: str) -> Limit:
    if day_ends == "24:00":
        return Limit(start_of_day(day + DAY), False, note)
    return Limit(datetime.combine(day, time.fromisoformat(day_ends)), inclusive, note)
