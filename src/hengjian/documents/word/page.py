"""The page of the docx: A4, margins of the 版心, line grid, page numbers outside by parity."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from hengjian.documents.word.oxml import (
    LEFT,
    RED,
    RIGHT,
    borders,
    dress,
    element,
    exact,
    field,
    indent,
)
from hengjian.documents.word.styles import SONG

_PITCH = 580  # twips: 22 lines on 225 mm
_AFTER_GRID = ("w:printerSettings", "w:sectPrChange")


def set_page(doc: Any, *, letter: bool) -> None:
    """Set size, margins, grid and footers; a letter has its red line at the foot of page one, no number."""
    section = doc.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(element("docGrid", type="lines", linePitch=_PITCH), *_AFTER_GRID)
    doc.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, RIGHT)
    _number(section.even_page_footer, LEFT)
    if letter:
        section.different_first_page_header_footer = True
        _letter_foot(section)
    _settings(doc.settings.element)


def _number(footer: Any, side: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    exact(paragraph, 16)
    indent(paragraph, left=1 if side == LEFT else 0, right=1 if side == RIGHT else 0)
    runs = [paragraph.add_run("— "), *field(paragraph, "PAGE", "1"), paragraph.add_run(" —")]
    for run in runs:
        dress(run, SONG, 14)


def _letter_foot(section: Any) -> None:
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    exact(paragraph, 10)
    indent(paragraph, left=-1.24, right=-1.24)
    borders(paragraph, top=("thinThickSmallGap", 24, 1, RED))


def _settings(settings: Any) -> None:
    """Chinese spacing rules; the mode of current readers instead of their compatibility mode."""
    for tag in ("compat", "characterSpacingControl"):
        for old in settings.findall(qn(f"w:{tag}")):
            settings.remove(old)
    compat = element("compat")
    compat.append(
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    following = (
        "w:docVars",
        "w:rsids",
        "m:mathPr",
        "w:attachedSchema",
        "w:themeFontLang",
        "w:clrSchemeMapping",
    )
    anchor = next((e for tag in following for e in settings.findall(qn(tag))), None)
    control = element("characterSpacingControl", val="compressPunctuation")
    for made in (control, compat):
        if anchor is None:
            settings.append(made)
        else:
            anchor.addprevious(made)
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:eastAsia"), "zh-CN")
