"""Issue calendars: the slots of a periodic document or meeting, each with its number and its limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day
from hengjian.clocks.calendars import Calendar, standard_calendar
from hengjian.clocks.evaluate import state_of
from hengjian.clocks.facts import ClockResult, State
from hengjian.clocks.lengths import Limit, ValueOf, amount, limit_of
from hengjian.policy.clauses.duty import IssueDuty


@dataclass(frozen=True, slots=True)
class Slot:
    """One issue that is owed: for the days ``first`` (inclusive) to ``end`` (exclusive), due at ``due_at``.

    ``number`` counts the slots that begin in the calendar year, from 1.
    """

    clause: str
    label: str
    first: date
    end: date
    number: int
    due_at: datetime
    inclusive: bool
    note: str = ""


def next_periods(kind: PeriodKind, day: date, count: int) -> list[Period]:
    """The period that contains ``day`` and those after it, ``count`` in all.

    >>> [str(p) for p in next_periods(PeriodKind.HALF_MONTH, date(2024, 12, 20), 3)]
    ['2024-12-B', '2025-01-A', '2025-01-B']
    """
    found = [Period.of(day, kind)]
    while len(found) < count:
        found.append(found[-1].next())
    return found[:count]


def slots(
    duty: IssueDuty,
    first: date,
    end: date,
    *,
    calendar: Calendar | None = None,
    value_of: ValueOf | None = None,
) -> list[Slot]:
    """The slots of ``duty`` that begin in ``first`` … ``end`` (half-open), oldest first.

    A week belongs to the year of its Thursday, as the standard numbers weeks; other periods to the year they begin in.
    """
    cal = calendar or standard_calendar()
    found = []
    for begin, finish, label in _spans(duty, first, end):
        number = _number(duty, begin)
        at, inclusive, note = _due(duty, begin, finish, cal, value_of)
        found.append(Slot(duty.id, label, begin, finish, number, at, inclusive, note))
    return found


def _spans(duty: IssueDuty, first: date, end: date) -> Iterator[tuple[date, date, str]]:
    period = Period.of(duty.anchor or first, duty.per)
    if duty.every > 1 and period.first < first:
        period = _skip(duty, period, first)
    while period.first < end:
        last = period
        for _ in range(duty.every - 1):
            last = last.next()
        if period.first >= first:
            label = period.label if duty.every == 1 else f"{period.label}至{last.label}"
            yield period.first, last.end, label
        period = last.next()


def _skip(duty: IssueDuty, period: Period, first: date) -> Period:
    """Step in whole strides to the last slot beginning before ``first``."""
    while True:
        later = period
        for _ in range(duty.every):
            later = later.next()
        if later.first > first:
            return period
        period = later


def _number(duty: IssueDuty, begin: date) -> int:
    if duty.per is PeriodKind.WEEK and duty.every == 1:
        return begin.isocalendar().week
    if duty.per is PeriodKind.DAY and duty.every == 1:
        return begin.timetuple().tm_yday
    year = date(begin.year, 1, 1)
    return sum(1 for _ in _spans(duty, year, begin + timedelta(days=1)))


def _due(
    duty: IssueDuty, begin: date, end: date, calendar: Calendar, value_of: ValueOf | None
) -> tuple[datetime, bool, str]:
    if duty.within is None:
        return start_of_day(end), False, ""
    count = amount(duty.within.value, end, value_of) or 0
    from_first_day = duty.arithmetic.model_copy(update={"exclude_first_day": False})
    limit = limit_of(start_of_day(end), duty.within, count, from_first_day, calendar)
    return limit.at, limit.inclusive, limit.note


def slot_status(
    duty: IssueDuty, slot: Slot, happened: datetime | None, now: datetime | None = None
) -> ClockResult:
    """The clock of one slot: when its issue came out against its limit. It starts with the slot's first day."""
    if happened is not None and now is not None and happened > now:
        happened = None
    limit = Limit(slot.due_at, slot.inclusive, slot.note)
    state = state_of(limit, happened, now)
    return ClockResult(
        clause=duty.id,
        stage=slot.first.isoformat(),
        title=f"{duty.title}：{slot.label}",
        article="、".join(duty.articles),
        start=start_of_day(slot.first),
        due_at=slot.due_at,
        inclusive=slot.inclusive,
        happened_at=happened,
        late_by=happened - slot.due_at if happened is not None and state is State.LATE else None,
        violated=state in (State.LATE, State.MISSED),
        chargeable=duty.strict,
        state=state,
        emergency=duty.remind.emergency,
        note=slot.note,
    )
