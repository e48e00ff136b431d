"""Real footnotes in a docx, which python-docx cannot write: a part of its own, filled at the end."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from hengjian.documents.text import clean
from hengjian.documents.word.oxml import element, fonts
from hengjian.documents.word.styles import FANG

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_FONT = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{FANG}"/>'
_SHAPE = '<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/></w:pPr>'
_RULES = "".join(
    f'<w:footnote w:type="{kind}" w:id="{n}"><w:p>{_SHAPE}<w:r><w:{tag}/></w:r></w:p></w:footnote>'
    for kind, n, tag in (
        ("separator", -1, "separator"),
        ("continuationSeparator", 0, "continuationSeparator"),
    )
)


class Notes:
    """Collects notes while the body is written."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, paragraph: Any, text: str) -> None:
        """Put a note mark at the end of the paragraph so far."""
        self.texts.append(clean(text).replace("\n", " "))
        run = paragraph.add_run()
        fonts(run._r.get_or_add_rPr(), FANG)
        run.font.superscript = True
        run._r.append(element("footnoteReference", id=len(self.texts)))

    def attach(self, doc: Any) -> None:
        """Write the notes into the package; marks are ① ② ③."""
        if not self.texts:
            return
        notes = "".join(_note(n, text) for n, text in enumerate(self.texts, 1))
        xml = f'<w:footnotes xmlns:w="{_W}">{_RULES}{notes}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml.encode(), doc.part.package)
        doc.part.relate_to(part, _RELATION)
        section = doc.sections[0]._sectPr
        form = element("footnotePr")
        form.append(element("numFmt", val="decimalEnclosedCircleChinese"))
        section.insert(_place(section), form)


def _place(section: Any) -> int:
    """footnotePr comes right after the header and footer references."""
    return sum(child.tag in (qn("w:headerReference"), qn("w:footerReference")) for child in section)


def _note(number: int, text: str) -> str:
    size = '<w:sz w:val="21"/>'
    mark = f'<w:r><w:rPr>{_FONT}{size}<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    words = f'<w:r><w:rPr>{_FONT}{size}</w:rPr><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{_SHAPE}{mark}{words}</w:p></w:footnote>'
