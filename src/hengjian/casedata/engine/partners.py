"""Uniqueness: the values of the data that occur more than once."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np

from hengjian.casedata.compile.plan import Plan
from hengjian.casedata.csvtypes import quoted

ITSELF = "cases"
"""The reference table that is the data being checked, where no file of that name is given."""


def unique_tables(
    con: duckdb.DuckDBPyConnection, plan: Plan, data: str, say: Callable[[str], None]
) -> list[str]:
    """One column of the projection for each ``duplicate(x)`` of the plan; NULL for NULL."""
    columns = []
    for index, (alias, value) in enumerate(plan.duplicates.items()):
        say("核对唯一性")
        count = repeated(con, data, value, repeats(index))
        columns.append(unique_column(alias, value, repeats(index), some=bool(count)))
    return columns


def repeats(index: int) -> str:
    """The table (v) of the values of the ``duplicate`` with that number that occur more than once."""
    return f"hj_dup{index}"


def unique_column(alias: str, value: str, table: str, *, some: bool = True) -> str:
    """The column of the projection; ``some``: whether the table has rows at all."""
    if some:
        return f"({value} IN (SELECT v FROM {table})) AS {quoted(alias)}"
    return f"(CASE WHEN {value} IS NOT NULL THEN FALSE END) AS {quoted(alias)}"


def repeated(con: duckdb.DuckDBPyConnection, data: str, value: str, table: str) -> int:
    """Fill ``table`` (v) with the values that occur more than once; how many there are.

    Eight bytes a row are sorted; only values whose hash repeats are compared as they are.
    """
    found = con.execute(f"SELECT hash({value}) AS h FROM {data} WHERE {value} IS NOT NULL").fetchnumpy()
    hashes = np.asarray(found["h"])
    hashes.sort()
    again = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    del found, hashes
    con.register("hj_candidates", {"h": again})
    try:
        among = f"hash({value}) IN (SELECT h FROM hj_candidates)" if len(again) else "FALSE"
        return _count_twice(con, data, value, table, among)
    finally:
        con.unregister("hj_candidates")


def _count_twice(con: duckdb.DuckDBPyConnection, data: str, value: str, table: str, among: str) -> int:
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {value} AS v FROM {data} WHERE {among} "
        "GROUP BY 1 HAVING count(*) > 1"
    )
    count = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count[0]) if count else 0
