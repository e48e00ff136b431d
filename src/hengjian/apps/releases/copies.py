"""One table as a file of any kind, with the mark of the one copy on it and in its properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.documents import Column, Kind, OfficialDocument, Paragraph, Table, render_docx, render_pdf
from hengjian.documents.model import Format, Role, Value
from hengjian.documents.sheets import SheetColumn, Worksheet, write_csv, write_xlsx

PRINTED = 8
"""Columns that can be read on an upright page."""
TOP = "·分子"
FORMS = ("xlsx", "docx", "pdf", "csv")


@dataclass(frozen=True)
class Sheet:
    """What is handed out. ``secret``: before its time."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...]
    author: str
    secret: bool = False
    decimals: tuple[int | None, ...] = ()
    """Places of each column that holds numbers, None for text; () = all text."""


def make(sheet: Sheet, form: str, *, mark: str, code: str, on: date) -> bytes:
    """``mark`` is seen on the copy; ``code`` stands in its properties too."""
    if form == "csv":
        width = len(sheet.columns)
        tail = [_wide(text, width) for text in (*sheet.notes, mark)]
        return write_csv(sheet.columns, [*sheet.rows, _wide("", width), *tail])
    if form == "xlsx":
        columns = tuple(
            SheetColumn(title, _format(places), decimals=places) for title, places in _columns(sheet)
        )
        said = Worksheet(
            "说明", (SheetColumn("说明", width=90),), tuple((text,) for text in (*sheet.notes, mark))
        )
        return write_xlsx([Worksheet("数据", columns, sheet.rows), said], made_on=on, mark=mark)
    document = _document(sheet, mark, code, on)
    return render_docx(document) if form == "docx" else render_pdf(document).data


def printed(sheet: Sheet) -> list[tuple[int, ...]]:
    """Which columns stand on paper side by side: no more than can be read, the leading ones again in every part.

    What a quotient is made of stays beside it.
    """
    width = len(sheet.columns)
    if width <= PRINTED:
        return [tuple(range(width))]
    numbers = [n for n, places in enumerate(sheet.decimals) if places is not None]
    lead = min(numbers[0] if numbers else 1, PRINTED // 2)
    parts: list[list[int]] = [[]]
    at = lead
    while at < width:
        step = 3 if sheet.columns[at].endswith(TOP) else 1
        if len(parts[-1]) + step > PRINTED - lead:
            parts.append([])
        parts[-1] += range(at, min(at + step, width))
        at += step
    return [(*range(lead), *part) for part in parts]


def _columns(sheet: Sheet) -> list[tuple[str, int | None]]:
    return list(zip(sheet.columns, sheet.decimals or (None,) * len(sheet.columns), strict=True))


def _format(places: int | None) -> Format:
    return Format.TEXT if places is None else Format.DECIMAL if places else Format.INTEGER


def _wide(text: str, width: int) -> list[str]:
    return [text, *[""] * (width - 1)]


def _document(sheet: Sheet, mark: str, code: str, on: date) -> OfficialDocument:
    columns = [Column(title, _format(places), decimals=places) for title, places in _columns(sheet)]
    tables = tuple(
        Table(tuple(columns[n] for n in part), tuple(tuple(row[n] for n in part) for row in sheet.rows))
        for part in printed(sheet)
    )
    notes = tuple(Paragraph(text, Role.FLUSH) for text in (*sheet.notes, mark))
    return OfficialDocument(
        kind=Kind.REPORT,
        title=sheet.title,
        blocks=(*tables, *notes),
        issued_on=on,
        author=sheet.author,
        keywords=(code,),
        watermark=mark,
    )
