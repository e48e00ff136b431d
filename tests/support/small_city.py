"""The invented city with a few months behind it: ``python -m support.small_city 2026-11-18T10:00``."""

from __future__ import annotations

import sys
from datetime import datetime

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.base.times import to_instant
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.offices import city_court
from hengjian.web.setup import prepare_database

MONTHS = 4


def make(now: datetime) -> None:
    prepare_database()
    city_court.MONTHS = MONTHS
    _, lives = city_court.begin(to_instant(now), 5)
    clockwork = Clockwork(to_instant(now))
    clockwork.start(lives)
    clockwork.run()


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
