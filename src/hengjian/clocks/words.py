"""Time left and time passed, in the words a rule uses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hengjian.clocks.calendars import DAY, Calendar
from hengjian.clocks.facts import ClockResult, State

_MINUTE = timedelta(minutes=1)


def remaining_words(
    due: datetime, now: datetime, *, inclusive: bool = True, calendar: Calendar | None = None
) -> str:
    """How long is left until ``due``, or how long it has passed.

    ``inclusive=False`` with ``due`` at midnight is a limit by days ("今天 24:00 前"). With a ``calendar`` days are
    counted in working days.

    >>> remaining_words(datetime(2024, 6, 3, 10, 15), datetime(2024, 6, 3, 8, 55))
    '还剩 1 小时 20 分'
    >>> remaining_words(datetime(2024, 6, 3, 10, 15), datetime(2024, 6, 3, 10, 50))
    '已超 35 分钟'
    >>> remaining_words(datetime(2024, 6, 4), datetime(2024, 6, 3, 9), inclusive=False)
    '今天 24:00 前'
    """
    if now > due or (now == due and not inclusive):
        passed = _span(-(-(now - due) // _MINUTE))
        return f"已超 {passed}" if passed != "0 分钟" else "刚到期限"
    if not inclusive and due.time() == datetime.min.time():
        return _until_end_of((due - DAY).date(), now, calendar)
    left = (due - now) // _MINUTE
    return f"还剩 {_span(left)}" if left else "不足 1 分钟"


def _until_end_of(last: date, now: datetime, calendar: Calendar | None) -> str:
    days = (last - now.date()).days
    if days == 0:
        return "今天 24:00 前"
    if days == 1:
        return "明天 24:00 前"
    name = f"{last.month}月{last.day}日 24:00 前"
    if last.year != now.year:
        name = f"{last.year}年{name}"
    if calendar is None:
        return f"{name}，还剩 {days} 天"
    worked = sum(calendar.is_workday(now.date() + DAY * n) for n in range(1, days + 1))
    return f"{name}，还剩 {worked} 个工作日"


def _span(minutes: int) -> str:
    """Two units at most: days and hours, hours and minutes, or minutes.

    >>> [_span(n) for n in (35, 60, 80, 1440, 1500, 2879)]
    ['35 分钟', '1 小时', '1 小时 20 分', '1 天', '1 天 1 小时', '1 天 23 小时']
    """
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} 天 {hours} 小时" if hours else f"{days} 天"
    if hours:
        return f"{hours} 小时 {minutes} 分" if minutes else f"{hours} 小时"
    return f"{minutes} 分钟"


def span_words(span: timedelta) -> str:
    """A length of time, rounded up to the minute, never nothing.

    >>> span_words(timedelta(hours=26, minutes=5)), span_words(timedelta(0))
    ('1 天 2 小时', '1 分钟')
    """
    return _span(max(1, -(-span // _MINUTE)))


def due_words(due: datetime, *, inclusive: bool = True) -> str:
    """A limit as people write it; midnight not ``inclusive`` is 24:00 of the day that ends.

    >>> due_words(datetime(2024, 6, 4), inclusive=False), due_words(datetime(2024, 6, 4, 9, 5))
    ('2024年6月3日 24:00', '2024年6月4日 09:05')
    """
    if not inclusive and due.time() == datetime.min.time():
        last = due - DAY
        return f"{last.year}年{last.month}月{last.day}日 24:00"
    return f"{due.year}年{due.month}月{due.day}日 {due:%H:%M}"


def state_words(result: ClockResult, now: datetime, calendar: Calendar | None = None) -> str:
    """One line for the inbox: the state of a clock and what is left of it."""
    due = result.due_at
    if result.state is State.LATE and result.late_by is not None:
        return f"迟报 {_span(-(-result.late_by // _MINUTE))}"
    if due is not None and result.state in (State.PENDING, State.MISSED):
        return remaining_words(due, now, inclusive=result.inclusive, calendar=calendar)
    return result.state.label
