"""How wide the columns of a table want to be, for writers that need it said."""

from __future__ import annotations

from hengjian.documents.model.table import Table
from hengjian.documents.text import display_width

NARROWEST, WIDEST, FIRM = 2.5, 16.0, 5.5  # full-width characters; up to FIRM a column is never squeezed
ROOM = 442.0  # points between the margins


def column_shares(table: Table) -> tuple[float, ...]:
    """Shares of the table's width, adding up to one: as asked, else by the longest content.

    >>> from hengjian.documents.model.table import Column
    >>> column_shares(Table((Column("序号", width=1), Column("部门", width=3))))
    (0.25, 0.75)
    """
    wanted = _fitted(_widths(table), ROOM / table_size(table))
    total = sum(wanted)
    return tuple(width / total for width in wanted)


def table_size(table: Table) -> float:
    """Type size in points: 12 (小四), with many or wide columns 10.5 (五号), then 9 (小五)."""
    wanted = sum(_widths(table))
    return next((size for size in (12.0, 10.5) if wanted * size <= ROOM), 9.0)


def _widths(table: Table) -> list[float]:
    cells = table.cells()
    return [
        column.width if column.width is not None else _natural([column.title, *(row[n] for row in cells)])
        for n, column in enumerate(table.columns)
    ]


def _natural(texts: list[str]) -> float:
    longest = max((max(map(display_width, text.split("\n"))) for text in texts if text), default=NARROWEST)
    return min(max(longest + 1, NARROWEST), WIDEST)


def _fitted(wanted: list[float], room: float) -> list[float]:
    """Take what is too much from the wide columns only, so that figures and short marks keep one line."""
    firm = sum(width for width in wanted if width <= FIRM)
    loose = sum(wanted) - firm
    left = room - firm
    if loose == 0 or left <= 0 or firm + loose <= room:
        return wanted
    return [width if width <= FIRM else max(width * left / loose, FIRM) for width in wanted]
