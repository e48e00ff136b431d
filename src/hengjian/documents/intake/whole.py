"""Any office file as one plain text: paragraphs as lines, table rows as lines with tabs."""

from __future__ import annotations

from decimal import Decimal

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.excel import CellValue, read_xlsx
from hengjian.documents.intake.guard import check_size
from hengjian.documents.intake.pdf import read_pdf_text
from hengjian.documents.intake.table_text import decode
from hengjian.documents.intake.word import read_docx_text
from hengjian.documents.text import clean

_MEGABYTE = 1024 * 1024


OFFICE = (".docx", ".xlsx", ".pdf")


def read_any_text(data: bytes, *, name: str = "", max_bytes: int = 20 * _MEGABYTE) -> str:
    """docx, xlsx, pdf, or text; what it is, its first bytes and its parts say, not its name. A file that calls itself
    one of the first three and is none of them is refused: it is broken, or a page of something else under that name."""
    check_size(data, max_bytes)
    if name.lower().endswith(OFFICE) and not data.startswith((b"%PDF", b"PK")):
        kind = name.rsplit(".", 1)[1].lower()
        raise HengjianError(
            f"“{name}”不是 {kind} 文件或者已经损坏，请用原来的软件打开，另存为 {kind} 再上传。"
        )
    if data.startswith(b"%PDF"):
        return read_pdf_text(data)
    if not data.startswith(b"PK"):
        return clean(decode(data)[0])
    if b"xl/workbook.xml" in data:
        sheets = read_xlsx(data)
        return "\n\n".join(f"{sheet.name}\n" + "\n".join(map(_line, sheet.rows)) for sheet in sheets)
    if b"word/document.xml" in data:
        return read_docx_text(data)
    raise HengjianError("认不出这个文件，请上传 docx、xlsx、pdf 或者文本。")


def _line(row: tuple[CellValue, ...]) -> str:
    return "\t".join(_cell(value) for value in row)


def _cell(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return clean(str(value)).replace("\n", " ").replace("\t", " ")
