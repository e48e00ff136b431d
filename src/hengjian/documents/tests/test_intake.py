"""What is read from honest files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from hengjian.base.errors import HengjianError
from hengjian.documents import Column, Format, Heading, Paragraph, Table, render_docx
from hengjian.documents.intake import Limits, read_any_text, read_csv, read_docx, read_docx_text, read_xlsx
from hengjian.documents.sheets import SheetColumn, Worksheet, worksheet_of, write_xlsx
from hengjian.documents.tests.document_samples import notice, ranking


def plain_docx(*texts: str) -> bytes:
    made = Document()
    for text in texts:
        made.add_paragraph(text)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_our_own_docx_comes_back_with_title_paragraphs_and_tables() -> None:
    blocks = (Heading(1, "情况"), Paragraph("正文第一段。"), ranking(3))
    found = read_docx(render_docx(notice(blocks=blocks, attachments=())))
    assert found.title == "清岚县人民法院关于2024年6月份信息工作情况的通报"
    assert {"一、情况", "正文第一段。", "本院各部门："} <= set(found.paragraphs)
    assert found.tables[0][0] == ("名次", "部门", "得分", "采用率")
    assert len(found.tables[0]) == 4


def test_a_short_first_line_is_the_title() -> None:
    found = read_docx(plain_docx("某院推进诉源治理", "　　今年以来，取得实效。", "", "  二是……。"))
    assert found.title == "某院推进诉源治理"
    assert found.paragraphs == ("今年以来，取得实效。", "二是……。")
    assert found.text.count("\n") == 2


@pytest.mark.parametrize("texts", [("今年以来，取得实效。", "第二段。"), ("只有一行",), ()])
def test_a_sentence_is_no_title(texts: tuple[str, ...]) -> None:
    found = read_docx(plain_docx(*texts))
    assert found.title == ""
    assert found.paragraphs == texts


def test_markup_in_the_text_stays_text_and_nothing_active_gets_in() -> None:
    found = read_docx(plain_docx("标题", "<script>alert(1)</script> & <img src=x onerror=y>"))
    assert found.paragraphs == ("<script>alert(1)</script> & <img src=x onerror=y>",)
    assert "<script" not in found.html and "<img" not in found.html
    assert "href" not in found.html and "style=" not in found.html


def test_links_and_pictures_are_dropped_and_told() -> None:
    made = Document()
    made.add_paragraph("标题")
    paragraph = made.add_paragraph("见")
    relation = made.part.relate_to(
        "https://x.test/a",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        True,
    )
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>网页</w:t></w:r></w:hyperlink>'
        )
    )
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    made.add_picture(BytesIO(png))
    buffer = BytesIO()
    made.save(buffer)
    found = read_docx(buffer.getvalue())
    assert found.paragraphs == ("见网页",)
    assert "x.test" not in found.html
    assert any("1 张图片" in told for told in found.warnings)
    assert any("1 个外部链接" in told for told in found.warnings)


def test_automatic_numbers_are_told() -> None:
    made = Document()
    made.add_paragraph("标题")
    made.add_paragraph("第一项。", style="List Number")
    properties = made.paragraphs[1]._p.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 1
    properties.get_or_add_numPr().get_or_add_ilvl().val = 0
    buffer = BytesIO()
    made.save(buffer)
    found = read_docx(buffer.getvalue())
    assert found.paragraphs == ("第一项。",)
    if "<ol>" in found.html:
        assert any("自动编号" in told for told in found.warnings)


def test_a_table_stays_where_it_stood() -> None:
    import docx

    made = docx.Document()
    made.add_paragraph("民一庭巡回审判进乡村")
    made.add_paragraph("上月办理情况如下。")
    cells = made.add_table(2, 2).rows
    for row, texts in zip(cells, (("案件", "件数"), ("相邻", "3")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    made.add_table(1, 2)  # nothing in it
    made.add_paragraph("下一步继续推进。")
    file = BytesIO()
    made.save(file)
    found = read_docx(file.getvalue())
    assert found.title == "民一庭巡回审判进乡村"
    assert found.body == ("上月办理情况如下。", "案件\t件数", "相邻\t3", "下一步继续推进。")
    assert found.paragraphs == ("上月办理情况如下。", "下一步继续推进。")


def test_text_of_a_docx_includes_its_tables() -> None:
    text = read_docx_text(render_docx(notice(attachments=())))
    assert "立案庭\t" in text or "\t刑事审判庭\t" in text


def test_a_limit_can_be_set() -> None:
    with pytest.raises(HengjianError, match="超过 1 KB"):
        read_docx(plain_docx("x"), limits=Limits(packed=1024))


def test_xlsx_values_come_back_typed_and_exact() -> None:
    columns = (
        SheetColumn("文字"), SheetColumn("数", Format.DECIMAL), SheetColumn("整数", Format.INTEGER),
        SheetColumn("日", Format.DATE), SheetColumn("时", Format.DATE), SheetColumn("空"),
    )  # fmt: skip
    row = ("=1+1", Decimal("12.35"), 7, date(2024, 7, 1), datetime(2024, 7, 1, 9, 30), None)
    (sheet,) = read_xlsx(write_xlsx([Worksheet("表", columns, (row,))]))
    assert sheet.rows[1] == row
    assert isinstance(sheet.rows[1][1], Decimal)


def test_leading_zeros_and_long_numbers_survive() -> None:
    row = ("007", "123456789012345678", 123456789012345678)
    columns = (SheetColumn("a"), SheetColumn("b"), SheetColumn("c", Format.INTEGER))
    (sheet,) = read_xlsx(write_xlsx([Worksheet("表", columns, (row,))]))
    assert sheet.rows[1] == ("007", "123456789012345678", "123456789012345678")


def test_a_document_table_goes_out_and_in_as_sheet() -> None:
    table = Table((Column("部门"), Column("得分", Format.DECIMAL)), (("立案庭", Decimal("12.5")),))
    (sheet,) = read_xlsx(write_xlsx([worksheet_of("得分", table)]))
    assert sheet.rows == (("部门", "得分"), ("立案庭", Decimal("12.5")))


def test_too_many_rows_are_refused() -> None:
    rows = tuple((str(n),) for n in range(30))
    data = write_xlsx([Worksheet("表", (SheetColumn("a"),), rows)])
    with pytest.raises(HengjianError, match="超过 20 行"):
        read_xlsx(data, max_rows=20)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_all_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = f"姓名{delimiter}得分\r\n甲某{delimiter}3\r\n\r\n"
    found = read_csv(text.encode(encoding))
    assert found.rows == (("姓名", "得分"), ("甲某", "3"))
    assert found.delimiter == delimiter


def test_csv_cells_may_hold_line_ends() -> None:
    assert read_csv(b'a,"b\nc"\n').rows == (("a", "b\nc"),)


@pytest.mark.parametrize("name", ["公报.docx", "公报.XLSX", "公报.pdf"])
def test_a_file_that_is_not_what_it_calls_itself_is_refused(name: str) -> None:
    with pytest.raises(HengjianError, match=r"不是 .* 文件或者已经损坏.*另存为"):
        read_any_text("新收案件3件。".encode(), name=name)
    assert read_any_text("新收案件3件。".encode(), name="公报.txt") == "新收案件3件。"
