"""A court with a few weeks behind it, made by the same acts as the demo: ``python -m support.small_court 2024-06-05T10:00``."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from random import Random

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.court import make_court
from hengjian.web.demo.lives import World, desk_life, item_life
from hengjian.web.demo.months import accounts_life
from hengjian.web.setup import prepare_database

WRITERS = ("civil1", "criminal", "execution", "family", "management")


def make(now: datetime) -> None:
    """Each of the writers one item a week since the month before last, whose notice is published."""
    prepare_database()
    first = _month_before(_month_before(now.date()))
    began = to_instant(datetime.combine(first, time(8)))
    court = make_court(system_actor("演示", began - timedelta(days=60)), since=first - timedelta(days=60))
    world = World(court, Random(5), set(), to_instant(now))
    lives = [desk_life(world, began), accounts_life(world, began)]
    for n, unit in enumerate(WRITERS):
        for week in range((now.date() - first).days // 7):
            day = first + timedelta(days=7 * week + n % 5)
            lives.append(item_life(world, unit, to_instant(datetime.combine(day, time(9, 10 + n)))))
    clockwork = Clockwork(to_instant(now))
    clockwork.start(lives)
    clockwork.run()


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
