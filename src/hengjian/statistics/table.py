"""Cells of tables and the cases behind each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import duckdb

from hengjian.base.errors import HengjianError
from hengjian.casedata.source import literal
from hengjian.casedata.store.connect import quoted
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Card, Cell, Shape, Value, value_of
from hengjian.statistics.spans import Span
from hengjian.statistics.tally import Data, Dims, Row, dim, member, narrowing, query, spans_sql, tally

Courts = Mapping[str, Sequence[str]]
"""Name of a court or of a group → codes of the courts whose cases it counts."""
Versions = Mapping[str, int]
NONE: Versions = {}


@dataclass(frozen=True, slots=True)
class Held:
    """The cards that hold for a span."""

    cards: Mapping[str, Card]

    def card(self, key: str) -> Card:
        if key not in self.cards:
            raise HengjianError(f"“{key}”在这个期间没有使用中的口径卡，请先核定口径。")
        return self.cards[key]

    def parts(self, key: str) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
        """Plain cards above and below the line; nothing below where nothing is divided."""
        card = self.card(key)
        if card.shape is not Shape.RATIO:
            return (card,), (card,) if card.shape is Shape.MEAN else ()
        return tuple(self.card(k) for k in card.top), tuple(self.card(k) for k in card.bottom)

    def plain(self, keys: Iterable[str]) -> list[Card]:
        """The cards that are counted themselves, once each."""
        found = {part.key: part for key in keys for side in self.parts(key) for part in side}
        return list(found.values())


def held(cards: Cards, span: Span, versions: Versions = NONE) -> Held:
    """What is in force on the last day of the span; ``versions`` (key → number) for figures under an older card."""
    found = cards.on(span.end - timedelta(days=1))
    for key, number in versions.items():
        card = next((c for c in cards.versions(key) if c.version == number), None)
        if card is None:
            raise HengjianError(f"口径“{key}”没有第{number}版，请核对。")
        found[key] = card
    return Held(found)


def table(
    data: Data, cards: Cards, keys: Sequence[str], spans: Sequence[Span], courts: Courts, by: Dims = ()
) -> dict[Cell, Value]:
    """Every card, span and court, for every combination of dimension values that occurs and all totals over them."""
    found: dict[Cell, Value] = {}
    with data.open() as con:
        for group, hold in alike(cards, spans, NONE):
            counted = tally(con, data, hold.plain(keys), group, by)
            for span in group:
                rows = counted.rows.get(span.text, [])
                for dims in _combinations(rows, by):
                    found |= _cells(hold, keys, span, courts, dims, rows, by)
    return found


def values(
    data: Data, cards: Cards, cells: Iterable[Cell], courts: Courts, versions: Versions = NONE
) -> dict[Cell, Value]:
    """The values of these cells alone. A court that is no group stands for itself."""
    wanted = list(dict.fromkeys(cells))
    by = tuple(sorted({name for cell in wanted for name, _ in cell.dims}))
    spans = [Span.parse(text) for text in dict.fromkeys(cell.span for cell in wanted)]
    by_span: dict[str, list[Cell]] = defaultdict(list)
    for cell in wanted:
        by_span[cell.span].append(cell)
    found: dict[Cell, Value] = {}
    with data.open() as con:
        for group, hold in alike(cards, spans, versions):
            keys = dict.fromkeys(cell.card for span in group for cell in by_span[span.text])
            counted = tally(con, data, hold.plain(keys), group, by)
            for span in group:
                rows = counted.rows.get(span.text, [])
                for cell in by_span[span.text]:
                    mine = list(_matching(rows, members_of(courts, cell.court), cell.dims, by))
                    found[cell] = _value(hold, cell.card, mine)
    return found


def members_of(courts: Courts, court: str) -> Sequence[str]:
    return courts.get(court, (court,))


def alike(cards: Cards, spans: Sequence[Span], versions: Versions) -> Iterator[tuple[list[Span], Held]]:
    """Spans under the same cards together, so that each lot is one pass."""
    lots: list[tuple[list[Span], Held]] = []
    for span in spans:
        hold = held(cards, span, versions)
        lot = next((lot for lot, other in lots if other.cards == hold.cards), None)
        if lot is None:
            lots.append(([span], hold))
        else:
            lot.append(span)
    yield from lots


def _combinations(rows: Sequence[Row], by: Dims) -> set[tuple[tuple[str, str], ...]]:
    found: set[tuple[tuple[str, str], ...]] = {()}
    seen = {row.dims for row in rows}
    for size in range(1, len(by) + 1):
        for picked in combinations(range(len(by)), size):
            found |= {tuple(sorted((by[n], dims[n]) for n in picked)) for dims in seen}
    return found


def _cells(
    hold: Held,
    keys: Iterable[str],
    span: Span,
    courts: Courts,
    dims: tuple[tuple[str, str], ...],
    rows: Sequence[Row],
    by: Dims,
) -> dict[Cell, Value]:
    found = {}
    for court, codes in courts.items():
        mine = list(_matching(rows, codes, dims, by))
        for key in keys:
            found[Cell(key, court, span.text, dims)] = _value(hold, key, mine)
    return found


def _matching(
    rows: Sequence[Row], codes: Sequence[str], dims: tuple[tuple[str, str], ...], by: Dims
) -> Iterator[Row]:
    wanted = [(by.index(name), value) for name, value in dims]
    among = set(codes)
    for row in rows:
        if row.court in among and all(row.dims[n] == value for n, value in wanted):
            yield row


def _value(hold: Held, key: str, rows: Sequence[Row]) -> Value:
    card = hold.card(key)
    above, below = hold.parts(key)
    top = sum((row.sums[part.key] for row in rows for part in above), Decimal(0))
    if not card.divided:
        return value_of(card, top, None)
    return value_of(card, top, sum((_under(card, row, part) for row in rows for part in below), Decimal(0)))


def _under(card: Card, row: Row, part: Card) -> Decimal:
    return row.counts[part.key] if card.shape is Shape.MEAN else row.sums[part.key]


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind a cell: counted above the line and, for a quotient, below it; keys sorted."""

    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(sorted({*self.top, *self.bottom}))


