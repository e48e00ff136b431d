"""Reminders follow from the state of a clock at any moment; nothing is stored, so nothing can be stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from hengjian.base.errors import HengjianError
from hengjian.clocks.calendars import DAY, Calendar, standard_calendar
from hengjian.clocks.facts import State
from hengjian.clocks.lengths import MONTHS, add_months
from hengjian.policy.clauses.duty import Length, LengthUnit, Remind

_SPANS = {
    LengthUnit.MINUTE: timedelta(minutes=1),
    LengthUnit.HOUR: timedelta(hours=1),
    LengthUnit.DAY: DAY,
    LengthUnit.WEEK: 7 * DAY,
}


class Dated(Protocol):
    """What can be reminded of: a clock, a quota, an issue."""

    @property
    def start(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def state(self) -> State: ...


class When(StrEnum):
    BEFORE = "before"
    AT = "at"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Quiet:
    """When people are left alone. ``digest_at`` is the one moment a day when ordinary reminders go out together.

    ``workdays_only`` keeps weekends and holidays quiet too.
    """

    begins: time = time(20, 0)
    ends: time = time(8, 0)
    digest_at: time = time(8, 30)
    workdays_only: bool = True

    def silences(self, moment: datetime, calendar: Calendar) -> bool:
        if self.workdays_only and not calendar.is_workday(moment.date()):
            return True
        clock = moment.time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


@dataclass(frozen=True, slots=True)
class Reminder:
    """Remind of ``result`` at ``at``; ``digest`` ones are bundled into the daily mail, others go out alone."""

    at: datetime
    when: When
    digest: bool
    result: Dated


def reminder_moments(
    result: Dated,
    remind: Remind,
    *,
    quiet: Quiet | None = None,
    calendar: Calendar | None = None,
) -> list[Reminder]:
    """All moments at which to remind of a clock that still runs or was missed; none once it has been met.

    A moment in quiet hours moves: before the limit to the last loud moment earlier, at or after it to the next one.
    Limits of an emergency ignore quiet hours.
    """
    if result.due_at is None or result.state not in (State.PENDING, State.MISSED):
        return []
    hours, cal = quiet or Quiet(), calendar or standard_calendar()
    planned = [(_shifted(result.due_at, length, -1, cal), When.BEFORE) for length in remind.before]
    planned.append((result.due_at, When.AT))
    planned += [(_shifted(result.due_at, length, 1, cal), When.AFTER) for length in remind.after]
    found = set()
    for moment, when in planned:
        if result.start is not None and when is When.BEFORE and moment < result.start:
            continue
        if remind.emergency:
            found.add(Reminder(moment, when, False, result))
            continue
        moved = _loud(moment, when, hours, cal, result.start)
        found.add(Reminder(moved, when, when is not When.AT, result))
    return sorted(found, key=lambda reminder: (reminder.at, reminder.when.value))


def due_reminders(
    reminders: Iterable[Reminder], since: datetime, now: datetime, *, quiet: Quiet | None = None
) -> list[Reminder]:
    """What to send at a tick: reminders that fell due in ``since`` < t ≤ ``now``; digests at the digest's time.

    Two ticks with adjoining windows never send the same reminder twice and never leave one out.
    """
    hours = quiet or Quiet()
    sending = [(_sent_at(reminder, hours), reminder) for reminder in reminders]
    return [reminder for at, reminder in sorted(sending, key=lambda p: p[0]) if since < at <= now]


def _sent_at(reminder: Reminder, quiet: Quiet) -> datetime:
    """A digest reminder waits for the next digest, unless the limit would pass meanwhile."""
    if not reminder.digest:
        return reminder.at
    digest = datetime.combine(reminder.at.date(), quiet.digest_at)
    if digest < reminder.at:
        digest += DAY
    due = reminder.result.due_at
    if reminder.when is When.BEFORE and due is not None and digest >= due:
        return reminder.at
    return digest


def _loud(moment: datetime, when: When, quiet: Quiet, calendar: Calendar, start: datetime | None) -> datetime:
    if not quiet.silences(moment, calendar):
        return moment
    if when is When.BEFORE:
        earlier = _step(moment, quiet, calendar, -1)
        if start is None or earlier >= start:
            return earlier
    return _step(moment, quiet, calendar, 1)


def _step(moment: datetime, quiet: Quiet, calendar: Calendar, sign: int) -> datetime:
    """The nearest loud moment: the end of a quiet stretch (forwards) or one minute before it begins (backwards)."""
    edge = quiet.ends if sign > 0 else quiet.begins
    found = datetime.combine(moment.date(), edge)
    if sign < 0:
        found -= timedelta(minutes=1)
    while (found - moment) * sign <= timedelta() or quiet.silences(found, calendar):
        found += sign * DAY
    return found


def _shifted(moment: datetime, length: Length, sign: int, calendar: Calendar) -> datetime:
    """``moment`` moved by a length, its time of day kept."""
    if not isinstance(length.value, int):
        raise HengjianError(f"提醒时间写的是“{length.value}”，请直接写数字。")
    count = sign * length.value
    if length.unit in _SPANS:
        return moment + count * _SPANS[length.unit]
    if length.unit in MONTHS:
        return datetime.combine(add_months(moment.date(), count * MONTHS[length.unit]), moment.time())
    if length.unit is LengthUnit.WORKDAY:
        return datetime.combine(calendar.add_workdays(moment.date(), count), moment.time())
    return moment
