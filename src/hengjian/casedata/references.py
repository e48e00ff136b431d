"""The tables rules look values up in: files given, else those that come with the package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.facts import REFERENCE, names
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.source import literal, open_source

_SMALL = 1 << 20
"""Bytes of a file whose values a process keeps; that of courts has 210,000."""
_MOST = 16
_APART = "\x1f"
_Stamp = tuple[str, int, int, int]
_Found = tuple[str, list[str]]
_kept: dict[_Stamp, _Found] = {}


def open_refs(
    con: duckdb.DuckDBPyConnection, given: Mapping[str, Path], rules: Sequence[Rule]
) -> dict[str, _Found]:
    """Name → (relation of ``con``, columns) of the tables the rules name."""
    files = {name: REFERENCE / f"{name}.csv" for name in names()} | dict(given)
    text = " ".join(rule.fails_when.lower() for rule in rules).replace('"', "")
    return {name: _open(con, file) for name, file in files.items() if f"{name.lower()}." in text}


def _open(con: duckdb.DuckDBPyConnection, file: Path) -> _Found:
    if not file.is_file() or file.stat().st_size > _SMALL:
        return _read(con, file)
    there = file.stat()
    stamp = (str(file.resolve()), there.st_ino, there.st_mtime_ns, there.st_size)
    if stamp not in _kept:
        relation, columns = _read(con, file)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[stamp] = _written_out(con, relation, columns), columns
    return _kept[stamp]


def _read(con: duckdb.DuckDBPyConnection, file: Path) -> _Found:
    source = open_source(con, file, None, lambda _: None)
    return source.sql, list(source.columns)


def _written_out(con: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> str:
    """The same rows as a relation that reads nothing; the relation itself where a value can't be told apart.

    As text because DuckDB imports pandas to take a table or a parameter (0.2 s a process).
    """
    texts = ", ".join(f"CAST({quoted(column)} AS VARCHAR)" for column in columns)
    rows = con.execute(f"SELECT {texts} FROM {relation}").fetchall()
    if not rows or any(value == "" or (value and _APART in value) for row in rows for value in row):
        return relation
    lists = (
        f"nullif(unnest(string_split({literal(_APART.join(value or '' for value in values))}, chr(31))), '')"
        f" AS {quoted(column)}"
        for column, values in zip(columns, zip(*rows, strict=True), strict=True)
    )
    return f"(SELECT {', '.join(lists)})"
