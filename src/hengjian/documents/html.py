"""The document as HTML for a page: the same content with semantic tags, all text escaped, no styles."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from html import escape

from hengjian.documents.lines import (
    ATTACHMENT_LABEL,
    REMARK_LABEL,
    addressee_line,
    attachment_mark,
    attendance_lines,
    disclosure_line,
    distribution_lines,
    issue_line,
    laid_out,
    last_lines,
    note_mark,
    total_line,
)
from hengjian.documents.model import (
    Align,
    ArticleTitle,
    Block,
    Figure,
    Heading,
    ListBlock,
    OfficialDocument,
    Paragraph,
    Style,
    Table,
    Text,
    runs_of,
)
from hengjian.documents.numbering import numbered
from hengjian.documents.text import chinese_date, clean, one_line

_TAG = {Style.STRONG: "strong", Style.KAI: "i", Style.UNDERLINE: "u"}


def render_html(doc: OfficialDocument) -> str:
    """An ``<article class="official">`` without inline styles or scripts; classes: official-*.

    Pictures are ``data:`` images, so the page's content security policy must allow ``img-src data:``.
    """
    writer = _Writer()
    body = [*_head(doc), *writer.blocks(doc.blocks), *_tail(doc, writer)]
    parts = "\n".join(filter(None, [*body, writer.note_list()]))
    return f'<article class="official" lang="zh-CN">\n{parts}\n</article>'


def _line(tag: str, name: str, text: str) -> str:
    return f'<{tag} class="official-{name}">{_text(text)}</{tag}>' if text else ""


def _text(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


def _head(doc: OfficialDocument) -> list[str]:
    edition = doc.edition
    marks = [_line("p", "mark", one_line(t)) for t in (doc.copy_number, doc.secrecy, doc.urgency)]
    named = [_line("p", "masthead", one_line(name)) for name in doc.masthead]
    head = [*marks, *named, _line("p", "number", one_line(doc.number))]
    if edition:
        head += [_line("p", "issue", issue_line(edition) + total_line(edition))]
        head += [
            _line("p", "compiled", f"{one_line(edition.compiled_by)}　{chinese_date(edition.issued_on)}")
        ]
    title = "" if edition else _line("h1", "title", doc.title.strip())
    remark = _line("p", "remark", REMARK_LABEL + edition.remark) if edition and edition.remark else ""
    return [f"<header>{''.join(head)}</header>", title, remark, _line("p", "addressee", addressee_line(doc))]


def _tail(doc: OfficialDocument, writer: _Writer) -> list[str]:
    count = len(doc.attachments)
    names = "".join(
        f"<li>{_text(attachment_mark(n, count) + one_line(a.title))}</li>"
        for n, a in enumerate(doc.attachments, 1)
    )
    listed = (
        f'<div class="official-attachments"><p>{ATTACHMENT_LABEL}</p><ul>{names}</ul></div>' if names else ""
    )
    attended = [_line("p", "attendance", label + people) for label, people in attendance_lines(doc)]
    signed = [
        _line("p", "signature", "\n".join(filter(None, (one_line(s.issuer), _day(s.signed_on)))))
        for s in doc.signatures
    ]
    pages = []
    for label, a in laid_out(doc.attachments):
        top = _line("p", "label", label) + _line("h2", "title", a.title)
        pages.append(f"<section>{top}{''.join(writer.blocks(a.blocks))}</section>")
    return [listed, *attended, *signed, _line("p", "disclosure", disclosure_line(doc)), *pages, _imprint(doc)]


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _imprint(doc: OfficialDocument) -> str:
    if not doc.imprint:
        return ""
    rows = [label + names for label, names in distribution_lines(doc.imprint)]
    rows += ["　".join(filter(None, pair)) for pair in last_lines(doc.imprint)]
    return f'<footer class="official-imprint">{"".join(f"<p>{_text(row)}</p>" for row in rows)}</footer>'


class _Writer:
    """Writes blocks; keeps the notes for the end."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def runs(self, text: Text) -> str:
        parts = []
        for run in runs_of(text):
            tag = _TAG.get(run.style)
            parts.append(f"<{tag}>{_text(run.text)}</{tag}>" if tag else _text(run.text))
            if run.source:
                self.notes.append(run.source)
                n = len(self.notes)
                parts.append(f'<sup><a href="#official-note-{n}">{note_mark(n)}</a></sup>')
        return "".join(parts)

    def note_list(self) -> str:
        items = "".join(
            f'<li id="official-note-{n}">{note_mark(n)} {_text(text)}</li>'
            for n, text in enumerate(self.notes, 1)
        )
        return f'<ul class="official-notes">{items}</ul>' if items else ""

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        return [self._block(block, mark) for block, mark in numbered(blocks)]

    def _block(self, block: Block, mark: str) -> str:
        match block:
            case Heading(body=body) if body:
                return f"<p><b>{_text(mark + block.text)}</b>{self.runs(body)}</p>"
            case Heading():
                return f"<h{block.level + 1}>{_text(mark + block.text)}</h{block.level + 1}>"
            case ArticleTitle():
                return _line("h2", "article", block.text) + _line("p", "subtitle", block.subtitle)
            case Paragraph():
                return f'<p class="official-{block.role}">{self.runs(block.text)}</p>'
            case ListBlock():
                tag = "ol" if block.ordered else "ul"
                items = "".join(f"<li>{self.runs(item)}</li>" for item in block.items)
                return f"<{tag}>{items}</{tag}>"
            case Table():
                return _table(block)
            case Figure():
                return _figure(block)
            case _:
                return ""


def _table(table: Table) -> str:
    classes = [
        f' class="official-{c.alignment}"' if c.alignment is not Align.LEFT else "" for c in table.columns
    ]
    titles = "".join(
        f'<th scope="col"{name}>{_text(c.title)}</th>' for c, name in zip(table.columns, classes, strict=True)
    )
    rows = [
        "".join(f"<td{name}>{_text(cell)}</td>" for cell, name in zip(row, classes, strict=True))
        for row in table.cells()
    ] or [f'<td colspan="{len(table.columns)}">{_text(table.empty)}</td>']
    total = f"<tfoot><tr>{rows.pop()}</tr></tfoot>" if table.total and table.rows else ""
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    notes = "".join(_line("p", "table-note", note) for note in table.notes)
    return f"<table>{caption}<thead><tr>{titles}</tr></thead><tbody>{body}</tbody>{total}</table>{notes}"


def _figure(figure: Figure) -> str:
    kind, data = ("svg+xml", figure.svg.encode()) if figure.svg else ("png", figure.png)
    source = f"data:image/{kind};base64,{b64encode(data).decode()}"
    caption = f"<figcaption>{_text(figure.caption)}</figcaption>" if figure.caption else ""
    return (
        f'<figure><img src="{source}" alt="{escape(clean(figure.alt or figure.caption))}">{caption}</figure>'
    )
