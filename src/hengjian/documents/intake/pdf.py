"""Text out of PDF files, page by page, in a child process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hengjian.base.errors import HengjianError
from hengjian.documents.intake.child import in_child
from hengjian.documents.intake.guard import check_size
from hengjian.documents.text import clean

_MEGABYTE = 1024 * 1024
MOST_BYTES, MOST_PAGES, MOST_TEXT = 20 * _MEGABYTE, 300, 2_000_000
_LOCKED = "PDF 设了打开密码，请取消密码后再上传。"
_BROKEN = "PDF 打不开，可能已损坏，请另存后再上传。"
_EMPTY = "PDF 里没有文字，可能是扫描件；请上传可以复制文字的文件，或者把文字粘贴进来。"
_NO_PDF = "这不是 PDF 文件，请检查。"
_PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_STOPS = tuple("。！？：；!?:;")


def read_pdf_text(
    data: bytes, *, max_bytes: int = MOST_BYTES, max_pages: int = MOST_PAGES, seconds: int = 8
) -> str:
    """The text of all pages. Raises HengjianError for what is no PDF, locked, too long or without text."""
    check_pdf(data, max_bytes)
    text: str = in_child(parse_pdf, data, {"pages": max_pages}, seconds=seconds)
    return text


def check_pdf(data: bytes, max_bytes: int = MOST_BYTES) -> None:
    """Refuse by size and first bytes what need not be given to a child at all."""
    check_size(data, max_bytes)
    if not data.startswith(b"%PDF"):
        raise HengjianError(_NO_PDF)


def parse_pdf(data: bytes, options: Mapping[str, Any]) -> str:
    """The child's part; ``options`` may bound ``pages`` and ``text`` (characters)."""
    import pypdfium2

    pages, most = options.get("pages", MOST_PAGES), options.get("text", MOST_TEXT)
    try:
        book = pypdfium2.PdfDocument(data)
        if len(book) > pages:
            raise HengjianError(f"PDF 超过 {pages} 页，请拆分后再上传。")
        text = "\n".join(_pages(book, most))
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_NEEDED or "password" in str(error).lower()
        raise HengjianError(_LOCKED if locked else _BROKEN) from None
    if not text.strip():
        raise HengjianError(_EMPTY)
    return _joined(clean(text))


def _pages(book: Any, most: int) -> Iterator[str]:
    """Pages one after another, each let go before the next; too much text is refused as soon as it shows."""
    length = 0
    for page in book:
        words = page.get_textpage()
        length += words.count_chars()
        if length > most:
            raise HengjianError(f"PDF 的文字超过 {most} 字，请拆分后再上传。")
        yield words.get_text_bounded()
        words.close()
        page.close()


def _joined(text: str) -> str:
    """A line that ends in the middle of a sentence goes on in the next.

    >>> _joined("一、总体情况\\n近日，本庭走进社区开展巡回审理，当场调解纠\\n纷三件。\\n下一步")
    '一、总体情况\\n近日，本庭走进社区开展巡回审理，当场调解纠纷三件。\\n下一步'
    """
    found: list[list[str]] = []
    length, open_end = 0, False  # of the paragraph so far
    for line in map(str.strip, text.split("\n")):
        if open_end and length >= 20:
            found[-1].append(line)
        else:
            found.append([line])
            length = 0
        length += len(line)
        open_end = not line.endswith(_STOPS) if line else open_end and length > 0
    return "\n".join(map("".join, found)).lstrip("\n")
