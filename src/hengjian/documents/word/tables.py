"""Tables of the docx: repeated header, rows that do not break, single spacing off the grid."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hengjian.documents.model import Align, Table
from hengjian.documents.model.measure import column_shares, table_size
from hengjian.documents.word.oxml import CENTER, LEFT, RIGHT, element, put
from hengjian.documents.word.pen import Pen
from hengjian.documents.word.styles import FANG, HEI

_ALIGN = {Align.LEFT: LEFT, Align.CENTER: CENTER, Align.RIGHT: RIGHT}
_WIDTH = 156.0


def write_table(pen: Pen, table: Table) -> None:
    """Caption, table, notes."""
    if table.caption:
        caption = pen.line(table.caption, HEI, align=CENTER, size=12, height=24)
        caption.paragraph_format.keep_with_next = True
    size = table_size(table)
    made = pen.doc.add_table(rows=1, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _rules(made)
    set_widths(made, column_shares(table))
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        align = CENTER if column.alignment is Align.LEFT else _ALIGN[column.alignment]
        _fill(pen, cell, column.title, HEI, align, size)
    _header(made.rows[0])
    _rows(pen, made, table, size)
    for note in table.notes or ("",):
        pen.small(pen.line(note, FANG, size=10.5))


def _rows(pen: Pen, made: Any, table: Table, size: float) -> None:
    cells = table.cells()
    if not cells:
        row = made.add_row()
        _fill(pen, row.cells[0].merge(row.cells[-1]), table.empty, FANG, CENTER, size)
        return
    for n, values in enumerate(cells, 1):
        font = HEI if table.total and n == len(cells) else FANG
        row = made.add_row()
        put(row._tr.get_or_add_trPr(), "cantSplit")
        for cell, column, value in zip(row.cells, table.columns, values, strict=True):
            _fill(pen, cell, value, font, _ALIGN[column.alignment], size)


def _fill(pen: Pen, cell: Any, text: str, font: str, align: Any, size: float) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = pen.small(cell.paragraphs[0])
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
    pen.write(paragraph, text, font, size)


def _header(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    put(properties, "cantSplit")
    put(properties, "tblHeader")


def _rules(table: Any) -> None:
    """Strong lines above and below, fine ones inside, none at the sides."""
    box = element("tblBorders")
    for side, width, color in (
        ("top", 8, "000000"),
        ("bottom", 8, "000000"),
        ("insideH", 4, "5A5A5A"),
        ("insideV", 4, "5A5A5A"),
    ):
        box.append(element(side, val="single", sz=width, space=0, color=color))
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    properties.append(box)
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=70, type="dxa"))
    properties.append(margins)
    look = properties.find(qn("w:tblLook"))
    if look is not None:  # the schema wants it last
        properties.append(look)


def set_widths(table: Any, shares: tuple[float, ...]) -> None:
    """Widths of the columns (parts of the 版心) and of the cells of the first row, which new rows repeat."""
    for column, cell, share in zip(table.columns, table.rows[0].cells, shares, strict=True):
        cell.width = column.width = Mm(round(_WIDTH * share, 2))
