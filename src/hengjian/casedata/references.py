"""The tables rules look values up in: files given, else those that come with the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.facts import REFERENCE, names
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.source import open_source

_SMALL = 4 << 20
"""Bytes of a file whose rows a process keeps; courts and causes have some tens of thousands."""
_MOST = 16
_Stamp = tuple[str, int, int, int]
_kept: dict[_Stamp, pa.Table] = {}


def open_refs(
    con: duckdb.DuckDBPyConnection, given: Mapping[str, Path], rules: Sequence[Rule]
) -> dict[str, tuple[str, list[str]]]:
    """Name → (relation of ``con``, columns) of the tables the rules name."""
    files = {name: REFERENCE / f"{name}.csv" for name in names()} | dict(given)
    text = " ".join(rule.fails_when.lower() for rule in rules).replace('"', "")
    return {name: _open(con, name, file) for name, file in files.items() if f"{name.lower()}." in text}


def _open(con: duckdb.DuckDBPyConnection, name: str, file: Path) -> tuple[str, list[str]]:
    if not file.is_file() or file.stat().st_size > _SMALL:
        source = open_source(con, file, None, lambda _: None)
        return source.sql, list(source.columns)
    rows = _rows(con, file)
    relation = f"hj_file_{name}"
    con.register(relation, rows)
    return quoted(relation), rows.column_names


def _rows(con: duckdb.DuckDBPyConnection, file: Path) -> pa.Table:
    """The rows of a small file, read once a process as long as it is the same file."""
    there = file.stat()
    stamp = (str(file.resolve()), there.st_ino, there.st_mtime_ns, there.st_size)
    if stamp in _kept:
        return _kept[stamp]
    source = open_source(con, file, None, lambda _: None)
    try:
        rows = con.execute(f"SELECT * FROM {source.sql}").to_arrow_table()
    finally:
        source.close()
    if len(_kept) >= _MOST:
        _kept.clear()
    _kept[stamp] = rows
    return rows
