"""The docx: structure that offices rely on, escaping, determinism."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from hengjian.documents import Heading, Kind, Paragraph, Run, Style, render_docx
from hengjian.documents.tests.document_samples import bulletin, notice, ranking


def part(data: bytes, name: str = "word/document.xml") -> str:
    with ZipFile(BytesIO(data)) as package:
        return package.read(name).decode()


@pytest.fixture(scope="module")
def written() -> bytes:
    return render_docx(notice())


def test_fonts_are_those_that_offices_have(written: bytes) -> None:
    named = set(re.findall(r'w:eastAsia="([^"]+)"', part(written)))
    assert named == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
    assert "Theme" not in part(written, "word/styles.xml").split("w:latentStyles")[0]


def test_lines_are_exact_outside_tables_and_free_inside(written: bytes) -> None:
    styles = Document(BytesIO(written)).styles
    assert styles["Normal"].paragraph_format.line_spacing.pt == 28
    for table in Document(BytesIO(written)).tables:
        for paragraph in (p for row in table.rows for cell in row.cells for p in cell.paragraphs):
            assert paragraph.style.paragraph_format.line_spacing == 1.0
            assert paragraph.paragraph_format.line_spacing is None


def test_the_page_is_that_of_the_standard(written: bytes) -> None:
    document = Document(BytesIO(written))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "580")
    assert document.settings.odd_and_even_pages_header_footer
    assert [section.footer.paragraphs[0].alignment, section.even_page_footer.paragraphs[0].alignment] == [
        2,
        0,
    ]
    assert "PAGE" in section.footer._element.xml


def test_headings_appear_in_the_navigator_and_are_numbered(written: bytes) -> None:
    headings = [p.text for p in Document(BytesIO(written)).paragraphs if p.style.name.startswith("Heading")]
    assert headings == ["一、总体情况", "二、下一步要求"]


def test_long_tables_repeat_their_header_and_keep_rows_whole(written: bytes) -> None:
    table = Document(BytesIO(written)).tables[1]
    assert len(table.rows) == 61
    rows = table._tbl.tr_lst
    assert rows[0].find(".//" + qn("w:tblHeader")) is not None
    assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)


def test_sources_are_real_footnotes(written: bytes) -> None:
    assert "依据第二十四条" in part(written, "word/footnotes.xml")
    assert part(written).count("w:footnoteReference") == 1
    assert "footnotes+xml" in part(written, "[Content_Types].xml")


def test_user_text_is_escaped_and_control_characters_are_dropped() -> None:
    evil = "<w:t>&amp;]]> <script>\x00\x0b\u202e ©"
    doc = notice(
        title=evil, blocks=(Heading(1, evil), Paragraph((Run("x", Style.PLAIN, source=evil),)), ranking(0))
    )
    written = render_docx(doc)
    with ZipFile(BytesIO(written)) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                etree.fromstring(package.read(name))
    assert "<w:t>&amp;]]> <script> ©" in [p.text[2:] for p in Document(BytesIO(written)).paragraphs]


def test_equal_documents_are_equal_files(written: bytes) -> None:
    assert render_docx(notice()) == written
    core = Document(BytesIO(written)).core_properties
    assert (core.created.year, core.created.month, core.author) == (2024, 7, "清岚县人民法院")
    assert not core.comments


@pytest.mark.parametrize("kind", [k for k in Kind if k is not Kind.BULLETIN])
def test_every_kind_is_written_and_opens_again(kind: Kind) -> None:
    text = "\n".join(p.text for p in Document(BytesIO(render_docx(notice(kind=kind)))).paragraphs)
    assert "信息工作情况的通报" in text


def test_a_bulletin_has_its_head_contents_and_distribution() -> None:
    document = Document(BytesIO(render_docx(bulletin())))
    text = "\n".join(p.text for p in document.paragraphs)
    assert "第12期" in text and "本期目录" in text and "审判管理办公室\t2024年7月5日" in text
    assert "报：市中级人民法院。" in document.tables[-1].rows[0].cells[0].text
    assert 'w:tblpYSpec="bottom"' in document.tables[-1]._tbl.xml


def test_the_schema_order_of_paragraph_properties_is_kept(written: bytes) -> None:
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "widowControl",
        "pBdr",
        "tabs",
        "autoSpaceDE",
        "autoSpaceDN",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "rPr",
    ]
    root = etree.fromstring(part(written).encode())
    for properties in root.iter(qn("w:pPr")):
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=order.index)


def test_the_schema_order_of_run_properties_is_kept(written: bytes) -> None:
    order = ["rStyle", "rFonts", "b", "i", "color", "spacing", "w", "sz", "u", "vertAlign", "lang"]
    root = etree.fromstring(part(written).encode())
    for properties in root.iter(qn("w:rPr")):
        names = [etree.QName(child).localname for child in properties]
        assert names == sorted(names, key=order.index)
