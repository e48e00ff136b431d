"""Clean HTML taken apart into paragraphs and tables."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "li"})
ROW = "tr"


class Outline(HTMLParser):
    """Blocks in their order as (tag, text), a row of a table as ``("tr", cells split by tabs)``; the tables apart too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.tables: list[list[list[str]]] = []
        self._text: list[str] = []
        self._depth = 0

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        return [block for block in self.blocks if block[0] != ROW]

    @classmethod
    def of(cls, html: str) -> Outline:
        """Take apart ``html``."""
        outline = cls()
        outline.feed(html)
        outline.close()
        outline._end_paragraph("p")
        return outline

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._end_paragraph("p")
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._text.clear()
        elif tag == "br" or (self._depth and tag in _BLOCKS and self._text):
            self._text.append("\n")
        elif tag in _BLOCKS and not self._depth:
            self._end_paragraph("p")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._depth = max(self._depth - 1, 0)
            if not self._depth and self.tables:
                self.blocks += [(ROW, "\t".join(row)) for row in self.tables[-1] if any(row)]
        elif self._depth == 1 and tag in ("td", "th") and self.tables[-1]:
            self.tables[-1][-1].append("".join(self._text).strip())
            self._text.clear()
        elif tag in _BLOCKS and not self._depth:
            self._end_paragraph(tag)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _end_paragraph(self, tag: str) -> None:
        lines = [line.strip(" \t\u3000") for line in "".join(self._text).split("\n")]
        self._text.clear()
        text = "\n".join(line for line in lines if line)
        if text:
            self.blocks.append((tag, text))
