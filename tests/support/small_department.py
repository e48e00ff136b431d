"""The invented department of a province with a quarter behind it: ``python -m support.small_department 2026-10-12T10:00``."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from random import Random

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.apps.bulletins.acts.receipt import set_box
from hengjian.apps.org.access import system_actor
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant
from hengjian.web.demo.court import make_court
from hengjian.web.demo.history import take_over
from hengjian.web.demo.offices.justice_department import BOXES
from hengjian.web.setup import prepare_database

UNITS = ("city1", "city2", "p1", "d1")  # those with an old book; the others have none


def make(now: datetime) -> None:
    """The boxes, and the old book of the last quarter of a few units; it is not announced yet."""
    prepare_database()
    quarter = Period.of(now.date(), PeriodKind.QUARTER).previous()
    since = quarter.first - timedelta(days=400)
    made = system_actor("演示", _at(since, 8))
    court = make_court(made, since=since, name="justice_department")
    for key, unit in BOXES:
        set_box(court.actor("t-zhuren", made.at), court.installation, key=key, unit=court.units[unit])
    kept = court.data["units"]
    court.data["units"] = [row for row in kept if row["key"] in UNITS]
    taken = system_actor("演示", _at(quarter.end, 7))
    take_over(taken, court, Random(7), quarter.first, quarter.end)
    court.data["units"] = kept


def _at(day: date, hour: int) -> datetime:
    return to_instant(datetime.combine(day, time(hour)))


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
