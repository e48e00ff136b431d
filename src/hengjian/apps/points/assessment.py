"""Task fulfilment of departments in a quarter or a year, in the columns an assessor takes over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.bulletins.models import FaultCase
from hengjian.apps.org.models import Unit
from hengjian.apps.points import words
from hengjian.apps.points.counts import counts
from hengjian.apps.points.coverage import coverage_rows
from hengjian.apps.points.engine import scored
from hengjian.apps.points.recognition import recognition
from hengjian.apps.regs.members import members
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant
from hengjian.documents import Column, Format, Table
from hengjian.policy import Pack


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


@dataclass(frozen=True, slots=True)
class Assessment:
    period: Period
    titles: tuple[str, ...]
    rows: tuple[Row, ...]

    def cells(self, row: Row) -> list[tuple[str, str]]:
        """(due, done) of each duty in the order of the titles; empty where nothing is asked."""
        return [row.duties.get(title, ("", "")) for title in self.titles]


def rows_for(installation: Installation, pack: Pack, period: Period, at: datetime) -> Assessment:
    """The same counts the notices print."""
    units = members(installation, pack, period.first, period.end)
    duties: dict[int, dict[str, tuple[str, str]]] = defaultdict(dict)
    titles: dict[str, None] = {}
    for line in coverage_rows(installation, pack, period, units, scored(installation, at)):
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
        )
        for unit in units
    )
    return Assessment(period, tuple(titles), rows)


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
    heads = [Column("序号", Format.INTEGER), Column("部门")]
    for title in table.titles:
        heads += [Column(f"{title}：应报", Format.INTEGER), Column(f"{title}：已报", Format.INTEGER)]
    heads += [Column(name, Format.INTEGER) for name in ("报送篇数", "上报篇数", "采用篇次", "应表彰采用")]
    heads.append(Column("认定的情形"))
    body = []
    for n, row in enumerate(table.rows, start=1):
        pairs = [int(value) if value else None for pair in table.cells(row) for value in pair]
        numbers = (row.submitted, row.selected, row.adopted, row.commended)
        body.append((n, row.unit.name, *pairs, *numbers, "、".join(row.found)))
    return Table(tuple(heads), tuple(body))
