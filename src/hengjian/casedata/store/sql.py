"""The statements the store is made of. Names are quoted, values bound; nothing a user typed is SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from hengjian.casedata.kernels import derived_name
from hengjian.casedata.store import derived
from hengjian.casedata.store.connect import LAKE, quoted
from hengjian.casedata.store.model import TYPES, Changed, Column, StoreError


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY 1", [LAKE]
    ).fetchall()
    return [row[0] for row in rows]


def columns(con: duckdb.DuckDBPyConnection, table: str) -> list[Column]:
    rows = con.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = ? AND table_name = ?"
        " ORDER BY column_index",
        [LAKE, table],
    ).fetchall()
    if not rows:
        raise StoreError(f"库里没有“{table}”，请核对名称。")
    return [Column(name, kind) for name, kind in rows]


def known_types(columns: Sequence[Column]) -> None:
    unknown = [c.type for c in columns if c.type not in TYPES]
    if unknown:
        raise StoreError(f"不认识的列类型 {unknown[0]}，可用：{'、'.join(TYPES)}。")


def create(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> None:
    body = ", ".join(f"{quoted(c.name)} {c.type}" for c in columns)
    con.execute(f"CREATE TABLE {quoted(table)} ({body})")


def add_columns(con: duckdb.DuckDBPyConnection, table: str, wanted: Sequence[Column]) -> None:
    there = {c.name for c in columns(con, table)}
    for column in wanted:
        if column.name not in there:
            con.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(column.name)} {column.type}")


def incoming(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table | Path) -> None:
    """The view ``incoming``: the rows, with the facts the table keeps beside their columns."""
    if isinstance(rows, Path):
        source = f"read_parquet({_text(str(rows))})"
    else:
        con.register("incoming_rows", rows)
        source = "incoming_rows"
    names = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    facts = derived.beside([c.name for c in columns(con, table)], names)
    extra = "".join(
        f", {derived.expression(con, fact)} AS {quoted(derived_name(fact[1], fact[0]))}" for fact in facts
    )
    con.execute(f"CREATE TEMP VIEW incoming AS SELECT *{extra} FROM {source}")


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def shared(con: duckdb.DuckDBPyConnection, table: str, key: str) -> list[Column]:
    """Columns of the table that come in; an incoming column the table lacks is an error."""
    there = {c.name: c for c in columns(con, table)}
    names = [row[0] for row in con.execute("DESCRIBE SELECT * FROM incoming").fetchall()]
    strange = [name for name in names if name not in there]
    if strange:
        raise StoreError(f"“{table}”没有这些列：{'、'.join(strange)}。请先对应到信息项。")
    if key not in names:
        raise StoreError(f"交来的数据没有主键列“{key}”。")
    return [there[name] for name in names]


def one_row_a_key(con: duckdb.DuckDBPyConnection, key: str) -> None:
    name = quoted(key)
    bad = con.execute(
        f"SELECT {name}, count(*) FROM incoming GROUP BY 1 HAVING count(*) > 1 OR {name} IS NULL LIMIT 1"
    ).fetchone()
    if bad is None:
        return
    if bad[0] is None:
        raise StoreError(f"有 {bad[1]} 行没有“{key}”，不能入库。")
    raise StoreError(f"“{key}”为“{bad[0]}”的有 {bad[1]} 行，一次只能交一行。")


def differs(columns: Sequence[Column], key: str) -> str:
    others = [c for c in columns if c.name != key]
    tests = [f"t.{quoted(c.name)} IS DISTINCT FROM s.{quoted(c.name)}" for c in others]
    return " OR ".join(tests) or "FALSE"


def casted(columns: Sequence[Column]) -> str:
    cells = ", ".join(f"CAST({quoted(c.name)} AS {c.type}) AS {quoted(c.name)}" for c in columns)
    return f"(SELECT {cells} FROM incoming)"


def compare(
    con: duckdb.DuckDBPyConnection, table: str, key: str, columns: Sequence[Column]
) -> tuple[int, int, int]:
    name = quoted(key)
    row = con.execute(
        f"SELECT count(*) FILTER (t.{name} IS NULL), count(*) FILTER (t.{name} IS NOT NULL AND"
        f" ({differs(columns, key)})), count(*) FROM {casted(columns)} s LEFT JOIN {quoted(table)} t"
        f" ON t.{name} = s.{name}"
    ).fetchone()
    inserted, updated, total = row or (0, 0, 0)
    return int(inserted), int(updated), int(total) - int(inserted) - int(updated)


def merge_sql(table: str, key: str, columns: Sequence[Column]) -> str:
    sets = ", ".join(f"{quoted(c.name)} = s.{quoted(c.name)}" for c in columns if c.name != key)
    names = ", ".join(quoted(c.name) for c in columns)
    cells = ", ".join(f"s.{quoted(c.name)}" for c in columns)
    update = f" WHEN MATCHED AND ({differs(columns, key)}) THEN UPDATE SET {sets}" if sets else ""
    return (
        f"MERGE INTO {quoted(table)} AS t USING {casted(columns)} AS s"
        f" ON t.{quoted(key)} = s.{quoted(key)}{update}"
        f" WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({cells})"
    )


def latest(con: duckdb.DuckDBPyConnection) -> int:
    row = con.execute(f"SELECT max(snapshot_id) FROM {LAKE}.snapshots()").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def table_id(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(
        "SELECT table_id FROM ducklake_table_info(?) WHERE table_name = ?", [LAKE, table]
    ).fetchone()
    if row is None:
        raise StoreError(f"库里没有“{table}”，请核对名称。")
    return int(row[0])


def touches(changes: str, table: int) -> bool:
    return any(f"[{table}]" in part or f" {table}]" in part or f"[{table}," in part for part in [changes])


def time(extra: str | None) -> datetime | None:
    return datetime.fromisoformat(json.loads(extra)["at"]) if extra else None


def pairs(rows: list[Any], names: list[str], key: str) -> Iterator[Changed]:
    """Pre- and postimages of one update become one change."""
    before: dict[str, Any] | None = None
    for row in rows:
        cells = dict(zip(names, row, strict=True))
        version, kind = int(cells.pop("snapshot_id")), cells.pop("change_type")
        cells.pop("rowid")
        if kind == "update_preimage":
            before = cells
        elif kind == "delete":
            yield Changed(version, str(cells[key]), cells, None)
        else:
            yield Changed(version, str(cells[key]), before, cells)
            before = None
