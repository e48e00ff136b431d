"""The body of the docx: headings, paragraphs, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.enum.text import WD_BREAK
from docx.shared import Mm

from hengjian.documents.model import (
    ArticleTitle,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Role,
    Table,
    Text,
    runs_of,
)
from hengjian.documents.model.runs import Run
from hengjian.documents.numbering import numbered
from hengjian.documents.titles import break_title
from hengjian.documents.word.oxml import (
    CENTER,
    JUSTIFY,
    LEFT,
    RIGHT,
    element,
    exact,
    indent,
    off_grid,
    single,
)
from hengjian.documents.word.pen import Pen
from hengjian.documents.word.styles import BIAO, FANG, HEADING_FONTS, HEI, KAI
from hengjian.documents.word.tables import write_table


def write_blocks(pen: Pen, blocks: Iterable[Block], article_size: float = 22) -> None:
    """Write blocks in order; articles get bookmarks ``article-N`` for the contents list."""
    articles = 0
    for block, mark in numbered(blocks):
        if isinstance(block, ArticleTitle):
            articles += 1
            _article(pen, block, article_size, articles)
        else:
            _write(pen, block, mark)


def _write(pen: Pen, block: Block, mark: str) -> None:
    match block:
        case Heading():
            _heading(pen, block, mark)
        case Paragraph():
            _paragraph(pen, block)
        case ListBlock():
            for n, item in enumerate(block.items, 1):
                pen.line(_marked(f"{n}. " if block.ordered else "· ", item), align=JUSTIFY, first=2)
        case Table():
            write_table(pen, block)
        case Figure():
            _figure(pen, block)
        case _:
            pen.line().add_run().add_break(WD_BREAK.PAGE)


def _marked(mark: str, text: Text) -> Text:
    return (Run(mark), *runs_of(text))


def _heading(pen: Pen, block: Heading, mark: str) -> None:
    font = HEADING_FONTS[block.level - 1]
    if block.body:  # runs on in the paragraph, so it is no heading of the navigator
        paragraph = pen.line(mark + block.text, font, align=JUSTIFY, first=2)
        pen.write(paragraph, block.body)
        return
    paragraph = pen.doc.add_paragraph(style=f"Heading {block.level}")
    pen.write(paragraph, mark + block.text, font)
    indent(paragraph, first=2)


def _paragraph(pen: Pen, block: Paragraph) -> None:
    match block.role:
        case Role.BODY:
            pen.line(block.text, FANG, align=JUSTIFY, first=2)
        case Role.REMARK:
            pen.line(block.text, KAI, align=JUSTIFY, first=2)
        case Role.BYLINE:
            pen.line(block.text, KAI, align=RIGHT, right=1)
        case Role.CENTER:
            pen.line(block.text, FANG, align=CENTER)
        case _:
            pen.line(block.text, FANG, align=LEFT)


def _article(pen: Pen, block: ArticleTitle, size: float, number: int) -> None:
    pen.line(height=18)
    lines = "\n".join(break_title(block.text, int(430 // size) - 1))
    paragraph = pen.doc.add_paragraph(style="Title")
    paragraph.alignment = CENTER
    paragraph.paragraph_format.keep_with_next = True
    start = element("bookmarkStart", id=number, name=f"article_{number}")
    paragraph._p.append(start)
    pen.write(paragraph, lines, BIAO, size)
    exact(paragraph, size * 1.5)
    off_grid(paragraph)
    paragraph._p.append(element("bookmarkEnd", id=number))
    if block.subtitle:
        pen.line(block.subtitle, KAI, align=CENTER)
    pen.line(height=12)


def _figure(pen: Pen, block: Figure) -> None:
    png = block.png or _png_of(block.svg)
    paragraph = pen.line(align=CENTER)
    single(paragraph)  # exact lines would cut the picture
    picture: Any = paragraph.add_run().add_picture(BytesIO(png), width=Mm(block.width))
    picture._inline.docPr.set("descr", block.alt or block.caption)
    if block.caption:
        paragraph.paragraph_format.keep_with_next = True
        pen.line(block.caption, HEI, align=CENTER, size=12)


def _png_of(svg: str) -> bytes:
    from vl_convert import svg_to_png

    return bytes(svg_to_png(svg, scale=2))
