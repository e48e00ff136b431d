"""Before a document is issued somebody asks whether every character of it can be drawn."""

from __future__ import annotations

import pytest

from hengjian.base.errors import HengjianError
from hengjian.documents import FontShelf, check_fonts, demand_all_glyphs, render_pdf
from hengjian.documents.model import Kind, OfficialDocument, Paragraph

NOWHERE = "\U000323b0"  # not assigned to any character


def document(text: str) -> OfficialDocument:
    return OfficialDocument(kind=Kind.NOTICE, title="关于工作的通报", blocks=(Paragraph(text),))


def test_the_report_is_that_of_the_pdf() -> None:
    doc = document(f"王{NOWHERE}喆")
    assert check_fonts(doc) == render_pdf(doc).font_report


def test_a_sound_document_passes_and_one_that_would_lack_a_sort_is_refused_in_one_sentence() -> None:
    assert demand_all_glyphs(document("一切正常。")).complete
    with pytest.raises(HengjianError) as refused:
        demand_all_glyphs(document(f"王{NOWHERE}"))
    said = refused.value.message
    assert "U+323B0" in said and "不能印发" in said and said.count("。") == 1 and said.endswith("。")


def test_without_any_chinese_font_it_says_so() -> None:
    with pytest.raises(HengjianError, match="没有可用的中文字体"):
        demand_all_glyphs(document("文"), fonts=FontShelf(system=False))


def test_doubts_are_silent_for_plain_text() -> None:
    assert check_fonts(document("平常的字")).doubts() == ()
    [doubt] = check_fonts(document(NOWHERE)).doubts()
    assert doubt.startswith("缺字")