def cases_of(data: Data, cards: Cards, cell: Cell, courts: Courts, versions: Versions = NONE) -> Behind:
    """Exactly the cases a cell counts; a case that counts for two cards of a sum stands there twice."""
    hold = held(cards, Span.parse(cell.span), versions)
    above, below = hold.parts(cell.card)
    with data.open() as con:
        return Behind(
            *(
                tuple(sorted(key for part in side for key in _keys(con, data, part, cell, courts)))
                for side in (above, below)
            )
        )


def _keys(con: duckdb.DuckDBPyConnection, data: Data, card: Card, cell: Cell, courts: Courts) -> list[str]:
    rows = query(
        con,
        f"SELECT {quoted(data.key)} FROM {data.sql} AS cases CROSS JOIN {spans_sql([Span.parse(cell.span)])}"
        f" WHERE {member(card)} AND {among(data, members_of(courts, cell.court))}{narrowing(cell.dims)}",
    )
    return [str(row[0]) for row in rows]


def counted(data: Data, cards: Cards, key: str, span: Span) -> frozenset[str]:
    """The way back from ``cases_of``: the cards whose figure of the span counts the case, above or below the line."""
    hold = held(cards, span)
    plain = hold.plain(hold.cards)
    if not plain:
        return frozenset()
    with data.open() as con:
        rows = query(
            con,
            f"SELECT {', '.join(member(card) for card in plain)} FROM {data.sql} AS cases"
            f" CROSS JOIN {spans_sql([span])} WHERE {dim(data.key)} = {literal(key)}",
        )
    inside = {card.key for row in rows for card, yes in zip(plain, row, strict=True) if yes}
    return frozenset(
        name for name in hold.cards if inside & {p.key for side in hold.parts(name) for p in side}
    )


def among(data: Data, codes: Sequence[str]) -> str:
    listed = ", ".join(literal(code) for code in codes)
    return f"{dim(data.court)} IN ({listed})" if listed else "FALSE"
