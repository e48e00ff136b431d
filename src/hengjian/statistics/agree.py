"""Three levels that must agree, both ways: what a court reported, the cell of the table, the list of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from hengjian.casedata.reconcile import with_units
from hengjian.casedata.store.connect import quoted
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Card, Cell, Shape, Value
from hengjian.statistics.spans import Span
from hengjian.statistics.table import Courts, cases_of, held, members_of, table
from hengjian.statistics.tally import Data, Dims, dim, member, query, spans_sql


class Level(StrEnum):
    CASES = "cases"  # cell against list of cases
    COURT = "court"  # what the court reported against the cell
    BELOW = "below"  # courts with those below against the sum of the courts
    NOWHERE = "nowhere"  # cases that count in no court of the table

    @property
    def label(self) -> str:
        return {
            "cases": "报表与案件", "court": "法院上报与报表", "below": "汇总与各法院", "nowhere": "不属任何法院的案件"
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reported:
    """What a court said of a cell: the number, with the version it was made from or the list of its cases."""

    value: Decimal
    version: int | None = None
    cases: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``missing``: counted by the side that said ``said`` and not by the other; ``extra`` the other way round."""

    level: Level
    cell: Cell
    said: Decimal | None
    counted: Decimal | None
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """``checked``: comparisons made, by level."""

    checked: Mapping[Level, int]
    found: tuple[Disagreement, ...]


def reconcile(
    data: Data,
    cards: Cards,
    keys: Sequence[str],
    span: Span,
    courts: Courts,
    reported: Mapping[Cell, Reported],
    by: Dims = (),
) -> Agreement:
    """Every cell of a table of plain cards against its cases, the courts' word, and the sums over courts."""
    hold = held(cards, span)
    plain = [key for key in keys if not hold.card(key).divided]
    with data.open() as con:
        one = replace(data, con=con)
        cells = table(one, cards, plain, [span], courts, by)
        lists, nowhere = _lists(one, [hold.card(key) for key in plain], span, courts, by)
        sums = {key for key in plain if hold.card(key).shape is Shape.SUM}
        found = [*_with_cases(cells, lists, sums), *_with_groups(cells, courts)]
        found += [*_with_courts(one, cards, cells, courts, reported, span)]
        found += [
            Disagreement(
                Level.NOWHERE, Cell(key, code, span.text), None, Decimal(len(names)), extra=tuple(names)
            )
            for (key, code), names in sorted(nowhere.items())
        ]
    checked = {
        Level.CASES: sum(cell.card not in sums for cell in cells),
        Level.COURT: sum(cell.span == span.text for cell in reported),
        Level.BELOW: sum(len(members_of(courts, cell.court)) > 1 for cell in cells),
    }
    return Agreement(checked, tuple(found))


def _lists(
    data: Data, cards: Sequence[Card], span: Span, courts: Courts, by: Dims
) -> tuple[dict[Cell, list[str]], dict[tuple[str, str], list[str]]]:
    """Cell → the keys of its cases, listed case by case; and those of courts the table does not have."""
    names = {
        code: [name for name, codes in courts.items() if code in codes]
        for codes in courts.values()
        for code in codes
    }
    members = [member(card) for card in cards]
    columns = ", ".join([dim(data.court), quoted(data.key), *(dim(name) for name in by), *members])
    lists: dict[Cell, list[str]] = defaultdict(list)
    nowhere: dict[tuple[str, str], list[str]] = defaultdict(list)
    with data.open() as con:
        rows = query(
            con,
            f"SELECT {columns} FROM {data.sql} AS cases CROSS JOIN {spans_sql([span])}"
            f" WHERE {' OR '.join(members)} ORDER BY 2",
        )
    for court, key, *rest in rows:
        values, flags = rest[: len(by)], rest[len(by) :]
        for card in (card for card, flag in zip(cards, flags, strict=True) if flag):
            if court not in names:
                nowhere[card.key, court].append(str(key))
            for name in names.get(court, ()):
                for dims in _parts(by, values):
                    lists[Cell(card.key, name, span.text, dims)].append(str(key))
    return lists, nowhere


def _parts(by: Dims, values: Sequence[str]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Every combination of some of the dimensions of a case."""
    pairs = sorted(zip(by, values, strict=True))
    for mask in range(1 << len(pairs)):
        yield tuple(pair for n, pair in enumerate(pairs) if mask >> n & 1)


def _with_cases(
    cells: Mapping[Cell, Value], lists: Mapping[Cell, list[str]], sums: Collection[str]
) -> Iterator[Disagreement]:
    for cell in sorted({*cells, *lists}, key=str):
        value, names = cells.get(cell), lists.get(cell, [])
        count = value.top if value is not None else None
        if count != len(names) and cell.card not in sums:
            yield Disagreement(Level.CASES, cell, count, Decimal(len(names)), extra=tuple(names))


def _with_groups(cells: Mapping[Cell, Value], courts: Courts) -> Iterator[Disagreement]:
    groups = {name: tuple(codes) for name, codes in courts.items() if len(codes) > 1}
    singles = {codes[0]: name for name, codes in courts.items() if len(codes) == 1}
    below = {
        name: [singles[code] for code in codes]
        for name, codes in groups.items()
        if set(codes) <= set(singles)
    }
    texts = {f"{cell.card}\n{cell.span}\n{cell.dims}": cell for cell in cells}
    flat = {
        (cell.court, f"{cell.card}\n{cell.span}\n{cell.dims}"): value.top for cell, value in cells.items()
    }
    for one in with_units(flat, below):
        cell = replace(texts[one.item], court=one.unit)
        yield Disagreement(Level.BELOW, cell, one.reported, one.counted)


def _with_courts(
    data: Data,
    cards: Cards,
    cells: Mapping[Cell, Value],
    courts: Courts,
    reported: Mapping[Cell, Reported],
    span: Span,
) -> Iterator[Disagreement]:
    for cell, said in sorted(reported.items(), key=lambda pair: str(pair[0])):
        if cell.span != span.text:
            continue
        value = cells.get(cell)
        counted = value.top if value is not None else Decimal(0)
        if counted == said.value and said.cases is None:
            continue
        now = set(cases_of(data, cards, cell, courts).top)
        then = set(_said(data, cards, cell, courts, said))
        if counted != said.value or then - now or (said.cases is not None and now - then):
            missing, extra = tuple(sorted(then - now)), tuple(sorted(now - then)) if then else ()
            yield Disagreement(Level.COURT, cell, said.value, counted, missing, extra)


def _said(data: Data, cards: Cards, cell: Cell, courts: Courts, said: Reported) -> Iterable[str]:
    if said.cases is not None:
        return said.cases
    if said.version is None:
        return ()
    return cases_of(replace(data, version=said.version), cards, cell, courts).top
