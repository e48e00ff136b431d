"""Types of CSV columns: days, times and numbers where every sampled value is one; codes and ids stay text.

A number never begins with a needless zero and has at most 15 digits: ``0102`` and identity numbers are text.
A value further down that is no day or number is read as missing, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from hengjian.base.errors import HengjianError, Place

SAMPLE = 100_000
_DATE = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
_TIME = _DATE + "[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_INTEGER = "-?(0|[1-9][0-9]{0,14})"
_DECIMAL = "-?(0|[1-9][0-9]{0,11})([.][0-9]{1,6})?"
_BOOLEAN = "true|false|TRUE|FALSE|True|False"
_KINDS = (
    ("DATE", _DATE),
    ("TIMESTAMP", _TIME),
    ("BOOLEAN", _BOOLEAN),
    ("BIGINT", _INTEGER),
    ("DECIMAL(18,6)", _DECIMAL),
)
Types = dict[str, str]


def guess(
    con: duckdb.DuckDBPyConnection, plain: str, names: list[str], text: Iterable[str], file: Path
) -> Types:
    """Name → type by the first ``SAMPLE`` rows of an all-text relation."""
    keep = {name.lower() for name in text}
    looked = [name for name in names if name.lower() not in keep]
    if not looked:
        return dict.fromkeys(names, "VARCHAR")
    parts = []
    for name in looked:
        column = quoted(name)
        parts.append(f"count({column})")
        parts += [f"bool_and(regexp_full_match({column}, '{pattern}'))" for _, pattern in _KINDS]
    sample = f"SELECT {', '.join(parts)} FROM (SELECT * FROM {plain} LIMIT {SAMPLE})"
    try:
        row = con.execute(sample).fetchone() or ()
    except duckdb.Error as error:
        raise HengjianError(_unreadable(error), where=Place(str(file))) from None
    width = len(_KINDS) + 1
    types = dict.fromkeys(names, "VARCHAR")
    for index, name in enumerate(looked):
        answers = row[index * width + 1 : (index + 1) * width]
        types[name] = next((kind for (kind, _), yes in zip(_KINDS, answers, strict=True) if yes), "VARCHAR")
    return types


def typed(
    con: duckdb.DuckDBPyConnection, plain: str, arguments: str, types: Types, say: Callable[[str], None]
) -> str:
    """A relation with ``types``: parsed while reading, or by TRY_CAST when some value does not fit."""
    if set(types.values()) == {"VARCHAR"}:
        return plain
    pairs = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': '{kind}'" for name, kind in types.items())
    fast = f"read_csv({arguments}, types = {{{pairs}}})"
    other = [quoted(name) for name, kind in types.items() if kind != "VARCHAR"]
    try:
        con.execute(f"SELECT {', '.join(f'count({name})' for name in other)} FROM {fast}").fetchone()
        return fast
    except duckdb.Error:
        return _cast(con, plain, types, say)


def _cast(con: duckdb.DuckDBPyConnection, plain: str, types: Types, say: Callable[[str], None]) -> str:
    casts = {name: f"TRY_CAST({quoted(name)} AS {kind})" for name, kind in types.items() if kind != "VARCHAR"}
    lost = ", ".join(f"count({quoted(name)}) - count({cast})" for name, cast in casts.items())
    counts = con.execute(f"SELECT {lost} FROM {plain}").fetchone() or ()
    for (name, kind), count in zip(((n, types[n]) for n in casts), counts, strict=True):
        if count:
            say(
                f"列“{name}”有 {count} 个值不是{_WORD.get(kind, '数')}，按空值检查；请在规则里另行检查或改正数据。"
            )
    columns = ", ".join(
        f"{casts[name]} AS {quoted(name)}" if name in casts else quoted(name) for name in types
    )
    return f"(SELECT {columns} FROM {plain})"


_WORD = {"DATE": "日期", "TIMESTAMP": "时间", "BOOLEAN": "真假值"}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _unreadable(error: Exception) -> str:
    line = next((part for part in str(error).splitlines() if "Line:" in part), str(error).splitlines()[0])
    return f"CSV 读不下去：{line.strip()}。请检查这一行的引号和列数。"
