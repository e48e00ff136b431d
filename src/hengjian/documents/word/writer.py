"""docx by python-docx: the editable twin of the PDF, naming the fonts that offices have."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from hengjian.documents.lines import LAYOUT
from hengjian.documents.model import ArticleTitle, OfficialDocument
from hengjian.documents.text import one_line
from hengjian.documents.word.body import write_blocks
from hengjian.documents.word.head import write_head
from hengjian.documents.word.page import set_page
from hengjian.documents.word.pen import Pen
from hengjian.documents.word.styles import set_styles
from hengjian.documents.word.tail import write_tail
from hengjian.documents.word.watermark import put_watermark

_EPOCH = datetime(2000, 1, 1)


def render_docx(doc: OfficialDocument) -> bytes:
    """Write ``doc`` as docx. Equal input gives equal bytes: the only date is ``issued_on``."""
    made = Document()
    _drop_thumbnail(made)
    set_styles(made)
    set_page(made, letter=LAYOUT[doc.kind] == "letter")
    if doc.watermark:
        put_watermark(made, one_line(doc.watermark))
    stamp = datetime.combine(doc.issued_on, time()) if doc.issued_on else _EPOCH
    _properties(made, doc, stamp)
    pen = Pen(made)
    write_head(pen, doc)
    several = sum(isinstance(block, ArticleTitle) for block in doc.blocks) > 1
    write_blocks(pen, doc.blocks, article_size=18 if several else 22)
    write_tail(pen, doc)
    pen.notes.attach(made)
    buffer = BytesIO()
    made.save(buffer)
    return _fixed(buffer.getvalue())


def _properties(made: Any, doc: OfficialDocument, stamp: datetime) -> None:
    core = made.core_properties
    core.title = one_line(doc.title)
    core.author = core.last_modified_by = one_line(doc.author)
    core.keywords = "；".join(one_line(word) for word in doc.keywords)
    core.comments = ""
    core.language = "zh-CN"
    core.created = core.modified = stamp
    core.revision = 1


def _drop_thumbnail(made: Any) -> None:
    """The library's blank document brings the picture of another one."""
    links = made.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]


def _fixed(data: bytes) -> bytes:
    """The same package with the same time on every member, so that equal documents are equal files."""
    result = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(_member(name), source.read(name))
    return result.getvalue()


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
