"""The first page's head of the docx, by layout."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm

from hengjian.documents.lines import (
    CONTENTS_TITLE,
    LAYOUT,
    MASTHEAD_SUFFIX,
    REMARK_LABEL,
    SIGNER_LABEL,
    addressee_line,
    issue_line,
    total_line,
)
from hengjian.documents.model import ArticleTitle, Edition, OfficialDocument, Run, Style
from hengjian.documents.text import chinese_date, display_width, one_line
from hengjian.documents.titles import break_title
from hengjian.documents.word.oxml import (
    CENTER,
    JUSTIFY,
    LEFT,
    RED,
    RIGHT,
    borders,
    dress,
    exact,
    field,
    indent,
    off_grid,
    scale,
    single,
    spread,
)
from hengjian.documents.word.pen import Pen
from hengjian.documents.word.styles import BIAO, FANG, HEI, KAI, LINE
from hengjian.documents.word.tables import set_widths

_ROOM = 442.0  # points of a line
_TOP = 99.0  # 35 mm from the top of the 版心 to the masthead
_UNDER = {"bottom": ("single", 12, 11, RED)}


def write_head(pen: Pen, doc: OfficialDocument) -> None:
    """Marks, masthead, number, red line, title and addressee."""
    match LAYOUT[doc.kind]:
        case "bulletin" if doc.edition:
            _bulletin(pen, doc, doc.edition)
            return
        case "letter":
            _letter(pen, doc)
        case "form":
            _form(pen, doc)
        case "report":
            _title(pen, doc)
            pen.line(doc.number, align=CENTER, size=14)
        case _:
            _document(pen, doc)
    if doc.addressee:
        pen.line()
        pen.line(addressee_line(doc))
    else:
        pen.line()


def _marks(pen: Pen, doc: OfficialDocument) -> int:
    texts = ((doc.copy_number, FANG), (doc.secrecy, HEI), (doc.urgency, HEI))
    found = [(text, font) for text, font in texts if text]
    for text, font in found:
        pen.line(one_line(text), font)
    return len(found)


def _document(pen: Pen, doc: OfficialDocument) -> None:
    used = _marks(pen, doc) * LINE
    pen.line(height=max(_TOP - used, 8))
    if len(doc.masthead) == 1:
        masthead(pen.line(align=CENTER, height=58), doc.masthead[0], 46, _ROOM)
    elif doc.masthead:
        _joint(pen, doc.masthead)
    pen.line()
    pen.line()
    number = one_line(doc.number)
    if doc.signers:
        signers = "　".join(one_line(name) for name in doc.signers)
        line = pen.line(number, left=1, right=1)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
        pen.write(line, f"\t{SIGNER_LABEL}")
        pen.write(line, signers, KAI)
    else:
        line = pen.line(number, align=CENTER)
    borders(line, **_UNDER)
    pen.line()
    pen.line()
    _title(pen, doc)


def masthead(paragraph: Any, name: str, size: float, room: float, ideal: float = 0.92) -> None:
    """A red name, squeezed sideways when too long (to two thirds at most, then smaller), else spaced out."""
    text = one_line(name)
    natural = display_width(text) * size
    if natural * 0.66 > room:
        size = size * room / (natural * 0.66)
        natural = display_width(text) * size
    run = dress(paragraph.add_run(text), BIAO, size, RED)
    if natural > room:
        scale(run, int(room / natural * 100))
    elif len(text) > 1:
        spread(run, max(min(0.22 * size, (ideal * room - natural) / (len(text) - 1)), 0))


def _joint(pen: Pen, names: tuple[str, ...]) -> None:
    size = min(34.0, 110.0 / len(names))
    table = pen.doc.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    set_widths(table, (0.76, 0.24))
    for n, name in enumerate(names):
        paragraph = left.paragraphs[0] if n == 0 else left.add_paragraph()
        paragraph.alignment = CENTER
        single(paragraph)
        masthead(paragraph, name, size, 315, ideal=1.0)
    right.vertical_alignment = 1
    single(right.paragraphs[0])
    dress(right.paragraphs[0].add_run(MASTHEAD_SUFFIX), BIAO, 44, RED)


def _title(pen: Pen, doc: OfficialDocument, size: float = 22, height: float = 33) -> None:
    form = LAYOUT[doc.kind] == "form"
    paragraph = pen.doc.add_paragraph(style="Title")
    paragraph.alignment = CENTER
    paragraph.paragraph_format.keep_with_next = True
    pen.write(paragraph, "\n".join(break_title(doc.title, 13 if form else 18)), BIAO, size)
    exact(paragraph, height)
    off_grid(paragraph)


def _letter(pen: Pen, doc: OfficialDocument) -> None:
    top = pen.line(align=CENTER, height=44)
    indent(top, left=-1.24, right=-1.24)
    masthead(top, doc.masthead[0] if doc.masthead else "", 32, 425, ideal=0.8)
    borders(top, bottom=("thickThinSmallGap", 24, 8, RED))
    marks = [(doc.copy_number, FANG), (doc.secrecy, HEI), (doc.urgency, HEI)]
    first, *rest = [(one_line(text), font) for text, font in marks if text] or [("", FANG)]
    line = pen.line(first[0], first[1])
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    pen.write(line, f"\t{one_line(doc.number)}")
    for text, font in rest:
        pen.line(text, font)
    pen.line()
    pen.line()
    _title(pen, doc)


def _form(pen: Pen, doc: OfficialDocument) -> None:
    for name in doc.masthead:
        pen.line(one_line(name), BIAO, align=CENTER, size=22, height=36)
    _title(pen, doc, 30, 44)
    number = pen.line(one_line(doc.number), align=RIGHT)
    borders(number, bottom=("single", 6, 4, "000000"))


def _bulletin(pen: Pen, doc: OfficialDocument, edition: Edition) -> None:
    top = pen.line(one_line(doc.secrecy), HEI)
    top.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    pen.write(top, f"\t{one_line(doc.copy_number)}")
    masthead(pen.line(align=CENTER, height=72), "　".join(doc.masthead), 54, 425, ideal=0.78)
    pen.line(issue_line(edition), align=CENTER)
    if edition.total_issue:
        pen.line(total_line(edition), KAI, align=CENTER, size=14, height=22)
    under = pen.line(one_line(edition.compiled_by), left=1, right=1)
    under.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
    pen.write(under, f"\t{chinese_date(edition.issued_on)}")
    borders(under, bottom=("single", 16, 8, RED))
    _contents(pen, doc, edition)
    if edition.remark:
        pen.line(height=12)
        remark = pen.line((Run(REMARK_LABEL, Style.STRONG),), align=JUSTIFY, first=2)
        pen.write(remark, edition.remark, KAI)


def _contents(pen: Pen, doc: OfficialDocument, edition: Edition) -> None:
    titles = [block.text for block in doc.blocks if isinstance(block, ArticleTitle)]
    if not edition.contents or len(titles) < 2:
        return
    pen.line(height=10)
    pen.line(CONTENTS_TITLE, HEI, align=CENTER)
    for n, title in enumerate(titles, 1):
        entry = pen.line(one_line(title), size=14, align=LEFT, height=24, left=3, right=2, hanging=2)
        stops = entry.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        pen.write(entry, "\t", size=14)
        for run in field(entry, f"PAGEREF article_{n} \\h", "", dirty=True):
            dress(run, FANG, 14)
    borders(entry, bottom=("single", 4, 6, "3C3C3C"))
