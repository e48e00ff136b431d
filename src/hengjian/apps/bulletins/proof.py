"""The receipt of a submission as a document: which box it reached when, the digest of what arrived, who signed."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins import boxes
from hengjian.apps.bulletins.models import Item
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.documents import Column, Kind, OfficialDocument, Paragraph, Signature, Table
from hengjian.policy import Pack


def receipt_of(item: Item, pack: Pack) -> OfficialDocument:
    """HengjianError for what has not been handed in."""
    copies = boxes.copies(item, pack)
    if not copies or item.filed_at is None:
        raise HengjianError("这条信息还没有报送，没有回执。")
    house = item.installation.unit.name
    day = to_local(item.filed_at).date()
    rows = tuple(
        (
            copy.term.label,
            copy.office or "—",
            _when(copy.delivery.arrived_at) if copy.delivery else "没有送到",
            f"{copy.delivery.signed_by or '系统'} {_when(copy.delivery.signed_at)}"
            if copy.delivery and copy.delivery.signed_at
            else "未签收",
        )
        for copy in copies
    )
    columns = (
        Column("邮箱", width=3),
        Column("收件处室", width=2.4),
        Column("到达时间", width=2.6),
        Column("签收", width=3),
    )
    mark = next((c.delivery.digest for c in copies if c.delivery), "")
    return OfficialDocument(
        kind=Kind.LETTER,
        title="信息报送回执",
        masthead=(house,),
        number=item.number,
        addressee=item.unit.name,
        issued_on=day,
        blocks=(
            Paragraph(
                f"你单位报送的《{item.title}》（编号 {item.number}）已于{_when(item.filed_at)}收到，送达情况如下。"
            ),
            Table(columns, rows),
            Paragraph(f"内容摘要（SHA-256）：{mark}。是否计入条数，以制度规定的邮箱收到为准。"),
        ),
        signatures=(Signature(house, day, sealed=False),),
        author=house,
    )


def _when(moment: datetime | None) -> str:
    return f"{to_local(moment):%Y-%m-%d %H:%M}" if moment else "—"
