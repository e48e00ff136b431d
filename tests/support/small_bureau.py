"""The invented bureau of justice with a few weeks behind it: ``python -m support.small_bureau 2026-11-18T10:00``."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from random import Random

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant
from hengjian.web.demo.bureau_lives import item_life, plan_life
from hengjian.web.demo.bureau_mail import mail_lives
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.court import make_court
from hengjian.web.demo.lives import World
from hengjian.web.setup import prepare_database

WRITERS = ("chengguan", "liuhe", "correction", "aid", "legal")


def make(now: datetime) -> None:
    """A plan for the year, an item a quarter of each of a few writers, the mails of the last two days."""
    prepare_database()
    first = date(now.year, 1, 5)
    since = first - timedelta(days=300)
    bureau = make_court(
        system_actor("演示", to_instant(datetime.combine(since, time(8)))), since=since, name="justice_bureau"
    )
    world = World(bureau, Random(5), set(), to_instant(now))
    lives = [plan_life(world, now.year, to_instant(datetime.combine(first, time(9)))), *mail_lives(world)]
    for n, unit in enumerate(WRITERS):
        for begins in (now - timedelta(days=70 + n), now - timedelta(days=20 + n)):
            lives.append(item_life(world, unit, to_instant(begins)))
    clockwork = Clockwork(to_instant(now))
    clockwork.start(lives)
    clockwork.run()


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
