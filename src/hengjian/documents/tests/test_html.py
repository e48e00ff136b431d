"""The page: same content, semantic tags, everything escaped."""

from __future__ import annotations

from html.parser import HTMLParser

from hengjian.documents import Column, Figure, Format, Heading, Kind, Paragraph, Run, Table, render_html
from hengjian.documents.charts import sparkline
from hengjian.documents.tests.document_samples import bulletin, notice, ranking

EVIL = '<script>alert("1")</script>&\'"'


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        if tag not in ("br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_has_the_same_content_in_semantic_tags() -> None:
    html = render_html(notice())
    tags = Tags(html)
    assert not tags.open
    assert {"article", "header", "h1", "h2", "table", "caption", "th", "footer", "section"} <= set(tags.found)
    for text in (
        "清法〔2024〕12号",
        "一、总体情况",
        "附件1",
        "抄送：县委办公室",
        "依据第二十四条",
        "（此件公开发布）",
    ):
        assert text in html


def test_user_text_is_escaped_everywhere() -> None:
    table = Table((Column(EVIL),), ((EVIL,),), caption=EVIL, notes=(EVIL,), empty=EVIL)
    figure = Figure(sparkline([1], label=EVIL), alt=EVIL)
    doc = notice(
        title=EVIL, number=EVIL, masthead=(EVIL,), addressee=EVIL, disclosure=EVIL,
        blocks=(Heading(1, EVIL, EVIL), Paragraph((Run(EVIL, source=EVIL),)), table, figure),
    )  # fmt: skip
    assert "script" not in Tags(render_html(doc)).found
    assert "style=" not in render_html(doc)


def test_a_bulletin_shows_head_and_articles() -> None:
    html = render_html(bulletin())
    assert "第12期（总第345期）" in html and html.count('class="official-article"') == 2
    assert "按语：现将有关做法刊发。" in html


def test_a_total_row_is_a_foot_and_an_empty_table_says_so() -> None:
    columns = (Column("部门"), Column("得分", Format.DECIMAL))
    html = render_html(notice(blocks=(Table(columns, (("甲", 1), ("合计", 1)), total=True), Table(columns))))
    assert "<tfoot><tr><td>合计" in html
    assert '<td colspan="2">（本期无数据）' in html


def test_every_kind_is_written() -> None:
    for kind in Kind:
        assert render_html(bulletin() if kind is Kind.BULLETIN else notice(kind=kind, blocks=(ranking(1),)))
