"""Text out of PDF files; what is locked, scanned, broken or built to do harm is refused with one sentence."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from hengjian.base.errors import HengjianError
from hengjian.documents.intake import read_pdf_text
from hengjian.documents.intake.pdf import parse_pdf
from hengjian.documents.mail import MailFile, Reader
from support import odd_pdfs

LINES = (
    "巡回审理进社区\n近日，本庭走进社区开展巡回审理，当场调解纠\n纷三件，群众反映良好。\n下一步将总结经验。"
)
WHOLE = "巡回审理进社区\n近日，本庭走进社区开展巡回审理，当场调解纠纷三件，群众反映良好。\n下一步将总结经验。"


def test_lines_become_paragraphs_and_pages_follow_one_another() -> None:
    assert read_pdf_text(odd_pdfs.pdf(LINES, "第二页")) == f"{WHOLE}\n第二页"


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    first, second = "一二三四五六七八九十一二三四五六七八九十", "还没有说完。"
    assert read_pdf_text(odd_pdfs.pdf(first, second)) == first + second


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (odd_pdfs.locked, "打开密码"),
        (odd_pdfs.scanned, "扫描件"),
        (odd_pdfs.circle, "PDF 打不开"),
        (lambda: odd_pdfs.cut(odd_pdfs.pdf(LINES)), "PDF 打不开"),
        (lambda: odd_pdfs.pdf(*"字" * 301), "超过 300 页"),
        (lambda: b"GIF89a", "不是 PDF"),
        (lambda: b"", "是空的"),
        (odd_pdfs.bomb, "超出了时间或内存限制"),
        (odd_pdfs.endless, "超出了时间或内存限制"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(make: Callable[[], bytes], told: str) -> None:
    began = time.process_time()
    with pytest.raises(HengjianError, match=told) as refused:
        read_pdf_text(make(), seconds=2)
    assert refused.value.message.count("。") == 1
    assert time.process_time() - began < 2, "the work is the child's"


def test_more_text_than_anybody_reads_is_refused_while_reading() -> None:
    with pytest.raises(HengjianError, match="超过 50 字"):
        parse_pdf(odd_pdfs.pdf("字" * 40, "字" * 40), {"text": 50})


def test_a_letter_whose_pdf_ends_its_child_is_followed_by_one_that_is_read() -> None:
    with Reader() as reader:
        with pytest.raises(HengjianError, match=r"坏\.pdf”没有读取"):
            reader.text_of(MailFile("坏.pdf", "application/pdf", odd_pdfs.bomb()))
        found = reader.text_of(MailFile("好.PDF", "application/octet-stream", odd_pdfs.pdf(LINES)))
    assert found is not None and list(found.paragraphs) == WHOLE.split("\n")
