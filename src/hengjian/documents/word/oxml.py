"""Small tools over python-docx: fonts of both scripts, exact lines, indents in characters, borders."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

CHARACTER = 320  # twips of one character of 16 pt
RED = "E60012"
_AFTER_SCALE = ("w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:vertAlign", "w:lang")
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


def element(tag: str, **attributes: object) -> Any:
    """A new element of the w: namespace with w: attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def put(parent: Any, tag: str, **attributes: object) -> Any:
    """Append an element, replacing one of the same name."""
    for old in parent.findall(qn(f"w:{tag}")):
        parent.remove(old)
    made = element(tag, **attributes)
    parent.append(made)
    return made


def fonts(properties: Any, chinese: str, latin: str = "Times New Roman") -> None:
    """Name the fonts of both scripts in run properties (no theme fonts, which would win)."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, element("rFonts", ascii=latin, hAnsi=latin, cs=latin, eastAsia=chinese))


def dress(run: Any, chinese: str, size: float | None = None, color: str = "", bold: bool = False) -> Any:
    """Set font, size and colour of a run."""
    fonts(run._r.get_or_add_rPr(), chinese)
    if size is not None:
        run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    if bold:
        run.font.bold = True
    return run


def exact(paragraph: Any, points: float) -> None:
    """Exact line height; the paragraph leaves the grid."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)


def single(paragraph: Any) -> None:
    """As high as its content: for pictures and very large type."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    off_grid(paragraph)


def off_grid(paragraph: Any) -> None:
    """Lines of a size of their own do not keep to the line grid (it would double them)."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:snapToGrid")):
        properties.remove(old)
    after = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")
    properties.insert_element_before(element("snapToGrid", val="0"), *after)


def indent(
    paragraph: Any, *, first: float = 0, left: float = 0, right: float = 0, hanging: float = 0
) -> None:
    """Indents in characters, said both in characters and in twips (for readers that know only one)."""
    properties = paragraph._p.get_or_add_pPr()
    names: dict[str, object] = {}
    for name, count in (("left", left), ("right", right), ("hanging", hanging)):
        if count or name != "hanging":
            names[f"{name}Chars"] = round(count * 100)
            names[name] = round(count * CHARACTER)
    if not hanging:
        names |= {"firstLineChars": round(first * 100), "firstLine": round(first * CHARACTER)}
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    properties._insert_ind(element("ind", **names))


def borders(paragraph: Any, **sides: tuple[str, int, int, str]) -> None:
    """Borders of a paragraph: side = (kind, eighths of a point, space in points, colour)."""
    properties = paragraph._p.get_or_add_pPr()
    box = element("pBdr")
    for side, (kind, width, space, color) in sides.items():
        box.append(element(side, val=kind, sz=width, space=space, color=color))
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    after = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind")
    properties.insert_element_before(box, *after, "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")


def scale(run: Any, percent: int) -> None:
    """Squeeze characters sideways."""
    run._r.get_or_add_rPr().insert_element_before(element("w", val=percent), *_AFTER_SCALE)


def spread(run: Any, points: float) -> None:
    """Put space between characters."""
    made = element("spacing", val=round(points * 20))
    run._r.get_or_add_rPr().insert_element_before(made, "w:w", *_AFTER_SCALE)


def field(paragraph: Any, code: str, shown: str, *, dirty: bool = False) -> list[Any]:
    """A field such as PAGE; ``shown`` is the text until the reader works it out. Returns its runs."""
    runs = [paragraph.add_run() for _ in range(5)]
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    instruction = element("instrText")
    instruction.text = f" {code} "
    for run, part in zip(
        runs, (begin, instruction, element("fldChar", fldCharType="separate")), strict=False
    ):
        run._r.append(part)
    runs[3].text = shown
    runs[4]._r.append(element("fldChar", fldCharType="end"))
    return runs
