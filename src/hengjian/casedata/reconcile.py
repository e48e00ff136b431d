"""Three levels that must agree: the court, the cell of the report, the list of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Cell = tuple[str, str]
"""Unit and item of a report."""


class Level(StrEnum):
    CASES = "cases"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Difference:
    """``reported`` stands in the report, ``counted`` is what the cases (or the units below) give; None = absent."""

    level: Level
    unit: str
    item: str
    reported: Decimal | None
    counted: Decimal | None
    cases: tuple[str, ...] = ()

    @property
    def by(self) -> Decimal:
        return (self.reported or Decimal(0)) - (self.counted or Decimal(0))


def with_cases(reported: Mapping[Cell, Decimal], cases: Mapping[Cell, Iterable[str]]) -> list[Difference]:
    """Every cell against the number of its cases, both ways: a cell without cases, cases without a cell.

    >>> with_cases({("甲院", "新收"): Decimal(2)}, {("甲院", "新收"): ["a", "b", "c"]})[0].by
    Decimal('-1')
    """
    lists = {cell: tuple(sorted(set(keys))) for cell, keys in cases.items()}
    found = []
    for unit, item in sorted({*reported, *lists}):
        keys = lists.get((unit, item), ())
        value = reported.get((unit, item))
        if value != len(keys) and not (value is None and not keys):
            found.append(Difference(Level.CASES, unit, item, value, Decimal(len(keys)), keys))
    return found


def with_units(reported: Mapping[Cell, Decimal], below: Mapping[str, Iterable[str]]) -> list[Difference]:
    """Every unit against the sum of the units below it; an item nobody below reports is not compared.

    >>> with_units({("市", "新收"): Decimal(3), ("甲", "新收"): Decimal(1), ("乙", "新收"): Decimal(1)}, {"市": "甲乙"})[0].by
    Decimal('1')
    """
    found = []
    for unit, units in sorted(below.items()):
        children = tuple(units)
        for item in sorted({item for name, item in reported if name in children or name == unit}):
            parts = [reported[child, item] for child in children if (child, item) in reported]
            value, total = reported.get((unit, item)), sum(parts, Decimal(0))
            if parts and value != total:
                found.append(Difference(Level.UNITS, unit, item, value, total))
    return found
