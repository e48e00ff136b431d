"""The PDF: content, order, pages, determinism, injection, fonts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hengjian.base.errors import HengjianError
from hengjian.documents import (
    Column,
    Figure,
    FontShelf,
    Format,
    Heading,
    Kind,
    OfficialDocument,
    Paragraph,
    Role,
    Run,
    Signature,
    Style,
    Table,
    render_pdf,
)
from hengjian.documents.tests.document_samples import DAY, bulletin, notice

Read = Callable[[bytes], str]
Words = Callable[[bytes], list[list[tuple[float, float, str]]]]
EVIL = '#panic("x") $x$ *粗* _斜_ `代码` <label> @ref \\ #import "a.typ": * [ ] { } // 注 /* */ = 标题 https://x.test'


@pytest.fixture(scope="module")
def printed(shelf: FontShelf, pdf_text: Read) -> str:
    return pdf_text(render_pdf(notice(), fonts=shelf).data)


ORDER = [
    "清岚县人民法院文件",
    "清法〔2024〕12号",
    "2024年6月份信息工作情况的通报",
    "本院各部门：",
    "一、总体情况",
    "（一）报送数量稳中有升。共报送174篇。",
    "得分排名名次",
    "注：同分",
    "二、下一步要求",
    "附件：1.个人得分排名",
    "2.扣分情况",
    "2024年7月5日",
    "（此件公开发布）",
    "附件1",
    "抄送：",
    "2024年7月5日印发",
]


def test_elements_stand_in_the_order_of_the_standard(printed: str) -> None:
    flat = "".join(printed.split())
    at = 0
    for text in ORDER:
        at = flat.find(text, at)
        assert at >= 0, text


def test_page_numbers_stand_outside_by_parity(shelf: FontShelf, pdf_words: Words) -> None:
    pages = pdf_words(render_pdf(notice(), fonts=shelf).data)
    marks = [max(words, key=lambda word: word[1]) for words in pages]
    assert [mark[2] for mark in marks] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    assert [mark[0] > 297 for mark in marks] == [n % 2 == 0 for n in range(len(pages))]
    assert {round(mark[1] / 72 * 25.4) for mark in marks} <= {268, 269, 270}  # 7 mm under the 版心


@pytest.mark.parametrize("sealed", [True, False])
def test_issuer_and_day_stay_together_with_text_before_them(
    shelf: FontShelf, pdf_words: Words, sealed: bool
) -> None:
    """GB/T 9704: room for the seal, and no page that holds the signature alone, wherever the text ends."""
    for lines in range(1, 24):
        body = tuple(Paragraph(f"第{n}行正文。") for n in range(1, lines + 1))
        doc = OfficialDocument(
            kind=Kind.NOTICE,
            masthead=("文件",),
            title="题",
            blocks=body,
            signatures=(Signature("清岚县人民法院", DAY, sealed),),
        )
        pages = pdf_words(render_pdf(doc, fonts=shelf).data)
        (day,) = [(page, word) for page in pages for word in page if word[2] == "2024年7月5日"]
        page = day[0]
        (issuer,) = [word for word in page if word[2] == "清岚县人民法院" and word[1] > day[1][1] - 40]
        text = [word[1] for word in page if word[2].endswith("行正文。")]
        assert text, f"{lines} lines: the signature stands alone"
        pitch = day[1][1] - issuer[1]
        assert round((issuer[1] - max(text)) / pitch) == (3 if sealed else 2), lines


def test_twenty_two_lines_of_twenty_eight_characters_fill_a_page(shelf: FontShelf, pdf_words: Words) -> None:
    doc = OfficialDocument(kind=Kind.REPORT, title="题", blocks=(Paragraph("国" * 28 * 60, Role.FLUSH),))
    page = [word for word in pdf_words(render_pdf(doc, fonts=shelf).data)[1] if "国" in word[2]]
    assert [len(word[2]) for word in page] == [28] * 22


def test_a_long_table_repeats_its_header_on_every_page(printed: str) -> None:
    pages = [page for page in printed.split("\f") if "名次" in page]
    assert len(pages) >= 4
    assert sum(page.count("62.5%") for page in pages) == 65
    assert all("名次" in page for page in printed.split("\f") if "62.5%" in page)


def test_a_source_becomes_a_note(printed: str) -> None:
    first = printed.split("\f")[0]
    assert "①" in first
    assert "依据第二十四条" in first


def test_a_table_without_rows_says_so(shelf: FontShelf, pdf_text: Read) -> None:
    table = Table((Column("部门"), Column("扣分", Format.DECIMAL)))
    text = pdf_text(render_pdf(notice(blocks=(table,)), fonts=shelf).data)
    assert "本期无数据" in text


def test_a_bulletin_lists_its_articles_with_their_pages(shelf: FontShelf, pdf_text: Read) -> None:
    text = pdf_text(render_pdf(bulletin(), fonts=shelf).data).replace(" ", "")
    assert "第12期" in text and "（总第345期）" in text and "本期目录" in text
    assert "立案庭推进诉源治理取得实效" in text.split("按语")[0]
    assert "报：市中级人民法院。" in text and "（共印60份）" in text


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.BULLETIN])
def test_every_kind_prints(kind: Kind, shelf: FontShelf, pdf_text: Read) -> None:
    text = pdf_text(render_pdf(notice(kind=kind), fonts=shelf).data)
    assert "信息工作情况的通报" in text.replace(" ", "")


def test_user_text_is_never_markup(shelf: FontShelf, pdf_text: Read) -> None:
    doc = notice(
        title=EVIL,
        number=EVIL,
        addressee=EVIL,
        blocks=(Heading(1, EVIL, EVIL), Paragraph((Run(EVIL, Style.KAI),))),
    )
    text = pdf_text(render_pdf(doc, fonts=shelf).data)
    squeezed = "".join(text.split())
    assert squeezed.count('#panic("x")$x$*粗*_斜_`代码`<label>@ref') >= 4


def test_equal_documents_are_equal_files_and_the_day_is_the_only_date(shelf: FontShelf) -> None:
    one, two = render_pdf(notice(), fonts=shelf).data, render_pdf(notice(), fonts=shelf).data
    assert one == two
    assert render_pdf(notice(issued_on=date(2024, 7, 6)), fonts=shelf).data != one


def test_pdf_a_for_the_archive(shelf: FontShelf) -> None:
    data = render_pdf(notice(), fonts=shelf, standard="a-2b").data
    assert b"pdfaid" in data
    with pytest.raises(HengjianError, match="成文日期"):
        render_pdf(notice(issued_on=None), fonts=shelf, standard="a-2b")


def test_a_second_rendering_takes_less_than_a_tenth_of_a_second(shelf: FontShelf) -> None:
    render_pdf(notice(), fonts=shelf)
    times = []
    for n in range(3):
        start = time.process_time()  # not the wall clock: the machine may be busy
        render_pdf(notice(number=f"清法〔2024〕{n}号"), fonts=shelf)
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_a_very_long_title_wraps(shelf: FontShelf, pdf_text: Read) -> None:
    title = "关于进一步加强和改进全县人民法院信息报送审核采用考核通报工作若干具体问题的补充规定和说明" * 3
    text = pdf_text(render_pdf(notice(title=title), fonts=shelf).data)
    assert "".join(text.split()).count("补充规定和说明") == 3


def test_pictures_print(shelf: FontShelf) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"><rect width="9" height="5"/></svg>'
    assert render_pdf(notice(blocks=(Figure(svg, caption="图1", alt="红色"),)), fonts=shelf).data


def test_rare_names_are_filled_in_and_told(tmp_path: Path) -> None:
    shelf = FontShelf()
    report = render_pdf(notice(blocks=(Paragraph("王\U00031352与平、\ue000"),)), fonts=shelf).font_report
    said = "".join(report.sentences())
    assert "\ue000" in report.missing or any(c == "\ue000" for c, _ in report.rare)
    assert "〓" in said or "补字" in said


def test_without_chinese_fonts_the_error_says_what_to_install() -> None:
    with pytest.raises(HengjianError, match="fonts-noto-cjk"):
        render_pdf(notice(), fonts=FontShelf(system=False))


def test_control_characters_are_dropped(shelf: FontShelf, pdf_text: Read) -> None:
    doc = replace(notice(), blocks=(Paragraph("甲\x00乙\u202e丙\ud800丁"),), attachments=())
    assert "甲乙丙丁" in pdf_text(render_pdf(doc, fonts=shelf).data)


def test_an_almost_empty_document_prints(shelf: FontShelf) -> None:
    assert render_pdf(OfficialDocument(kind=Kind.REPORT, title=""), fonts=shelf).data
