"""Text and blocks as data for the PDF template: pieces of one face each, nothing that could be markup."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from struct import unpack
from typing import Any

from hengjian.documents.fonts import FontRole, FontSetter
from hengjian.documents.lines import note_mark
from hengjian.documents.model import (
    ArticleTitle,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Role,
    Style,
    Table,
    Text,
    runs_of,
)
from hengjian.documents.model.measure import column_shares, table_size
from hengjian.documents.numbering import numbered
from hengjian.documents.titles import break_title

Node = dict[str, Any]

KEYS = {
    FontRole.FANGSONG: "fang",
    FontRole.HEI: "hei",
    FontRole.KAI: "kai",
    FontRole.BIAOSONG: "biao",
    FontRole.SONG: "song",
}
_STYLED = {Style.STRONG: FontRole.HEI, Style.KAI: FontRole.KAI}
_HEADING_ROLES = (FontRole.HEI, FontRole.KAI, FontRole.FANGSONG, FontRole.FANGSONG)


class NodeMaker:
    """Turns model values into template data, asking the setter for every character."""

    def __init__(self, setter: FontSetter) -> None:
        self.setter = setter
        self.notes = 0
        self.articles = 0

    def text(self, role: FontRole, text: Text) -> list[Node]:
        """Pieces of inline text set in ``role``."""
        pieces: list[Node] = []
        for run in runs_of(text):
            own = _STYLED.get(run.style, role)
            extra: Node = {} if own is role else {"r": KEYS[own]}
            if run.style is Style.UNDERLINE:
                extra["u"] = True
            pieces += self._pieces(own, run.text, extra)
            if run.source:
                self.notes += 1
                pieces.append({"n": self._pieces(FontRole.FANGSONG, run.source, {})})
        return pieces

    def _pieces(self, role: FontRole, text: str, extra: Node) -> list[Node]:
        found: list[Node] = []
        for face, part in self.setter.pieces(role, text.replace("\t", " ")):
            font = {"f": {"name": face.family, "weight": face.weight}} if face else {}
            for n, line in enumerate(part.split("\n")):
                found += [{"b": True}] if n else []
                found += [{"t": line, **font, **extra}] if line else []
        return found

    def note_marks(self) -> list[list[Node]]:
        return [self.text(FontRole.FANGSONG, note_mark(n)) for n in range(1, self.notes + 1)]

    def blocks(self, blocks: Iterable[Block], article_size: float = 22) -> list[Node]:
        return [self._block(block, mark, article_size) for block, mark in numbered(blocks)]

    def _block(self, block: Block, mark: str, article_size: float) -> Node:
        match block:
            case Heading():
                return self._heading(block, mark)
            case ArticleTitle():
                return self._article(block, article_size)
            case Paragraph():
                kai = block.role in (Role.REMARK, Role.BYLINE)
                role = FontRole.KAI if kai else FontRole.FANGSONG
                return {"type": "paragraph", "role": str(block.role), "text": self.text(role, block.text)}
            case ListBlock():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case _:
                return {"type": "pagebreak"}

    def _heading(self, block: Heading, mark: str) -> Node:
        return {
            "type": "heading",
            "level": block.level,
            "text": self.text(_HEADING_ROLES[block.level - 1], mark + block.text),
            "body": self.text(FontRole.FANGSONG, block.body),
        }

    def _article(self, block: ArticleTitle, size: float) -> Node:
        self.articles += 1
        title = "\n".join(break_title(block.text, int(430 // size) - 1))
        return {
            "type": "article",
            "label": f"article-{self.articles}",
            "first": self.articles == 1,
            "size": size,
            "text": self.text(FontRole.BIAOSONG, title),
            "subtitle": self.text(FontRole.KAI, block.subtitle),
        }

    def _list(self, block: ListBlock) -> Node:
        marks = [f"{n}. " if block.ordered else "· " for n in range(1, len(block.items) + 1)]
        items = [
            self.text(FontRole.FANGSONG, mark) + self.text(FontRole.FANGSONG, item)
            for mark, item in zip(marks, block.items, strict=True)
        ]
        return {"type": "list", "items": items}

    def _table(self, table: Table) -> Node:
        shares = column_shares(table)
        cells = table.cells()
        role_of = [FontRole.FANGSONG] * len(cells)
        if table.total and cells:
            role_of[-1] = FontRole.HEI
        return {
            "type": "table",
            "size": table_size(table),
            "caption": self.text(FontRole.HEI, table.caption),
            "columns": [
                {"title": self.text(FontRole.HEI, c.title), "align": str(c.alignment), "share": share}
                for c, share in zip(table.columns, shares, strict=True)
            ],
            "rows": [[self.text(r, v) for v in row] for r, row in zip(role_of, cells, strict=True)],
            "total": table.total,
            "empty": self.text(FontRole.FANGSONG, table.empty),
            "notes": [self.text(FontRole.FANGSONG, note) for note in table.notes],
        }

    def _figure(self, figure: Figure) -> Node:
        return {
            "type": "figure",
            "svg": figure.svg or svg_of_png(figure.png),
            "caption": self.text(FontRole.HEI, figure.caption),
            "alt": figure.alt or figure.caption,
            "width": figure.width,
        }


def svg_of_png(png: bytes) -> str:
    """A PNG wrapped as SVG, the one form pictures take on their way into the template."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("not a PNG")
    width, height = unpack(">II", png[16:24])
    size = f'width="{width}" height="{height}"'
    picture = f'<image {size} href="data:image/png;base64,{b64encode(png).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>{picture}</svg>'
