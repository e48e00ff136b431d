"""Named styles of the docx: Normal is 仿宋 16 pt, exact lines of 28 pt; headings show in the navigator."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from hengjian.documents.fonts.roles import WORD_NAMES, FontRole
from hengjian.documents.word.oxml import element, exact, fonts, put

FANG, HEI, KAI, BIAO, SONG = (
    WORD_NAMES[role]
    for role in (FontRole.FANGSONG, FontRole.HEI, FontRole.KAI, FontRole.BIAOSONG, FontRole.SONG)
)
LINE, SIZE = 28.0, 16.0
HEADING_FONTS = (HEI, KAI, FANG, FANG)
TABLE_STYLE = "表格文字"


class _StyleBox:
    """Lets ``exact`` work on a style as on a paragraph."""

    def __init__(self, style: Any) -> None:
        self.paragraph_format = style.paragraph_format


def set_styles(doc: Any) -> None:
    """Define Normal, the headings and the small styles; drop theme fonts from the defaults."""
    _defaults(doc)
    normal = doc.styles["Normal"]
    _style(normal, FANG, SIZE)
    exact(_StyleBox(normal), LINE)
    for level, font in enumerate(HEADING_FONTS, 1):
        _heading(doc.styles[f"Heading {level}"], font)
    _style(doc.styles["Title"], BIAO, 22)
    _plain_title(doc.styles["Title"])
    _table_style(doc)


def _defaults(doc: Any) -> None:
    run_defaults = doc.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts(run_defaults, FANG)
    put(run_defaults, "lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")


def _style(style: Any, font: str, size: float) -> None:
    properties = style.element.get_or_add_rPr()
    fonts(properties, font)
    style.font.size = Pt(size)
    style.font.bold = style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    paragraph = style.element.get_or_add_pPr()
    for tag in ("autoSpaceDE", "autoSpaceDN"):  # no gap between Chinese and figures
        for old in paragraph.findall(qn(f"w:{tag}")):
            paragraph.remove(old)
        paragraph.insert_element_before(
            element(tag, val="0"), "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
            "w:outlineLvl", "w:rPr",
        )  # fmt: skip


def _heading(style: Any, font: str) -> None:
    _style(style, font, SIZE)
    exact(_StyleBox(style), LINE)
    style.paragraph_format.keep_with_next = True


def _plain_title(style: Any) -> None:
    """The built-in title has a line below; ours has none."""
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _table_style(doc: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    style = doc.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = doc.styles["Normal"]
    _style(style, FANG, 10.5)
    style.paragraph_format.line_spacing = 1.0  # exact lines would cut text in narrow cells
    style.element.get_or_add_pPr().insert_element_before(
        element("snapToGrid", val="0"), "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )
