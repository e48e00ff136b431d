"""The list of opinions for the office that drafted a regulation, as a document to send or to edit."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from hengjian.base.errors import HengjianError
from hengjian.documents import (
    Align,
    Block,
    Column,
    Format,
    Heading,
    Kind,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    render_docx,
    render_pdf,
)
from hengjian.policy import Pack
from hengjian.policy.lint import Row, opinions
from hengjian.policy.lint.row import COUNTED

COLUMNS = (
    Column("序号", Format.INTEGER, Align.CENTER, width=1.2),
    Column("条文", width=4),
    Column("问题和建议", width=9),
)


def write_opinions(pack: Pack, target: Path, today: date) -> int:
    """Write the opinions to ``target`` (.docx or .pdf); returns how many there are."""
    document = opinions_document(pack, today)
    if target.suffix == ".docx":
        target.write_bytes(render_docx(document))
    elif target.suffix == ".pdf":
        target.write_bytes(render_pdf(document).data)
    else:
        raise HengjianError(f"意见清单只能写成 .docx 或 .pdf，请改文件名“{target.name}”。")
    return len(opinions(pack))


def opinions_document(pack: Pack, today: date) -> OfficialDocument:
    rows = opinions(pack)
    title = pack.info.title.strip("《》")
    blocks: list[Block] = [
        Paragraph(
            f"在把《{title}》（{pack.info.number}）录成可以执行的规则时，逐条核对了正文和附表，"
            f"发现{len(rows)}处需要说明或者修改的地方，列在下面，供修订时参考。"
        )
    ]
    for heading, found in _parts(rows):
        numbered = tuple((n, row.where, row.message) for n, row in enumerate(found, start=1))
        blocks += [Heading(1, heading), Table(COLUMNS, numbered)]
    return OfficialDocument(
        kind=Kind.LETTER,
        title=f"关于《{title}》的修改意见",
        masthead=("修改意见",),
        addressee=pack.info.issuer,
        issued_on=today,
        blocks=tuple(blocks),
        signatures=(Signature("（提出意见的单位）", today),),
        author="衡鉴",
        keywords=("制度", "修改意见"),
    )


def _parts(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """What is in the tables first, then what is in the words."""
    ordered = sorted(rows, key=lambda row: row.code not in COUNTED)
    named = {True: "能由数字和表核对出来的", False: "需要写明或者澄清的"}
    return [(named[key], list(found)) for key, found in groupby(ordered, key=lambda row: row.code in COUNTED)]
