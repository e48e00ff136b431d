"""The whole pack of a notice in one file: the notice, the portal version, a letter to each head, the tables, the proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hengjian.apps.points.letters import Letters
from hengjian.apps.points.models import Notice
from hengjian.apps.points.portal import portal_document
from hengjian.apps.points.printing import day_of, document_of
from hengjian.apps.points.proof import Proof
from hengjian.apps.points.workbook import notice_workbook
from hengjian.documents import render_docx, render_html, render_pdf

READ_ME = """本压缩包由系统一次生成：
1-通报：正式通报，PDF 和可以编辑的 Word。
2-门户版：只有条数和得分，信息标题按制度决定印不印。
3-抄送函：各单位主要负责人每人一份，只列本单位的得分和信息。
4-表格：通报各表的 Excel。
5-依据：台账行、计零的行及其原因、事实、送达回执；核对.json 写明各单位台账合计与通报是否一致、各文件的摘要。
"""


def bundle(notice: Notice, at: datetime) -> bytes:
    """A zip with dated entries: equal input gives equal bytes."""
    buffer = BytesIO()
    stamp = (*day_of(notice).timetuple()[:3], 0, 0, 0)
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in _files(notice, at):
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _files(notice: Notice, at: datetime) -> Iterator[tuple[str, bytes]]:
    yield "说明.txt", READ_ME.encode("utf-8-sig")
    document = document_of(notice)
    yield "1-通报/通报.pdf", render_pdf(document).data
    yield "1-通报/通报.docx", render_docx(document)
    public = portal_document(notice)
    yield "2-门户版/门户公开版.pdf", render_pdf(public).data
    yield "2-门户版/门户公开版.docx", render_docx(public)
    yield "2-门户版/门户公开版.html", render_html(public).encode()
    letters = Letters(notice)
    for n, unit in enumerate(letters.units(), 1):
        yield f"3-抄送函/{n:03} {_plain(unit.name)}.pdf", render_pdf(letters.letter(unit)).data
    yield "4-表格/得分表.xlsx", notice_workbook(notice)
    for name, data in Proof(notice, at).files():
        yield f"5-依据/{name}", data


def _plain(name: str) -> str:
    """A unit's name as a file name every system takes."""
    return "".join("_" if c in '\\/:*?"<>|' else c for c in name).strip() or "单位"
