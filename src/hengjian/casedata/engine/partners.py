"""Uniqueness, and the rows whose verdict a change elsewhere can alter."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np
import pyarrow as pa

from hengjian.casedata.compile.plan import Plan
from hengjian.casedata.csvtypes import quoted

JUDGED = "hj_judged"
"""Keys to judge in an incremental run."""
ROWS = "hj_rows"
"""The rows of these keys, as they are now."""
ITSELF = "cases"
"""The reference table that is the data being checked, where no file of that name is given."""


def unique_tables(
    con: duckdb.DuckDBPyConnection, plan: Plan, data: str, say: Callable[[str], None], touched: bool = False
) -> list[str]:
    """One column of the projection for each ``duplicate(x)`` of the plan; NULL for NULL.

    ``touched``: only values that :func:`judge_only` has kept are counted.
    """
    columns = []
    for index, (alias, value) in enumerate(plan.duplicates.items()):
        say("核对唯一性")
        table = f"hj_dup{index}"
        count = _again(con, data, value, table, index) if touched else repeated(con, data, value, table)
        if count:
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
    con.register("hj_candidates", pa.table({"h": pa.array(again, pa.uint64())}))
    try:
        among = f"hash({value}) IN (SELECT h FROM hj_candidates)" if len(again) else "FALSE"
        return _count_twice(con, data, value, table, among)
    finally:
        con.unregister("hj_candidates")


def _again(con: duckdb.DuckDBPyConnection, data: str, value: str, table: str, index: int) -> int:
    return _count_twice(con, data, value, table, f"{value} IN (SELECT v FROM hj_touched{index})")


def _count_twice(con: duckdb.DuckDBPyConnection, data: str, value: str, table: str, among: str) -> int:
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {value} AS v FROM {data} WHERE {among} "
        "GROUP BY 1 HAVING count(*) > 1"
    )
    count = con.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count[0]) if count else 0


def judge_only(con: duckdb.DuckDBPyConnection, plan: Plan, data: str, key: str, changes: str) -> None:
    """Fill ``JUDGED`` (k) and ``ROWS``: rows in ``changes`` and rows that share a value with a state before or after.

    ``changes`` stands after FROM and has the columns of the data, once for every state before and after.
    """
    name = quoted(key)
    con.execute(f"CREATE OR REPLACE TEMP TABLE hj_changes AS SELECT * FROM {changes}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {JUDGED} AS SELECT DISTINCT {name} AS k FROM hj_changes")
    for index, value in enumerate(plan.duplicates.values()):
        _touch(con, f"hj_touched{index}", value)
        _join(con, data, name, value, f"hj_touched{index}")
    for index, (value, (table, column)) in enumerate(plan.unknowns.values()):
        if table == ITSELF:  # a number that came or went decides about the rows that refer to it
            _touch(con, f"hj_referred{index}", f"CAST({quoted(column)} AS VARCHAR)")
            _join(con, data, name, value, f"hj_referred{index}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE {JUDGED} AS SELECT DISTINCT k FROM {JUDGED}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {ROWS} AS SELECT * FROM {data} WHERE {name} IN (SELECT k FROM {JUDGED})"
    )
    for index, value in enumerate(plan.duplicates.values()):  # a row judged for one rule is judged for all
        con.execute(f"INSERT INTO hj_touched{index} SELECT DISTINCT {value} FROM {ROWS}")


def _touch(con: duckdb.DuckDBPyConnection, table: str, value: str) -> None:
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS "
        f"SELECT DISTINCT {value} AS v FROM hj_changes WHERE {value} IS NOT NULL"
    )


def _join(con: duckdb.DuckDBPyConnection, data: str, key: str, value: str, table: str) -> None:
    con.execute(f"INSERT INTO {JUDGED} SELECT {key} FROM {data} WHERE {value} IN (SELECT v FROM {table})")
