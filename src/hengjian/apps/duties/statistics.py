"""What a database needs to choose its indexes well: fresh statistics. PostgreSQL gathers its own."""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def gather_statistics(now: datetime | None = None) -> None:
    """SQLite looks at a thousand rows an index: milliseconds, also with millions of rows."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("PRAGMA optimize = 0x10002")
