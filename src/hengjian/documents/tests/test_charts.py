"""Charts: words for readers, Chinese fonts, determinism, no network."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from hengjian.documents import FontShelf, render_docx, render_pdf
from hengjian.documents.charts import (
    Chart,
    bars,
    chart_figure,
    chart_png,
    chart_svg,
    diverging_bars,
    lines,
    sparkline,
    with_band,
)
from hengjian.documents.tests.document_samples import notice

VALUES = [("立案庭", Decimal("12.50")), ("<执行局>&", -3)]
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["bars", "diverging", "lines"])
def chart(request: pytest.FixtureRequest) -> Chart:
    if request.param == "bars":
        return bars(VALUES, title="得分", unit="分")
    if request.param == "diverging":
        return diverging_bars(VALUES, title="增减", unit="分")
    return lines(
        {"报送": [("1月", 3), ("2月", 5)], "采用": [("1月", 1), ("2月", 2)]}, title="走势", unit="篇"
    )


def test_a_chart_says_in_words_what_it_shows(chart: Chart) -> None:
    root = etree.fromstring(chart_svg(chart).encode())
    assert root.get("role") == "img"
    assert root.findtext(f"{SPACE}title") == chart.title
    assert root.findtext(f"{SPACE}desc") == chart.description
    assert "Noto Sans CJK SC" in chart_svg(chart)


def test_equal_charts_are_equal_text(chart: Chart) -> None:
    assert chart_svg(chart) == chart_svg(chart)


def test_descriptions_name_every_value() -> None:
    assert bars(VALUES, title="得分", unit="分").description == "得分：立案庭 12.5分；<执行局>& -3分。"
    assert diverging_bars([("甲", 2)], title="增减").description == "增减：甲 +2。"
    assert bars([], title="得分").description == "得分：无数据。"


def test_charts_without_values_are_drawn() -> None:
    assert "<svg" in chart_svg(bars([], title="得分"))
    assert "<svg" in chart_svg(diverging_bars([], title="增减"))


def test_png_is_png() -> None:
    assert chart_png(bars(VALUES, title="得分"))[:8] == b"\x89PNG\r\n\x1a\n"


def test_charts_stand_in_both_documents(shelf: FontShelf) -> None:
    doc = notice(blocks=(chart_figure(bars(VALUES, title="得分"), caption="图1"),))
    assert render_pdf(doc, fonts=shelf).data
    assert b"word/media/image1.png" in render_docx(doc)


def test_a_sparkline_leaves_gaps_and_escapes_its_label() -> None:
    svg = sparkline([1, None, 3, 4], label="<趋势>")
    assert svg.count("<polyline") == 2 and "&lt;趋势&gt;" in svg
    etree.fromstring(svg)


@pytest.mark.parametrize("values", [[], [None], [5], [5, 5, 5]])
def test_sparklines_of_little_data(values: list[int | None]) -> None:
    etree.fromstring(sparkline(values, label="x"))


def test_a_band_lies_behind_the_lines_and_is_told_in_words() -> None:
    plain = lines({"实际": [("1月", 3)], "预测": [("1月", 3), ("2月", 5)]}, title="收案", unit="件")
    banded = with_band(plain, [("1月", 3, 3), ("2月", Decimal("4.5"), 6)], name="八成可能在", unit="件")
    assert "八成可能在：1月 3件至3件，2月 4.5件至6件。" in banded.description
    svg = chart_svg(banded)
    assert svg.count("mark-area") == 1 and svg.count("mark-line") >= 1 and "八成可能在" in svg
    assert chart_svg(plain).count("mark-area") == 0
