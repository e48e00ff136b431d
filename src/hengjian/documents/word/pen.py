"""Writes paragraphs of styled runs; knows the document and its notes, nothing of layout."""

from __future__ import annotations

from typing import Any

from hengjian.documents.model import Style, Text, runs_of
from hengjian.documents.text import clean
from hengjian.documents.word.notes import Notes
from hengjian.documents.word.oxml import dress, exact, indent, off_grid
from hengjian.documents.word.styles import FANG, HEI, KAI, TABLE_STYLE

_STYLED = {Style.STRONG: HEI, Style.KAI: KAI}


class Pen:
    """``doc`` is the python-docx document being written."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc
        self.notes = Notes()
        self._small = doc.styles[TABLE_STYLE].style_id

    def write(
        self, paragraph: Any, text: Text, font: str = FANG, size: float | None = None, color: str = ""
    ) -> Any:
        """Add text to a paragraph; line ends become breaks, sources become footnotes."""
        for run in runs_of(text):
            made = dress(
                paragraph.add_run(clean(run.text)), _STYLED.get(run.style, font), size=size, color=color
            )
            if run.style is Style.UNDERLINE:
                made.font.underline = True
            if run.source:
                self.notes.add(paragraph, run.source)
        return paragraph

    def small(self, paragraph: Any) -> Any:
        """Give a paragraph the style of table text (single spacing, off the grid)."""
        paragraph._p.style = self._small
        return paragraph

    def line(
        self,
        text: Text = "",
        font: str = FANG,
        *,
        align: Any = None,
        size: float | None = None,
        color: str = "",
        height: float | None = None,
        first: float = 0,
        left: float = 0,
        right: float = 0,
        hanging: float = 0,
    ) -> Any:
        """A paragraph of its own. Indents are in characters, ``height`` is an exact line height in points."""
        paragraph = self.doc.add_paragraph()
        self.write(paragraph, text, font, size, color)
        if align is not None:
            paragraph.alignment = align
        if height is not None:
            exact(paragraph, height)
            off_grid(paragraph)
        if first or left or right or hanging:
            indent(paragraph, first=first, left=left, right=right, hanging=hanging)
        return paragraph
