"""Tables: columns say how a value is written, rows hold values; every writer formats them alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from hengjian.documents.text import chinese_date

Value = str | int | Decimal | date | datetime | bool | None


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Format(StrEnum):
    """How the values of a column are written."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"  # without ``decimals``: as exact as given, trailing zeros cut
    PERCENT = "percent"  # 0.125 → 12.5%
    DATE = "date"  # 2024-06-03
    CHINESE_DATE = "chinese_date"  # 2024年6月3日


NUMERIC = frozenset({Format.INTEGER, Format.DECIMAL, Format.PERCENT})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` is a share relative to the other columns; without it, the content decides.

    Numbers stand right, dates and short marks are better centred: ``align`` overrides the default.
    """

    title: str
    format: Format = Format.TEXT
    align: Align | None = None
    width: float | None = None
    decimals: int | None = None

    @property
    def alignment(self) -> Align:
        """The alignment in force: as asked, else right for numbers, centre for dates, left for text."""
        if self.align is not None:
            return self.align
        if self.format in NUMERIC:
            return Align.RIGHT
        return Align.LEFT if self.format is Format.TEXT else Align.CENTER


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and its notes in small print below.

    ``total`` sets the last row as a total. A table without rows shows ``empty`` instead.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False
    empty: str = "（本期无数据）"

    def __post_init__(self) -> None:
        wrong = [n for n, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"row {wrong[0]} does not have {len(self.columns)} values")

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """All rows written as text, column by column."""
        written = [[write_value(c, v) for c, v in zip(self.columns, row, strict=True)] for row in self.rows]
        if self.total and written:  # nothing to add up is left blank
            written[-1] = [
                "" if v is None else text for v, text in zip(self.rows[-1], written[-1], strict=True)
            ]
        return tuple(map(tuple, written))


def write_value(column: Column, value: Value) -> str:
    """Write one value as its column says; None is a dash, so that an empty cell is never a lost figure.

    >>> write_value(Column("得分", Format.DECIMAL), Decimal("12.50"))
    '12.5'
    >>> write_value(Column("采用率", Format.PERCENT, decimals=1), Decimal("0.125"))
    '12.5%'
    >>> write_value(Column("件数", Format.INTEGER), 12345)
    '12345'
    >>> write_value(Column("日期", Format.CHINESE_DATE), date(2024, 6, 3))
    '2024年6月3日'
    >>> write_value(Column("名次"), None)
    '—'
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _write_date(column, value)
    if column.format is Format.PERCENT:
        return _write_number(Decimal(value) * 100, column.decimals) + "%"
    return _write_number(Decimal(value), 0 if column.format is Format.INTEGER else column.decimals)


def _write_date(column: Column, value: date) -> str:
    if column.format is Format.CHINESE_DATE:
        return chinese_date(value)
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value.isoformat()


def _write_number(value: Decimal, decimals: int | None) -> str:
    if decimals is not None:
        return f"{value:.{decimals}f}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
