"""Text out of PDF files, page by page, in a child process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.child import in_child
from hengjian.documents.intake.guard import check_size
from hengjian.documents.text import clean

_MEGABYTE = 1024 * 1024
_BROKEN = "PDF 打不开，可能已损坏或者加了密，请另存后再上传。"
_EMPTY = "PDF 里没有文字，可能是扫描件；请上传可以复制文字的文件，或者把文字粘贴进来。"


def read_pdf_text(
    data: bytes, *, max_bytes: int = 20 * _MEGABYTE, max_pages: int = 300, seconds: int = 8
) -> str:
    """The text of all pages. Raises HengjianError for what is no PDF, locked, too long or without text."""
    check_size(data, max_bytes)
    if not data.startswith(b"%PDF"):
        raise HengjianError("这不是 PDF 文件，请检查。")
    text: str = in_child(parse_pdf, data, {"pages": max_pages}, seconds=seconds)
    return text


def parse_pdf(data: bytes, options: Mapping[str, Any]) -> str:
    """The child's part."""
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise HengjianError(_BROKEN) from None
    if len(book) > options["pages"]:
        raise HengjianError(f"PDF 超过 {options['pages']} 页，请拆分后再上传。")
    text = "\n".join(page.get_textpage().get_text_bounded() for page in book)
    if not text.strip():
        raise HengjianError(_EMPTY)
    return _joined(clean(text))


def _joined(text: str) -> str:
    """A line that ends in the middle of a sentence goes on in the next."""
    lines = text.split("\n")
    result = ""
    for line in lines:
        goes_on = result and not result.endswith("\n") and not result.endswith(tuple("。！？：；!?:;"))
        long_before = len(result.rsplit("\n", 1)[-1]) >= 20
        result += line.strip() if goes_on and long_before else f"\n{line.strip()}" if result else line.strip()
    return result
