"""After the body of the docx: attachments, signatures, disclosure, imprint."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hengjian.documents.lines import (
    ATTACHMENT_LABEL,
    attachment_mark,
    attendance_lines,
    disclosure_line,
    distribution_lines,
    laid_out,
    last_lines,
)
from hengjian.documents.model import Imprint, OfficialDocument
from hengjian.documents.signing import signature_indents
from hengjian.documents.text import chinese_date, display_width, one_line
from hengjian.documents.titles import break_title
from hengjian.documents.word.body import write_blocks
from hengjian.documents.word.oxml import CENTER, LEFT, RIGHT, element, exact, indent
from hengjian.documents.word.pen import Pen
from hengjian.documents.word.styles import BIAO, FANG, HEI


def write_tail(pen: Pen, doc: OfficialDocument) -> None:
    """Everything after the body, in the order of the standard."""
    _attachment_list(pen, doc)
    for label, names in attendance_lines(doc):
        wide = display_width(label)
        line = pen.line(label, HEI, left=2 + wide, hanging=wide)
        pen.write(line, names)
    _signatures(pen, doc)
    if doc.disclosure:
        pen.line(disclosure_line(doc), first=2)
    for label, attachment in laid_out(doc.attachments):
        _attachment(pen, label, attachment.title, attachment.blocks)
    if doc.imprint:
        _imprint(pen, doc.imprint)


def _attachment_list(pen: Pen, doc: OfficialDocument) -> None:
    count = len(doc.attachments)
    if not count:
        return
    pen.line()
    for n, attachment in enumerate(doc.attachments, 1):
        mark = attachment_mark(n, count)
        lead = (ATTACHMENT_LABEL if n == 1 else "") + mark
        left = 2 + display_width(ATTACHMENT_LABEL + mark)
        pen.line(lead + one_line(attachment.title), align=LEFT, left=left, hanging=display_width(lead))


def _signatures(pen: Pen, doc: OfficialDocument) -> None:
    if len(doc.signatures) > 1:
        _joint_signatures(pen, doc)
        return
    for signature in doc.signatures:
        for _ in range(2 if signature.sealed else 1):
            pen.line().paragraph_format.keep_with_next = True
        issuer = one_line(signature.issuer)
        day = chinese_date(signature.signed_on) if signature.signed_on else ""
        from_edge, day_from_edge = signature_indents(issuer, day, sealed=signature.sealed)
        line = pen.line(issuer, align=RIGHT, right=from_edge)
        if day:
            line.paragraph_format.keep_with_next = True
            pen.line(day, align=RIGHT, right=day_from_edge)


def _joint_signatures(pen: Pen, doc: OfficialDocument) -> None:
    """Several issuers side by side, three in a row, so that seals do not overlap."""
    columns = min(len(doc.signatures), 3)
    rows = -(-len(doc.signatures) // columns)
    pen.line()
    pen.line()
    table = pen.doc.add_table(rows=rows, cols=columns)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, signature in zip(cells, doc.signatures, strict=False):
        cell.paragraphs[0].alignment = CENTER
        pen.write(cell.paragraphs[0], one_line(signature.issuer))
        if signature.signed_on:
            day = cell.add_paragraph()
            day.alignment = CENTER
            pen.write(day, chinese_date(signature.signed_on))


def _attachment(pen: Pen, label: str, title: str, blocks: tuple[Any, ...]) -> None:
    first = pen.line(label, HEI)
    first.paragraph_format.page_break_before = True
    pen.line()
    paragraph = pen.line("\n".join(break_title(title)), BIAO, align=CENTER, size=22, height=33)
    paragraph.paragraph_format.keep_with_next = True
    pen.line()
    write_blocks(pen, blocks)


def _imprint(pen: Pen, imprint: Imprint) -> None:
    """A table that floats at the foot of the last page."""
    sent, last = distribution_lines(imprint), last_lines(imprint)
    if not sent and not last:
        return
    table = pen.doc.add_table(rows=0, cols=2)
    table.autofit = False
    _float(table)
    table.columns[0].width, table.columns[1].width = Mm(112), Mm(44)
    for label, names in sent:
        row = table.add_row()
        cell = row.cells[0].merge(row.cells[1])
        wide = display_width(label) * 14 / 16
        _write(pen, cell, label + names, LEFT, left=1 + wide, hanging=wide)
    for left, right in last:
        row = table.add_row()
        row.cells[0].width, row.cells[1].width = Mm(112), Mm(44)
        _write(pen, row.cells[0], left, LEFT, left=1)
        _write(pen, row.cells[1], right, RIGHT, right=1)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
    exact(pen.line(), 1)  # what the floating table hangs on; a body may not end with a table


def _write(pen: Pen, cell: Any, text: str, align: Any, **indents: float) -> None:
    paragraph = pen.small(cell.paragraphs[0])
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    indent(paragraph, **indents)
    pen.write(paragraph, text, FANG, 14)


def _float(table: Any) -> None:
    properties = table._tbl.tblPr
    style = properties.find(qn("w:tblStyle"))
    place = element(
        "tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="margin",
        tblpXSpec="center", tblpYSpec="bottom",
    )  # fmt: skip
    properties.insert(0 if style is None else 1, place)
    box = element("tblBorders")
    for side, width in (("top", 8), ("bottom", 8), ("insideH", 6)):
        box.append(element(side, val="single", sz=width, space=0, color="000000"))
    properties.append(box)
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=0, type="dxa"))
    properties.append(margins)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.append(look)
