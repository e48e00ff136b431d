"""Task fulfilment of departments in a quarter or a year, in the columns an assessor takes over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.org.models import Unit
from hengjian.apps.points import words
from hengjian.apps.points.counts import counts
from hengjian.apps.points.coverage import coverage_rows
from hengjian.apps.points.engine import keeps_points, scored
from hengjian.apps.points.queries import scores
from hengjian.apps.points.recognition import recognition
from hengjian.apps.points.words import unit_word
from hengjian.apps.regs.members import classes_on, members
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day, to_instant
from hengjian.documents import Column, Format, Table
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import IssueDuty

PRODUCES, ZERO = "assessment", Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """``duties``: title → (due, done), both as text; ``found``: decided against the department, in words."""

    unit: Unit
    duties: dict[str, tuple[str, str]]
    submitted: int
    selected: int
    adopted: int
    commended: int
    found: tuple[str, ...]
    points: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """``scores``: heads of the points, each row's in the same order; none where a regulation gives no points."""

    period: Period
    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    scores: tuple[str, ...] = ()

    def cells(self, row: Row) -> list[tuple[str, str]]:
        """(due, done) of each duty in the order of the titles; empty where nothing is asked."""
        return [row.duties.get(title, ("", "")) for title in self.titles]


def rows_for(installation: Installation, pack: Pack, period: Period, at: datetime) -> Assessment:
    """The same counts the notices print."""
    units = _told_of(installation, pack, period)
    heads, points = _points(installation, pack, period)
    duties: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    titles: dict[str, None] = {}
    for line in coverage_rows(installation, pack, period, units, scored(installation, at), everybody=True):
        duties[line["id"]][line["duty"]] = (line["due"], line["done"])
        titles[line["duty"]] = None
    tallies, known = counts(installation, period).units, recognition(installation, pack, period)
    found = _found(installation, pack, period)
    rows = tuple(
        Row(
            unit=unit,
            duties=duties[unit.pk],
            submitted=tally.submitted if (tally := tallies.get(unit.pk)) else 0,
            selected=known.selected.get(unit.pk, 0),
            adopted=tally.adopted if tally else 0,
            commended=known.commended.get(unit.pk, 0),
            found=tuple(found[unit.pk]),
            points=tuple(column.get(unit.pk, ZERO) for column in points),
        )
        for unit in units
    )
    return Assessment(period, tuple(titles), rows, heads)


def handed_over(pack: Pack) -> list[IssueDuty]:
    """The duties to hand such a table to an assessor."""
    return [d for d in pack.clauses_of("duty") if isinstance(d, IssueDuty) and d.produces == PRODUCES]


def _told_of(installation: Installation, pack: Pack, period: Period) -> list[Unit]:
    """The units the duty of that period names by class on its last day; else all that were appraised in it."""
    units = members(installation, pack, period.first, period.end)
    duties = [d for d in handed_over(pack) if d.per == period.kind] or handed_over(pack)
    named = {key for duty in duties for key in duty.unit_classes}
    if not named:
        return units
    classes = classes_on(installation, pack, period.last)
    return [unit for unit in units if classes.get(unit.pk) in named]


def _points(
    installation: Installation, pack: Pack, period: Period
) -> tuple[tuple[str, ...], list[dict[int | None, Decimal]]]:
    """A year with its quarters, a quarter alone; as the ledger has it."""
    if not keeps_points(pack):
        return (), []
    word = unit_word(pack)
    if period.kind != PeriodKind.YEAR:
        return (f"得{word}",), [scores(installation, str(period))]
    parts = period.parts(PeriodKind.QUARTER)
    heads = (*(f"{n}季度得{word}" for n in "一二三四"), f"全年得{word}")
    return heads, [scores(installation, str(p)) for p in (*parts, period)]


def _found(installation: Installation, pack: Pack, period: Period) -> dict[int, list[str]]:
    cases = FaultCase.objects.filter(
        installation=installation,
        state=FaultCase.State.CONFIRMED,
        happened_at__gte=to_instant(start_of_day(period.first)),
        happened_at__lt=to_instant(start_of_day(period.end)),
    )
    found: dict[int, list[str]] = defaultdict(list)
    for unit, kind in cases.order_by("happened_at", "pk").values_list("unit_id", "kind"):
        found[unit].append(words.label(pack, "fault", kind))
    return found


def assessment_table(table: Assessment) -> Table:
    heads = [Column("序号", Format.INTEGER), Column("部门" if not table.scores else "单位")]
    for title in table.titles:
        heads += [Column(f"{title}：应报", Format.INTEGER), Column(f"{title}：已报", Format.INTEGER)]
    plain = not table.scores
    names = ("报送篇数", "上报篇数", "采用篇次", "应表彰采用") if plain else ("报送篇数", "采用篇次")
    heads += [Column(name, Format.INTEGER) for name in names]
    heads += [Column(name, Format.DECIMAL) for name in table.scores]
    heads.append(Column("认定的情形"))
    body = []
    for n, row in enumerate(table.rows, start=1):
        pairs = [int(Decimal(value)) if value else None for pair in table.cells(row) for value in pair]
        counted = (row.submitted, row.selected, row.adopted, row.commended)
        numbers = counted if plain else (row.submitted, row.adopted)
        body.append((n, row.unit.name, *pairs, *numbers, *row.points, "、".join(row.found)))
    return Table(tuple(heads), tuple(body))
