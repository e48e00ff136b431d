"""xlsx by XlsxWriter: typed cells, frozen header; a string is always a string, never a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from hengjian.documents.model import Format, Table, Value
from hengjian.documents.sheets.names import sheet_name
from hengjian.documents.text import clean, display_width

_LONGEST = 32_767  # characters a cell holds
_HEADER_LONGEST = 240
_EXACT = 10**15  # beyond this Excel rounds whole numbers
_STAMP = datetime(2000, 1, 1)
_FORMATS = {
    Format.PERCENT: "0.0%",
    Format.INTEGER: "0",
    Format.DATE: "yyyy-mm-dd",
    Format.CHINESE_DATE: 'yyyy"年"m"月"d"日"',
}
_HEADER = {
    "bold": True,
    "bg_color": "#E8EEF4",
    "border": 1,
    "border_color": "#B8C2CC",
    "align": "center",
    "valign": "vcenter",
    "text_wrap": True,
    "font_name": "宋体",
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: ``choices`` makes a list to pick from; ``width`` in Latin characters."""

    title: str
    format: Format = Format.TEXT
    width: float | None = None
    decimals: int | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet: header row, then rows; ``blank_rows`` more rows get the lists to pick from (for templates)."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    blank_rows: int = 0


def worksheet_of(name: str, table: Table) -> Worksheet:
    """The sheet that says the same as a table of a document."""
    columns = tuple(SheetColumn(c.title, c.format, decimals=c.decimals) for c in table.columns)
    return Worksheet(name, columns, table.rows)


def write_xlsx(sheets: Iterable[Worksheet], *, made_on: date | None = None, mark: str = "") -> bytes:
    """Write sheets into one xlsx. Equal input gives equal bytes; ``made_on`` is the date in its properties.

    ``mark`` says whose copy it is: under every table, in print at head and foot of the page, in the properties.
    """
    from xlsxwriter import Workbook

    buffer = BytesIO()
    book = Workbook(buffer, _OPTIONS)
    stamp = datetime(made_on.year, made_on.month, made_on.day) if made_on else _STAMP
    mark = clean(mark)
    book.set_properties({"created": stamp} | ({"comments": mark, "keywords": mark} if mark else {}))
    writer = _BookWriter(book, mark)
    for sheet in sheets:
        writer.write(sheet)
    book.close()
    return buffer.getvalue()


class _BookWriter:
    def __init__(self, book: Any, mark: str = "") -> None:
        self.book = book
        self.mark = mark
        self.names: set[str] = set()
        self.formats: dict[tuple[Format, int | None, bool], Any] = {}
        self.lists: Any = None
        self.list_columns = 0
        self.header = book.add_format(_HEADER)

    def write(self, sheet: Worksheet) -> None:
        made = self.book.add_worksheet(sheet_name(sheet.name, self.names))
        for n, column in enumerate(sheet.columns):
            made.set_column(n, n, column.width or _width(sheet, n))
            made.write_string(0, n, clean(column.title), self.header)
            if column.choices:
                self._choices(made, n, column, max(len(sheet.rows) + sheet.blank_rows, 1))
        for number, row in enumerate(sheet.rows, 1):
            for n, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
                self._cell(made, number, n, column, value)
        made.freeze_panes(1, 0)
        made.repeat_rows(0)
        if sheet.rows:
            made.autofilter(0, 0, len(sheet.rows), max(len(sheet.columns) - 1, 0))
        if self.mark:
            self._mark(made, len(sheet.rows) + sheet.blank_rows + 2)

    def _mark(self, made: Any, row: int) -> None:
        made.write_string(row, 0, self.mark[:_LONGEST], self.book.add_format({"font_color": "#6B7785"}))
        printed = self.mark.replace("&", "&&")[:_HEADER_LONGEST]
        made.set_header(f"&C{printed}")
        made.set_footer(f"&C{printed}")

    def _cell(self, made: Any, row: int, n: int, column: SheetColumn, value: Value) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            made.write_string(row, n, "是" if value else "否")
        elif isinstance(value, str):
            made.write_string(row, n, clean(value)[:_LONGEST], self._format(Format.TEXT, None))
        elif isinstance(value, date):
            timed = isinstance(value, datetime)
            kind = column.format if column.format is Format.CHINESE_DATE else Format.DATE
            made.write_datetime(row, n, value, self._format(kind, None, timed=timed))
        elif abs(Decimal(value)) >= _EXACT:
            made.write_string(row, n, str(value), self._format(Format.TEXT, None))
        else:
            number = float(value) if isinstance(value, Decimal) else value
            made.write_number(row, n, number, self._format(_numeric(column.format), column.decimals))

    def _format(self, kind: Format, decimals: int | None, *, timed: bool = False) -> Any:
        key = (kind, decimals, timed)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_properties(kind, decimals, timed))
        return self.formats[key]

    def _choices(self, made: Any, n: int, column: SheetColumn, last: int) -> None:
        """A list in the cell's rule when short, else on a hidden sheet (Excel allows 255 characters)."""
        choices = [clean(choice) for choice in column.choices]
        inline = len(",".join(choices)) <= 255 and not any("," in choice for choice in choices)
        rule = {
            "validate": "list",
            "source": choices if inline else self._hidden_list(choices),
            "error_title": "不在列表中",
            "error_message": "请从下拉列表中选择。",
        }
        made.data_validation(1, n, last, n, rule)

    def _hidden_list(self, choices: list[str]) -> str:
        from xlsxwriter.utility import xl_col_to_name

        if self.lists is None:
            self.lists = self.book.add_worksheet(sheet_name("选项", self.names))
            self.lists.hide()
        for n, choice in enumerate(choices):
            self.lists.write_string(n, self.list_columns, choice)
        letter = xl_col_to_name(self.list_columns)
        self.list_columns += 1
        return f"='{self.lists.get_name()}'!${letter}$1:${letter}${len(choices)}"


def _numeric(kind: Format) -> Format:
    return kind if kind in (Format.INTEGER, Format.PERCENT) else Format.DECIMAL


def _properties(kind: Format, decimals: int | None, timed: bool) -> dict[str, Any]:
    shape: dict[str, Any] = {"valign": "vcenter", "font_name": "宋体"}
    if kind is Format.TEXT:
        return {**shape, "text_wrap": True, "num_format": "@"}
    if timed:
        return {**shape, "num_format": "yyyy-mm-dd hh:mm"}
    if decimals is not None:
        zeros = "0." + "0" * decimals if decimals else "0"
        return {**shape, "num_format": zeros + ("%" if kind is Format.PERCENT else "")}
    return {**shape, "num_format": _FORMATS.get(kind, "General")}


def _width(sheet: Worksheet, n: int) -> float:
    shown = [sheet.columns[n].title, *(str(row[n]) for row in sheet.rows[:200] if row[n] is not None)]
    return min(max(max(display_width(clean(text)) for text in shown) * 2 + 3, 8), 50)
