"""SQLite has statistics of its tables after the daily job, so that it chooses its indexes by them."""

from __future__ import annotations

import pytest
from django.db import connection

from hengjian.apps.duties.jobs import JOBS
from hengjian.apps.duties.statistics import gather_statistics

pytestmark = pytest.mark.django_db


def test_statistics_are_gathered(story) -> None:
    gather_statistics()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'org_unit'")
            assert cursor.fetchone()[0] > 0


def test_the_worker_gathers_them_daily() -> None:
    assert ("database.statistics", 86_400, gather_statistics) in JOBS
