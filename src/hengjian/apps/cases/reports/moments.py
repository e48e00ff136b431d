"""Which check closes a month: the last one done before noon of the day after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from hengjian.apps.cases.models import Dataset, Run
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_instant

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A month of findings: after ``start`` up to ``end``, both the ends of checks. ``version``: data the last one read."""

    period: Period
    start: datetime
    end: datetime
    version: int
    run: int


def bounds(dataset: Dataset, period: Period) -> Bounds:
    """HengjianError when nothing was checked at the end of the month."""
    last = _closing(dataset, period)
    if last is None or last.finished_at is None:
        raise HengjianError(
            f"{period.label}末没有做过质检，没有数字可报；请先运行质检，或者选已经检查过的月份。"
        )
    before = _closing(dataset, period.previous())
    start = before.finished_at if before and before.finished_at else _instant(period.first, time())
    return Bounds(period, start, last.finished_at, last.version, last.pk)


def several(dataset: Dataset, period: Period, most: int = 6) -> list[Bounds]:
    """The months up to ``period`` that were checked without a gap, oldest first.

    The very first check finds what had gathered over years: its month is no month to compare with.
    """
    found = [bounds(dataset, period)]
    while len(found) < most and _closing(dataset, period.previous().previous()) is not None:
        period = period.previous()
        found.insert(0, bounds(dataset, period))
    return found


def _closing(dataset: Dataset, period: Period) -> Run | None:
    """The last check done in the month or in the morning after."""
    done = Run.objects.filter(dataset=dataset, state=Run.State.DONE)
    first = _instant(period.first, NOON)
    until = _instant(period.end, NOON)
    found: Run | None = done.filter(started_at__gt=first, started_at__lt=until).order_by("started_at").last()
    return found


def _instant(day: date, hour: time) -> datetime:
    return to_instant(datetime.combine(day, hour))
