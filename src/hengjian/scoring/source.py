"""The facts to score, and how they become the tables the shapes read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

Rows = Sequence[Mapping[str, Any]]
LINE = "line"
_TEXT, _INT, _DAY, _TIME = pa.string(), pa.int64(), pa.date32(), pa.timestamp("us")

# The tables the shapes read. A lead is filled in where an item has one unit; ``pos`` is the place in the input.
TABLES: dict[str, dict[str, pa.DataType]] = {
    "units": {"unit": _TEXT, "category": _TEXT, "listed_from": _DAY, "listed_to": _DAY, "pos": _INT},
    "items": {
        "item": _TEXT,
        "kind": _TEXT,
        "class": _TEXT,
        "routine": _TEXT,
        "joint": _TEXT,
        "lead": _TEXT,
        "units": pa.list_(_TEXT),
    },
    "events": {
        "event": _TEXT,
        "ts": _TIME,
        "type": _TEXT,
        "item": _TEXT,
        "actor": _TEXT,
        "value": _TEXT,
        "system": _TEXT,
        "channel": _TEXT,
        "sent_up": _TEXT,
        "n": pa.int32(),
        "note": _TEXT,
    },
    "authors": {"item": _TEXT, "unit": _TEXT, "person": _TEXT, "weight": _INT, "pos": _INT},
}


@dataclass(frozen=True)
class ScoreInput:
    """Facts to score: lists of mappings with the columns of the scenario files, as text or as Python values.

    units: unit, category, listed_from, listed_to (inclusive); items: item, kind, class, joint, lead, units
    (a list or ``;``-joined) or unit, routine; events: event_id, ts (local time), type, item, unit, value,
    system, channel, n, sent_up, publication (without it the note tells publications apart), note, recorded_at;
    authors: item, unit, person, weight.
    A key ``line`` gives the row of the file for messages, ``names`` the file of a table.
    """

    units: Rows
    items: Rows
    events: Rows
    authors: Rows = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def file(self, table: str) -> str:
        """How messages call a table: the file's name where there is one."""
        return self.names.get(table, table)


Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Clean:
    """Checked rows as columns, one entry a table of ``TABLES``."""

    tables: dict[str, Columns]

    def load(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the tables visible to SQL."""
        for name, types in TABLES.items():
            columns = self.tables[name]
            _create(con, name, pa.table({key: pa.array(columns[key], kind) for key, kind in types.items()}))


def load(
    con: duckdb.DuckDBPyConnection,
    name: str,
    types: Mapping[str, pa.DataType],
    rows: Sequence[Sequence[object]],
) -> None:
    """Create a small table from tuples."""
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    arrays = {key: pa.array(column, kind) for (key, kind), column in zip(types.items(), columns, strict=True)}
    _create(con, name, pa.table(arrays))


def _create(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("incoming", table)
    con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
    con.unregister("incoming")
