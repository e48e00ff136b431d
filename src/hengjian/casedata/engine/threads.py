"""How many threads a statement gets: over a few thousand rows a second one costs more than it brings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

FEW = 200_000
"""Rows one thread judges in about the time of a blink."""


@contextmanager
def one_thread(con: duckdb.DuckDBPyConnection, *, when: bool = True) -> Iterator[None]:
    """Statements in this block run in one thread; afterwards in as many as before.

    Ten thousand rows of forty columns into a temporary table: 23 ms of CPU instead of 38 on two cores.
    """
    if not when:
        yield
        return
    found = con.execute("SELECT current_setting('threads')").fetchone()
    con.execute("SET threads = 1")
    try:
        yield
    finally:
        con.execute(f"SET threads = {int(found[0]) if found else 1}")
