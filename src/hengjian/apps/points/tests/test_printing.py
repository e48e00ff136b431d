"""The printed notice says what the frozen content says."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from hengjian.apps.points.acts import notices
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.models import Notice
from hengjian.apps.points.printing import document_of
from hengjian.apps.points.workbook import notice_workbook
from hengjian.base.errors import HengjianError
from hengjian.documents import Table, render_docx, render_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(desk: Desk) -> Notice:
    item = desk.item("civil1", title="=1+1 关于公式的建议")
    desk.author(item, "writer")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    return notices.prepare(
        desk.editor("2024-07-01T09:00"), desk.story.installation, clause="notices/monthly", period="2024-06"
    )


def test_tables_of_the_document_are_those_of_the_content(notice: Notice) -> None:
    tables = [block for block in document_of(notice).blocks if isinstance(block, Table)]
    assert list(tables[0].cells()[0]) == ["1", "民事审判第一庭", "0", "1", "0", "5", "—"]
    assert len(tables) == len(notice.content["sections"])


def test_pdf_and_docx_are_made(notice: Notice) -> None:
    assert render_pdf(document_of(notice)).data.startswith(b"%PDF")
    xml = ZipFile(BytesIO(render_docx(document_of(notice)))).read("word/document.xml").decode()
    assert "信息工作情况通报如下" in xml


def test_the_workbook_has_a_sheet_a_table_and_no_live_formula(notice: Notice) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(notice_workbook(notice)))
    assert len(book.sheet_names) == len(notice.content["sections"]) + 1
    rows = book.get_sheet_by_index(2).to_python()
    assert any("=1+1 关于公式的建议" in row for row in rows)


def test_a_notice_with_a_character_no_font_draws_is_not_sent_up(notice: Notice, desk: Desk) -> None:
    editor = desk.editor("2024-07-01T09:00")
    notice = notices.edit(editor, notice, version=notice.version, title="关于\U00031350的通报", remark="")
    assert "缺字" in desk.story.client("editor").get(f"/points/notices/{notice.pk}/").content.decode()
    with pytest.raises(HengjianError, match=r"“\U00031350”（U\+31350）没有字体能显示"):
        notices.submit(editor, notice, version=notice.version)
    assert Notice.objects.get().state == Notice.State.DRAFT
