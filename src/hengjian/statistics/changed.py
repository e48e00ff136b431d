"""Which cells a change of the data alters: found from the changed cases alone, told with both values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hengjian.casedata.store.connect import quoted
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Cell, Value
from hengjian.statistics.table import NONE, Courts, Versions, values
from hengjian.statistics.tally import Data


@dataclass(frozen=True, slots=True)
class Changed:
    cell: Cell
    old: Value
    new: Value


def changed_cells(
    data: Data, to: int, cards: Cards, cells: Iterable[Cell], courts: Courts, versions: Versions = NONE
) -> list[Changed]:
    """Cells whose value at version ``to`` differs from that at ``data.version``, in the order given.

    Only the cases that changed in between are counted first; cells they move are then computed whole at both versions,
    since a quotient may come out the same.
    """
    wanted = list(dict.fromkeys(cells))
    if not wanted or data.version == to:
        return []
    with data.open() as con:
        held = replace(data, con=con)
        return _compared(held, to, cards, wanted, courts, versions)


def _compared(
    data: Data, to: int, cards: Cards, wanted: list[Cell], courts: Courts, versions: Versions
) -> list[Changed]:
    versions_of = [replace(data, version=number) for number in (data.version, to)]
    before, after = (
        values(_touched(one, data.version, to), cards, wanted, courts, versions) for one in versions_of
    )
    moved = [c for c in wanted if (before[c].top, before[c].bottom) != (after[c].top, after[c].bottom)]
    if not moved:
        return []
    old, new = (values(one, cards, moved, courts, versions) for one in versions_of)
    return [Changed(cell, old[cell], new[cell]) for cell in moved if old[cell].value != new[cell].value]


def _touched(data: Data, one: int, other: int) -> Data:
    """The cases that changed between two versions, as they stand at the version of ``data``."""
    low, high = sorted((one, other))
    key = quoted(data.key)
    feed = data.store.changed(data.table, low, high)
    return replace(
        data, source=f"(SELECT * FROM {data.sql} AS now WHERE {key} IN (SELECT {key} FROM {feed}))"
    )


def cases_between(data: Data, to: int) -> list[str]:
    """Keys of the cases changed between two versions, whichever is the earlier."""
    low, high = sorted((data.version, to))
    return sorted(data.store.changed_keys(data.table, data.key, low, high))
