"""What an incremental run has to look at: the rows that changed, and the rows whose verdict a change can alter.

A changed row is judged by every rule, out of the change feed. A row that only shares a value with a state before or
after (``duplicate``), or refers to one (``unknown`` over the data itself), is judged by the rules that ask for this:
the whole data are read once, in the columns of these rules only, and not at all where there is no such rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from hengjian.casedata.compile.plan import Plan
from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.engine.partners import repeats, unique_column
from hengjian.casedata.engine.threads import one_thread
from hengjian.casedata.store.model import Changes

ROWS = "hj_rows"
"""The changed rows as they are now: the cases judged by all rules."""
BEFORE = "hj_before"
NEAR = "hj_near"
"""Every row with a touched value, changed or not."""
PARTNERS = "hj_partners"
"""The rows of ``NEAR`` that did not change themselves."""


@dataclass(frozen=True, slots=True)
class Touched:
    """``crossing``: the plan of the rules that look across rows, to be run over ``PARTNERS``; ``extra``: columns of
    the projection for its plan and for the whole one."""

    crossing: Plan
    extra: list[str]
    all_extra: list[str]


def narrow(con: duckdb.DuckDBPyConnection, plan: Plan, data: str, key: str, changes: Changes) -> Touched:
    """Fill the tables above, and those of repeated values and known references as far as the rows in them need.

    ``data`` stands after FROM.
    """
    name = quoted(key)
    crossing = _crossing(plan)
    sought = {column for _, (table, column) in crossing.unknowns.values() if table in plan.schema.own}
    cells = ", ".join(quoted(column) for column in sorted({key, *crossing.read_columns(), *sought}))
    every = ", ".join(quoted(column) for column in sorted({key, *plan.read_columns(), *sought}))
    asked = _values(crossing)
    with one_thread(con):
        _table(con, ROWS, f"SELECT {every} FROM {changes.after}")
    before = changes.before
    if len(asked) > 1:  # read once; the only question reads no more than its own columns
        _table(con, BEFORE, f"SELECT {cells} FROM {before}")
        before = BEFORE
    touching = [_touch(con, before, f"hj_touched{n}", *pair) for n, pair in enumerate(asked)]
    near = " OR ".join(touching) or "FALSE"
    _table(con, NEAR, f"SELECT {cells} FROM {data if touching else ROWS} WHERE {near}")
    _table(con, PARTNERS, f"SELECT * FROM {NEAR} WHERE {name} NOT IN (SELECT {name} FROM {ROWS})")
    for index, value in enumerate(crossing.duplicates.values()):
        _repeated(con, data, value, index, alone=len(asked) == 1)
    for value, ref in crossing.unknowns.values():
        if ref[0] in plan.schema.own:
            _known(con, data, value, ref)
    return Touched(crossing, _extra(crossing), _extra(plan))


def _crossing(plan: Plan) -> Plan:
    """The rules whose verdict on a row depends on other rows; their duplicates have the same numbers."""
    found = Plan(plan.dialect, plan.schema, plan.as_of, kernels=plan.kernels)
    itself = {alias for alias, (_, (table, _)) in plan.unknowns.items() if table in plan.schema.own}
    across = plan.duplicates.keys() | itself
    for one, asked in zip(plan.rules, plan.asked, strict=True):
        if asked & across:
            found.add(one)
    return found


def _values(plan: Plan) -> list[tuple[str, str]]:
    """For each question across rows: what decides it in a row that changed, and what a row asks with."""
    pairs = [(value, value) for value in plan.duplicates.values()]
    refs = [(value, column) for value, (table, column) in plan.unknowns.values() if table in plan.schema.own]
    return pairs + [(_text(column), value) for value, column in refs]


def _touch(con: duckdb.DuckDBPyConnection, before: str, table: str, value: str, asks: str) -> str:
    """The condition on a row of the data that a changed one can alter its verdict."""
    _table(
        con,
        table,
        f"SELECT {value} AS v FROM {ROWS} WHERE {value} IS NOT NULL"
        f" UNION SELECT {value} FROM {before} WHERE {value} IS NOT NULL",
    )
    return f"{asks} IN (SELECT v FROM {table})"


def _repeated(con: duckdb.DuckDBPyConnection, data: str, value: str, index: int, *, alone: bool) -> None:
    """Values that occur more than once: ``NEAR`` has every row of a touched value; for others it has to be looked up.

    ``alone``: no other question brought rows into ``NEAR``, so there are no others.
    """
    touched = f"hj_touched{index}"
    if alone:
        _table(con, repeats(index), f"SELECT {value} AS v FROM {NEAR} GROUP BY 1 HAVING count(*) > 1")
        return
    twice = f"WHERE {value} IN (SELECT v FROM {{}}) GROUP BY 1 HAVING count(*) > 1"
    _table(con, repeats(index), f"SELECT {value} AS v FROM {NEAR} {twice.format(touched)}")
    _table(con, "hj_others", f"SELECT DISTINCT {value} AS v FROM {NEAR} WHERE {value} IS NOT NULL")
    con.execute(f"DELETE FROM hj_others WHERE v IN (SELECT v FROM {touched})")
    if con.execute("SELECT 1 FROM hj_others LIMIT 1").fetchone():
        con.execute(f"INSERT INTO {repeats(index)} SELECT {value} FROM {data} {twice.format('hj_others')}")


def _known(con: duckdb.DuckDBPyConnection, data: str, value: str, ref: tuple[str, str]) -> None:
    """Which of the values the rows at hand refer to are in the data."""
    _table(con, "hj_referred", f"SELECT {value} AS v FROM {NEAR} UNION SELECT {value} FROM {ROWS}")
    text = _text(ref[1])
    con.execute(
        f"INSERT INTO {ref_table(*ref)} SELECT DISTINCT {text} FROM {data}"
        f" WHERE {text} IN (SELECT v FROM hj_referred WHERE v IS NOT NULL)"
    )


def _extra(plan: Plan) -> list[str]:
    columns = [
        unique_column(alias, value, repeats(n)) for n, (alias, value) in enumerate(plan.duplicates.items())
    ]
    return columns + unknown_columns(plan)


def unknown_columns(plan: Plan) -> list[str]:
    """One column of the projection for each ``unknown(x, table.column)`` of the plan."""
    return [
        f"({value} NOT IN (SELECT v FROM {ref_table(*ref)})) AS {quoted(alias)}"
        for alias, (value, ref) in plan.unknowns.items()
    ]


def ref_table(table: str, column: str) -> str:
    """The temporary table (v) that holds the values of one reference column."""
    return quoted(f"hj_ref_{table}_{column}")


def _text(column: str) -> str:
    return f"CAST({quoted(column)} AS VARCHAR)"


def _table(con: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
