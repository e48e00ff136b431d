"""Rows out of xlsx files, with bounds on rows and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.child import in_child
from hengjian.documents.intake.guard import EXCEL, Limits, check_package, check_xml
from hengjian.documents.text import clean

CellValue = str | int | Decimal | bool | date | datetime | None

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Za-z]{1,4})(\d{1,9})"')
_BROKEN = "表格打不开，可能已损坏，请在 WPS 或 Excel 中打开并另存后再上传。"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet: rows of equal length from cell A1 on, without empty rows at the end."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


def read_xlsx(
    data: bytes,
    *,
    max_rows: int = 20_000,
    max_columns: int = 200,
    limits: Limits | None = None,
    seconds: int = 5,
) -> tuple[ReadSheet, ...]:
    """Read all sheets; numbers are int or Decimal, never float. Formulas give their stored value.

    Raises HengjianError for anything but a harmless xlsx within the bounds.
    """
    check_package(data, EXCEL, limits)
    options = {"rows": max_rows, "columns": max_columns}
    sheets = in_child(parse_xlsx, data, options, seconds=seconds)
    return tuple(ReadSheet(name, tuple(tuple(map(_decode, row)) for row in rows)) for name, rows in sheets)


def parse_xlsx(data: bytes, options: Mapping[str, Any]) -> list[tuple[str, list[list[Any]]]]:
    """The child's part: check markup and extent, then read."""
    from python_calamine import CalamineError, CalamineWorkbook

    check_xml(data)
    _check_extent(data, options["rows"], options["columns"])
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return [(clean(name), _rows(book, name, options)) for name in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        raise HengjianError(_BROKEN) from None


def _rows(book: Any, name: str, options: Mapping[str, Any]) -> list[list[Any]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > options["rows"] or sheet.total_width > options["columns"]:
        raise _too_large(options["rows"], options["columns"])
    rows = [[_encode(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    return rows


def _check_extent(data: bytes, rows: int, columns: int) -> None:
    """A single cell far away makes a dense grid of millions: look at the references first."""
    with ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                for found in _CELL.finditer(package.read(name)):
                    if int(found.group(2)) > rows or _column(found.group(1)) > columns:
                        raise _too_large(rows, columns)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_large(rows: int, columns: int) -> HengjianError:
    return HengjianError(f"表格超过 {rows} 行或 {columns} 列的上限，请删去多余的行列或拆分后再上传。")


def _encode(value: Any) -> Any:
    """Values as JSON: {"n"} exact number, {"d"} day, {"t"} day and time."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else {"n": repr(value)}
    if isinstance(value, datetime):
        return {"t": value.isoformat()} if value.time() != time() else {"d": value.date().isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return clean(str(value)).strip() or None


def _decode(value: Any) -> CellValue:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if "n" in value:
        return Decimal(value["n"])
    return date.fromisoformat(value["d"]) if "d" in value else datetime.fromisoformat(value["t"])
