"""The points clauses of a pack made ready for the engine: numbered, dated, with every price as a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.base.times import start_of_day
from hengjian.policy import Pack, Param, value_rows
from hengjian.policy.clauses.points import Priced, QuotaBase, Total

BEGIN, END = date(1900, 1, 1), date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its number, its half-open time in force and the readings that touch it."""

    no: int
    clause: Any
    since: datetime
    until: datetime
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """A parameter over one interval without change; ``points`` is None where no value is in force."""

    no: int
    clause: int
    use: str
    key: str
    param: str
    since: date
    until: date
    points: Decimal | None
    article: str


@dataclass(frozen=True)
class Rules:
    """What the engine needs of a pack on one day of knowledge."""

    pack: Pack
    clauses: tuple[Numbered, ...]
    prices: tuple[Price, ...]
    total: Total

    def of(self, *shapes: str) -> list[Numbered]:
        return [c for c in self.clauses if c.clause.shape in shapes]

    def numbers(self, ids: tuple[str, ...]) -> list[int]:
        """Numbers of the clauses named, leaving out those switched off."""
        return [c.no for c in self.clauses if c.clause.id in ids]


def rules_of(pack: Pack, values: Mapping[str, Param] | None = None, known: date | None = None) -> Rules:
    """Make a pack ready; ``values`` replaces its table of values, ``known`` is the day of knowledge."""
    if values:
        pack = pack.with_values(values)
    found = pack.clauses_of("points", known=known)
    totals = [clause for clause in found if isinstance(clause, Total)]
    if len(totals) != 1:
        raise HengjianError(
            f"制度包 {pack.id} 有 {len(totals)} 条 total 规则，计分需要并且只能有一条，请补上或删去。"
        )
    clauses = tuple(
        Numbered(
            no,
            clause,
            start_of_day(clause.since or pack.info.since),
            start_of_day(clause.until or pack.info.until or END),
            _readings(pack, clause.id),
        )
        for no, clause in enumerate(found)
    )
    return Rules(pack, clauses, tuple(_prices(pack, clauses, known)), totals[0])


def _readings(pack: Pack, clause_id: str) -> tuple[str, ...]:
    """``R12=default`` and the like, for every reading that would change the clause."""
    tags = []
    for reading in pack.readings_of(clause_id):
        chosen = pack.chosen(reading.id)
        tags.append(f"{reading.id}={chosen}")
    return tuple(tags)


def _prices(pack: Pack, clauses: tuple[Numbered, ...], known: date | None) -> Iterator[Price]:
    intervals = _intervals(pack, known)
    no = 0
    for numbered in clauses:
        for use, key, param in _uses(numbered.clause):
            for since, until, points, article in intervals.get(param) or [(BEGIN, END, None, "")]:
                yield Price(no, numbered.no, use, key, param, since, until, points, article)
                no += 1


def _uses(clause: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(clause, Priced):
        names = {"": clause.param} if clause.param else clause.params
        yield from (("price", key, param) for key, param in names.items() if param)
    if isinstance(clause, QuotaBase):
        yield "price", "", clause.param
        yield from (
            ("quota", key, param) for key, param in (clause.quota.params if clause.quota else {}).items()
        )
        yield from (
            ("weight", k, param) for k, param in (clause.weights.params if clause.weights else {}).items()
        )
    factor = getattr(clause, "factor", None)
    yield from (("factor", key, param) for key, param in (factor.params if factor else {}).items())


_Interval = tuple[date, date, Decimal | None, str]


def _intervals(pack: Pack, known: date | None) -> dict[str, list[_Interval]]:
    """Every parameter over all time: intervals with a value and, between them, without."""
    found: dict[str, list[_Interval]] = {}
    for row in value_rows(pack.params, known):
        line = found.setdefault(row["param"], [])
        since = date.fromisoformat(row["effective_from"])
        until = date.fromisoformat(row["effective_to"]) if row["effective_to"] else END
        last = line[-1][1] if line else BEGIN
        if last < since:
            line.append((last, since, None, row["article"]))
        line.append((since, until, _cents(row["param"], row["value"]), row["article"]))
    for line in found.values():
        if line[-1][1] < END:
            line.append((line[-1][1], END, None, line[-1][3]))
    return found


def _cents(param: str, text: str) -> Decimal:
    value = Decimal(text)
    if value != round(value, 2):
        raise HengjianError(f"数值“{param}”写了 {text}，最多可有两位小数，请改正。")
    return value
