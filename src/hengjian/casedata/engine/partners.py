"""Uniqueness: which values occur more than once, found by sorting hashes instead of grouping texts."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa

from hengjian.casedata.compile.plan import Plan
from hengjian.casedata.csvtypes import quoted


def unique_tables(
    con: duckdb.DuckDBPyConnection, plan: Plan, data: str, say: Callable[[str], None]
) -> list[str]:
    """One column of the projection for each ``duplicate(x)`` of the plan; NULL for NULL."""
    columns = []
    for index, (alias, value) in enumerate(plan.duplicates.items()):
        say("核对唯一性")
        table = f"hj_dup{index}"
        if repeated(con, data, value, table):
            columns.append(f"({value} IN (SELECT v FROM {table})) AS {quoted(alias)}")
        else:
            columns.append(f"(CASE WHEN {value} IS NOT NULL THEN FALSE END) AS {quoted(alias)}")
    return columns


def repeated(con: duckdb.DuckDBPyConnection, data: str, value: str, table: str) -> int:
    """Fill ``table`` (v) with the values that occur more than once; how many there are.

    Eight bytes a row are sorted; only values whose hash repeats are compared as they are.
    """
    found = con.execute(f"SELECT hash({value}) AS h FROM {data} WHERE {value} IS NOT NULL").fetchnumpy()
    hashes = np.asarray(found["h"])
    hashes.sort()
    again = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    del found, hashes
    candidates = pa.table({"h": pa.array(again, pa.uint64())})
    con.register("hj_candidates", candidates)
    try:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {value} AS v FROM {data} "
            f"WHERE hash({value}) IN (SELECT h FROM hj_candidates) GROUP BY 1 HAVING count(*) > 1"
            if len(again)
            else f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {value} AS v FROM {data} LIMIT 0"
        )
    finally:
        con.unregister("hj_candidates")
    count = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count[0]) if count else 0
