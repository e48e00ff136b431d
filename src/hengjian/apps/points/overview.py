"""The tables of the ledger pages: a year by months, a period by departments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from hengjian.apps.org.models import Unit
from hengjian.apps.points import queries
from hengjian.apps.points.counts import Tally, counts
from hengjian.apps.points.engine import period_kind, scored
from hengjian.apps.points.feed import departments
from hengjian.apps.points.models import AccountPeriod
from hengjian.apps.points.ranks import ranked
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period, PeriodKind
from hengjian.documents import Column, Format, Table

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PeriodHead:
    key: str
    label: str
    state: str


@dataclass(frozen=True)
class YearRow:
    """``cells`` in the order of the periods; None where there is nothing on the ledger."""

    unit: Unit | None
    cells: list[tuple[str, Decimal | None]]
    total: Decimal
    place: int | None
    disqualified: bool


@dataclass(frozen=True)
class YearTable:
    periods: list[PeriodHead]
    rows: list[YearRow]
    free: YearRow | None


@dataclass(frozen=True)
class PeriodRow:
    unit: Unit
    points: Decimal
    place: int | None
    gap: Decimal | None
    tally: Tally
    disqualified: bool


T = TypeVar("T", PeriodRow, YearRow)


def year_table(installation: Installation, year: str, visible: Collection[int], at: datetime) -> YearTable:
    """Departments by place, a column a period of account; unallocated points in a row of their own."""
    whole = Period.parse(year)
    kind = period_kind(pack_for(installation, at))
    states = dict(AccountPeriod.objects.filter(installation=installation).values_list("key", "state"))
    heads = [PeriodHead(str(p), _short(p), states.get(str(p), "")) for p in whole.parts(kind)]
    scores = queries.scores_by_period(installation, year)
    out = scored(installation, at).disqualified
    units = _with_points(installation, whole, {u for u in scores if u is not None})
    placed = ranked(
        units, lambda u: sum(scores.get(u.pk, {}).values(), ZERO), left_out=lambda u: (year, u.pk) in out
    )
    rows = [
        _year_row(p.thing, heads, scores.get(p.thing.pk, {}), p.place, (year, p.thing.pk) in out)
        for p in placed
        if p.thing.pk in visible
    ]
    free = _year_row(None, heads, scores[None], None, False) if None in scores else None
    return YearTable(heads, rows, free)


def period_rows(
    installation: Installation, period: Period, visible: Collection[int], at: datetime
) -> list[PeriodRow]:
    scores = queries.scores(installation, str(period))
    tallies = counts(installation, period).units
    out = scored(installation, at).disqualified
    units = _with_points(installation, period, {u for u in scores if u is not None})
    placed = ranked(units, lambda u: scores.get(u.pk, ZERO), left_out=lambda u: (str(period), u.pk) in out)
    year = str(period.first.year)
    return [
        PeriodRow(
            p.thing, p.points, p.place, p.gap, tallies.get(p.thing.pk) or Tally(), (year, p.thing.pk) in out
        )
        for p in placed
        if p.thing.pk in visible
    ]


def period_table(rows: list[PeriodRow], word: str, *, places: bool = True) -> Table:
    """As a sheet; without places the units stand in their own order."""
    ranks = (Column("名次", Format.INTEGER),) if places else ()
    gaps = (Column("距前名", Format.DECIMAL),) if places else ()
    columns = (
        *ranks,
        Column("部门"),
        Column("报送篇数", Format.INTEGER),
        Column("采用篇次", Format.INTEGER),
        Column("批示件次", Format.INTEGER),
        Column(f"得{word}", Format.DECIMAL),
        *gaps,
    )
    listed = rows if places else in_own_order(rows)
    return Table(columns, tuple(_period_cells(row, places) for row in listed))


def _period_cells(r: PeriodRow, places: bool) -> tuple[Any, ...]:
    cells = (r.unit.name, r.tally.submitted, r.tally.adopted, r.tally.instructed, r.points)
    return (r.place, *cells, r.gap) if places else cells


def in_own_order(rows: list[T]) -> list[T]:
    """Rows of units as the organisation lists them."""
    return sorted(rows, key=lambda row: (row.unit.position, row.unit.pk) if row.unit else (0, 0))


def _year_row(
    unit: Unit | None, heads: list[PeriodHead], scores: dict[str, Decimal], place: int | None, out: bool
) -> YearRow:
    cells = [(head.key, scores.get(head.key)) for head in heads]
    return YearRow(unit, cells, sum(scores.values(), ZERO), place, out)


def _with_points(installation: Installation, period: Period, scored_units: set[int]) -> list[Unit]:
    units = departments(installation, period.first, period.end)
    others = scored_units - {unit.pk for unit in units}
    return units + list(Unit.objects.filter(pk__in=others).order_by("position", "pk"))


def _short(period: Period) -> str:
    return f"{period.first.month}月" if period.kind is PeriodKind.MONTH else period.label[5:]
