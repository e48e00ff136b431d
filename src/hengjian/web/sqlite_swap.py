"""Use the bundled SQLite where the system's is older than 3.51.3.

SQLite before 3.51.3 can corrupt a database in WAL mode when a checkpoint races with a writer
(https://sqlite.org/wal.html, "WAL-reset bug"). pysqlite3 brings its own, newer library. Import this module before Django.
"""

from __future__ import annotations

import sqlite3
import sys

FIXED_IN = (3, 51, 3)


def swap() -> None:
    """Replace ``sqlite3`` in ``sys.modules`` when the system library is too old and a newer one is at hand."""
    if sqlite3.sqlite_version_info >= FIXED_IN:
        return
    try:
        import pysqlite3
    except ImportError:
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
