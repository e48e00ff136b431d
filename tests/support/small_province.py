"""The invented province with its people and no data yet: ``python -m support.small_province 2026-11-01T10:00``."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta

import support.moved_clock  # noqa: F401  starts Django with the clock of the test
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant
from hengjian.web.demo.court import make_court
from hengjian.web.demo.province.staffing import expanded
from hengjian.web.setup import prepare_database


def make(now: datetime) -> None:
    prepare_database()
    moment = to_instant(now)
    make_court(system_actor("演示", moment - timedelta(days=900)), since=date(2024, 1, 1), data=expanded())


if __name__ == "__main__":
    make(datetime.fromisoformat(sys.argv[1]))
