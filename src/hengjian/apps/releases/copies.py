"""One table as a file of any kind, with the mark of the one copy on it and in its properties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hengjian.documents import Column, Kind, OfficialDocument, Paragraph, Table, render_docx, render_pdf
from hengjian.documents.model import Format, Role, Value
from hengjian.documents.sheets import SheetColumn, Worksheet, write_csv, write_xlsx

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


def _columns(sheet: Sheet) -> list[tuple[str, int | None]]:
    return list(zip(sheet.columns, sheet.decimals or (None,) * len(sheet.columns), strict=True))


def _format(places: int | None) -> Format:
    return Format.TEXT if places is None else Format.DECIMAL if places else Format.INTEGER


def _wide(text: str, width: int) -> list[str]:
    return [text, *[""] * (width - 1)]


def _document(sheet: Sheet, mark: str, code: str, on: date) -> OfficialDocument:
    columns = (Column(title, _format(places), decimals=places) for title, places in _columns(sheet))
    table = Table(tuple(columns), sheet.rows)
    notes = tuple(Paragraph(text, Role.FLUSH) for text in (*sheet.notes, mark))
    return OfficialDocument(
        kind=Kind.REPORT,
        title=sheet.title,
        blocks=(table, *notes),
        issued_on=on,
        author=sheet.author,
        keywords=(code,),
        watermark=mark,
    )
