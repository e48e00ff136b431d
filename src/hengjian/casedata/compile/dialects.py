"""What the engines write differently. Everything else is one text.

Known traps, each with a conformance row: ClickHouse counts bytes in ``substring`` and ``length``; Java's ``$``
matches before a trailing newline; PostgreSQL has no ``try_cast``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def quote(text: str) -> str:
    """A SQL text literal for engines without backslash escapes."""
    return "'" + text.replace("'", "''") + "'"


def quote_backslash(text: str) -> str:
    """A SQL text literal for engines that read backslashes in it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


@dataclass(frozen=True, slots=True)
class Dialect:
    """``sqlglot`` is the name of the generator; the rest are templates over SQL expressions."""

    name: str
    sqlglot: str
    identifier: Callable[[str], str]
    literal: Callable[[str], str]
    full_match: Callable[[str, str], str]
    substring: Callable[[str, int, int], str]
    position: Callable[[str, str], str]
    to_int: Callable[[str], str]
    int_div: Callable[[str, int], str]
    text: str
    mask: str = "BIGINT"
    regexp_like: Callable[[str, str], str] | None = None


def _anchored(pattern: str) -> str:
    """From the first to the very last character (``$`` would allow a newline after it)."""
    return rf"^(?:{pattern})\z"


def _double(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _ticks(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _plain_substring(x: str, start: int, length: int) -> str:
    return f"substring({x}, {start}, {length})"


DUCKDB = Dialect(
    name="duckdb",
    sqlglot="duckdb",
    identifier=_double,
    literal=quote,
    full_match=lambda x, p: f"regexp_full_match({x}, {quote(p)})",
    substring=_plain_substring,
    position=lambda x, s: f"strpos({x}, {s})",
    to_int=lambda x: f"TRY_CAST({x} AS BIGINT)",
    int_div=lambda x, n: f"({x} // {n})",
    text="VARCHAR",
)
SPARK = Dialect(
    name="spark",
    sqlglot="spark",
    identifier=_ticks,
    literal=quote_backslash,
    full_match=lambda x, p: f"{x} RLIKE {quote_backslash(_anchored(p))}",
    substring=_plain_substring,
    position=lambda x, s: f"instr({x}, {s})",
    to_int=lambda x: f"TRY_CAST({x} AS BIGINT)",
    int_div=lambda x, n: f"({x} DIV {n})",
    text="STRING",
    regexp_like=lambda x, p: f"{x} RLIKE {p}",
)
CLICKHOUSE = Dialect(
    name="clickhouse",
    sqlglot="clickhouse",
    identifier=_ticks,
    literal=quote_backslash,
    full_match=lambda x, p: f"match({x}, {quote_backslash(_anchored(p))})",
    substring=lambda x, start, length: f"substringUTF8({x}, {start}, {length})",
    position=lambda x, s: f"positionUTF8({x}, {s})",
    to_int=lambda x: f"toInt64OrNull({x})",
    int_div=lambda x, n: f"intDiv({x}, {n})",
    text="Nullable(String)",
    mask="Int64",
)
POSTGRES = Dialect(
    name="postgres",
    sqlglot="postgres",
    identifier=_double,
    literal=quote,
    full_match=lambda x, p: f"({x} ~ {quote(f'^(?:{p})$')})",
    substring=_plain_substring,
    position=lambda x, s: f"strpos({x}, {s})",
    to_int=lambda x: f"CAST({x} AS BIGINT)",  # only reached behind a match, inside CASE
    int_div=lambda x, n: f"({x} / {n})",
    text="TEXT",
)

DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, SPARK, CLICKHOUSE, POSTGRES)}
