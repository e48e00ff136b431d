"""Tables as an Excel workbook. Text cells are text: nothing a person typed can become a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from hengjian.apps.points.models import Notice
from hengjian.apps.points.tables import detail_table, section_table
from hengjian.base.points import plain
from hengjian.documents import Table
from hengjian.documents.text import display_width

_STAMP = datetime(2000, 1, 1)
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


def workbook(sheets: Sequence[tuple[str, str, Table]]) -> bytes:
    """One sheet a table: (name of the sheet, heading, table)."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _STAMP})
    head = book.add_format(
        {"bold": True, "bg_color": "#EAF2FD", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    title = book.add_format({"bold": True, "font_size": 14})
    for n, (name, heading, table) in enumerate(sheets, 1):
        sheet = book.add_worksheet(f"{n}.{name.translate(_FORBIDDEN)}"[:31])
        sheet.write_string(0, 0, heading, title)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, definition in enumerate(table.columns):
            sheet.write_string(2, column, definition.title, head)
            texts = [definition.title, *(_text(row[column]) for row in table.rows)]
            sheet.set_column(column, column, min(max(2 * max(map(display_width, texts)) + 2, 8), 48))
        for line, row in enumerate(table.rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, Decimal | int) and not isinstance(value, bool):
                    sheet.write_number(line, column, float(value), cell)
                else:
                    sheet.write_string(line, column, _text(value), cell)
        for offset, note in enumerate(table.notes):
            sheet.write_string(4 + len(table.rows) + offset, 0, note)
    book.close()
    return buffer.getvalue()


def notice_workbook(notice: Notice) -> bytes:
    content = notice.content
    sheets = [
        (s["title"][:20], s["title"], section_table(s, content["unit_word"])) for s in content["sections"]
    ]
    sheets.append(("采用批示明细", "采用、批示明细表", detail_table(content)))
    return workbook(sheets)


def _text(value: object) -> str:
    if value is None:
        return "—"
    return plain(value) if isinstance(value, Decimal) else str(value)
