"""One pass over a version of the cases: every counted quantity by span, court and dimensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.source import first_line, literal
from hengjian.casedata.store import Store
from hengjian.casedata.store.connect import quoted
from hengjian.statistics.cards import expression
from hengjian.statistics.model import At, Card, Shape
from hengjian.statistics.spans import Span

FIRST, END, ID = "span__first", "span__end", "span__id"
Dims = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A table of the store at a version; ``source`` replaces the table for a part of its rows, ``con`` is used if open."""

    store: Store
    table: str
    version: int
    key: str = "case_id"
    court: str = "court"
    source: str = ""
    con: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The open connection, or one for this piece of work."""
        if self.con is not None:
            yield self.con
            return
        with self.store.connection() as con:
            yield con

    @property
    def sql(self) -> str:
        """Stands after FROM and takes an alias."""
        if self.source:
            return self.source
        return f"(SELECT * FROM {quoted(self.table)} AT (VERSION => {int(self.version)}))"


@dataclass(frozen=True, slots=True)
class Row:
    """Quantities of one span, court and combination of dimension values; ``sums`` by card key."""

    span: str
    court: str
    dims: Dims
    sums: Mapping[str, Decimal]
    counts: Mapping[str, Decimal]


@dataclass(slots=True)
class Tally:
    by: Dims
    rows: dict[str, list[Row]] = field(default_factory=dict)


def member(card: Card) -> str:
    """SQL: whether a case counts for the card in the span beside it."""
    if card.shape is Shape.STOCK:
        begun, ended = quoted(str(card.begun)), quoted(str(card.ended))
        moment = FIRST if card.at is At.FIRST else END
        inside = f"{begun} < {moment} AND ({ended} IS NULL OR {ended} >= {moment})"
        if card.past:
            inside += f" AND {quoted(card.past)} < {moment}"
    else:
        day = quoted(str(card.date))
        inside = f"{day} >= {FIRST} AND {day} < {END}"
    narrowed = f" AND ({condition(card)})" if card.when else ""
    return f"coalesce({inside}{narrowed}, FALSE)"


def condition(card: Card) -> str:
    return _sql(card.when, f"口径 {card.key}")


def amount(card: Card) -> str:
    """SQL: what a counted case adds to the sum."""
    if card.shape in (Shape.SUM, Shape.MEAN):
        return f"coalesce(CAST({_sql(str(card.of), f'口径 {card.key}')} AS DECIMAL(28,4)), 0)"
    return "1"


def _sql(text: str, where: str) -> str:
    return expression(text, Place(where)).tree.sql("duckdb")


def spans_sql(spans: Iterable[Span]) -> str:
    rows = ", ".join(
        f"({literal(s.text)}, DATE {literal(s.first.isoformat())}, DATE {literal(s.end.isoformat())})"
        for s in spans
    )
    return f"(VALUES {rows}) AS spans({ID}, {FIRST}, {END})"


def dim(name: str) -> str:
    return f"coalesce(CAST({quoted(name)} AS VARCHAR), '')"


def narrowing(dims: Iterable[tuple[str, str]]) -> str:
    return "".join(f" AND {dim(name)} = {literal(value)}" for name, value in dims)


def tally(
    con: duckdb.DuckDBPyConnection, data: Data, cards: Sequence[Card], spans: Sequence[Span], by: Dims = ()
) -> Tally:
    """Counts and sums of plain cards (no ratios); rows nobody counts in are left out."""
    found = Tally(by)
    if not cards or not spans:
        return found
    groups = [dim(data.court), *(dim(name) for name in by)]
    members = [member(card) for card in cards]
    cells = ", ".join(
        f"count(*) FILTER ({m}), sum({amount(card)}) FILTER ({m})"
        for card, m in zip(cards, members, strict=True)
    )
    rows = query(
        con,
        f"SELECT {ID}, {', '.join(groups)}, {cells} FROM {data.sql} AS cases CROSS JOIN {spans_sql(spans)}"
        f" WHERE {' OR '.join(members)} GROUP BY ALL",
    )
    width = 2 + len(by)
    for row in rows:
        counts = {c.key: Decimal(row[width + 2 * n]) for n, c in enumerate(cards)}
        sums = {c.key: Decimal(row[width + 2 * n + 1] or 0) for n, c in enumerate(cards)}
        found.rows.setdefault(row[0], []).append(Row(row[0], row[1], tuple(row[2:width]), sums, counts))
    return found


def rows_of(data: Data, keys: Sequence[str], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Some columns of some cases, in no order; a column the data lacks is None."""
    if not keys:
        return []
    with data.open() as con:
        there = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {data.sql} AS cases").fetchall()}
        wanted = [quoted(c) if c in there else f"NULL AS {quoted(c)}" for c in columns]
        listed = ", ".join(literal(key) for key in keys)
        rows = query(
            con, f"SELECT {', '.join(wanted)} FROM {data.sql} AS cases WHERE {quoted(data.key)} IN ({listed})"
        )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def query(con: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    """Rows; HengjianError says which item the data lacks."""
    try:
        return con.execute(sql).fetchall()
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ConversionException) as error:
        raise HengjianError(f"这一版数据算不了这张口径卡：{first_line(error)}。请核对信息项。") from None
