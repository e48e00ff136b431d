"""SQLite has statistics of its tables after the daily job, so that it chooses its indexes by them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from hengjian.apps.duties.jobs import JOBS
from hengjian.apps.duties.statistics import gather_statistics
from hengjian.apps.mailroom.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_statistics_are_gathered(story) -> None:
    gather_statistics()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'org_unit'")
            assert cursor.fetchone()[0] > 0


def test_a_value_most_rows_have_is_known_as_such() -> None:
    """Looking at a thousand rows alone, it passed for a rare one, and lists sorted all rows instead of following the
    index of their order."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL gathers its own")
    now = timezone.now()
    OutgoingMail.objects.bulk_create(
        OutgoingMail(key=f"k{n}", subject="提醒", state=OutgoingMail.State.SENT, created_at=now)
        for n in range(2_500)
    )
    gather_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'mail_queue'")
        rows, same_state, *_ = map(int, cursor.fetchone()[0].split())
    assert rows == same_state == 2_500


def test_the_worker_gathers_them_daily() -> None:
    assert ("database.statistics", 86_400, gather_statistics) in JOBS
