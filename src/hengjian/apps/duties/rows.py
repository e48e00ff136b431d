"""One thing somebody owes: under which article, by when, and what happens next. Derived at every look, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from hengjian.clocks.calendars import Calendar
from hengjian.clocks.lengths import add_months
from hengjian.clocks.words import remaining_words
from hengjian.policy.clauses.duty import Length, LengthUnit, Remind

DAY = timedelta(days=1)
SOON = 2 * DAY
"""A limit without reminders of its own counts as near from here on."""
PRESSING = timedelta(hours=2)
"""So near, every limit presses, whatever its reminders say."""
_SPANS = {
    LengthUnit.MINUTE: timedelta(minutes=1),
    LengthUnit.HOUR: timedelta(hours=1),
    LengthUnit.DAY: DAY,
    LengthUnit.WORKDAY: DAY,
    LengthUnit.WEEK: 7 * DAY,
}
_MONTHS = {LengthUnit.MONTH: 1, LengthUnit.QUARTER: 3, LengthUnit.HALF: 6, LengthUnit.YEAR: 12}


class Urgency(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    OPEN = "open"

    @property
    def label(self) -> str:
        return {"overdue": "已逾期", "soon": "即将到期", "open": "待办"}[self.value]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """``key`` is stable over time (reminders hang on it). ``due_at`` is naive local; midnight not ``inclusive`` = 24:00.

    ``mail_title`` replaces the title in mail (restricted items go by their number). ``kind`` is the heading.
    """

    key: str
    kind: str
    title: str
    url: str
    next_step: str
    unit: str = ""
    article: str = ""
    clause: str = ""
    due_at: datetime | None = None
    inclusive: bool = True
    start_at: datetime | None = None
    remaining: str = ""
    state: Urgency = Urgency.OPEN
    emergency: bool = False
    remind: Remind = field(default_factory=Remind)
    mail_title: str = ""
    note: str = ""

    @property
    def due_day(self) -> datetime | None:
        """The day the limit falls on: 24:00 belongs to the day it ends."""
        if self.due_at is None:
            return None
        return self.due_at if self.inclusive else self.due_at - timedelta(minutes=1)

    @property
    def due_words(self) -> str:
        """The limit as documents write it: 24:00 of the day that ends.

        >>> DutyRow("k", "", "", "", "", due_at=datetime(2024, 6, 4), inclusive=False).due_words
        '2024年6月3日 24:00'
        """
        if self.due_at is None or self.due_day is None:
            return ""
        day = self.due_day if self.due_at.time() == time() and not self.inclusive else self.due_at
        clock = "24:00" if day is not self.due_at else f"{day:%H:%M}"
        return f"{day.year}年{day.month}月{day.day}日 {clock}"

    @property
    def left(self) -> str:
        """How much is left, without the day (which ``until`` names)."""
        return self.remaining.rsplit("，", 1)[-1]

    @property
    def until(self) -> str:
        """The day of the limit, unless ``left`` says it all."""
        if "，" in self.remaining:
            return self.remaining.rsplit("，", 1)[0]
        return self.due_words.split("年", 1)[-1] if self.due_at and "24:00" not in self.remaining else ""


def before(due: datetime, length: Length) -> datetime:
    """The moment ``length`` before ``due``; months step back in the calendar.

    >>> before(datetime(2025, 1, 1), Length(unit="month", value=3))
    datetime.datetime(2024, 10, 1, 0, 0)
    """
    count = length.value if isinstance(length.value, int) else 0
    if length.unit in _MONTHS:
        day = add_months(due.date(), -count * _MONTHS[length.unit])
        return datetime.combine(day, due.time())
    return due - count * _SPANS.get(length.unit, timedelta())


def urgency_of(
    due: datetime | None, now: datetime, *, inclusive: bool = True, remind: Remind | None = None
) -> Urgency:
    """Overdue after the limit; near from the earliest reminder on (two days, where the rule names none).

    The limits of an emergency are near from the first moment.

    >>> urgency_of(datetime(2024, 6, 4), datetime(2024, 6, 3, 23, 59), inclusive=False).value
    'soon'
    >>> urgency_of(datetime(2024, 6, 4), datetime(2024, 6, 4), inclusive=False).value
    'overdue'
    """
    if due is None:
        return Urgency.OPEN
    if now > due or (now == due and not inclusive):
        return Urgency.OVERDUE
    marks = [before(due, length) for length in remind.before] if remind and remind.before else [due - SOON]
    if remind is not None and remind.emergency:
        return Urgency.SOON
    return Urgency.SOON if now >= min(*marks, due - PRESSING) else Urgency.OPEN


def words_of(
    due: datetime | None, now: datetime, *, inclusive: bool = True, calendar: Calendar | None = None
) -> str:
    """What is left, in words; empty where there is no limit."""
    return "" if due is None else remaining_words(due, now, inclusive=inclusive, calendar=calendar)
