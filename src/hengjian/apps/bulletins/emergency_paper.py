"""An emergency as an official document: what is known, every report in its order, calls, who has received them."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Item, PhoneRecord, StageReport
from hengjian.apps.bulletins.rounds import settled
from hengjian.base.times import to_local
from hengjian.documents import (
    Align,
    Block,
    Column,
    Heading,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Role,
    Signature,
    Table,
)
from hengjian.documents.text import chinese_date
from hengjian.policy import Pack

URGENT, CLOSED = "特急", "内部资料 注意保管"


def emergency_document(item: Item, pack: Pack, at: datetime) -> OfficialDocument:
    """The state of the matter at ``at``: printed again after each report it is a new state, not a new number."""
    court = item.installation.unit.name
    day = to_local(at).date()
    last = item.stage_reports.order_by("-reported_at").values_list("reported_at", flat=True).first()
    dated = to_local(last or item.filed_at or at).date()
    outlet = words.find(pack, "outlet", item.outlet)
    audience = tuple(outlet.attrs.get("audience", ())) if outlet else ()
    names = "，".join(words.label(pack, "audience", key) for key in audience)
    return OfficialDocument(
        kind=Kind.DOCUMENT,
        masthead=(f"{court}紧急信息",),
        number=f"编号：{item.number}",
        secrecy=CLOSED if item.outlet in words.restricted_outlets(pack) else "",
        urgency=URGENT,
        title=item.title,
        blocks=tuple(_blocks(item, pack)),
        signatures=(
            Signature(item.unit.name if item.unit.name == court else f"{court}{item.unit.name}", dated),
        ),
        imprint=Imprint((("报", f"{names}。"),) if names else (), court, day),
        issued_on=day,
        author=court,
        keywords=("紧急信息",),
    )


def _blocks(item: Item, pack: Pack) -> list[Block]:
    blocks: list[Block] = [_facts(item, pack), Heading(1, "基本情况")]
    blocks += [Paragraph(line.strip()) for line in item.body.splitlines() if line.strip()]
    blocks += _reports(item, pack)
    blocks += _calls(item)
    if not settled(item):
        blocks.append(Paragraph("注：本件依规定先行报送，审核手续正在补办。", Role.REMARK))
    return blocks


def _facts(item: Item, pack: Pack) -> Table:
    known = [
        (
            "事件类别",
            words.label(pack, "subtype", item.subtype) or words.label(pack, "category", item.category),
        ),
        ("报告单位", item.unit.name),
        ("发生时间", _moment(item.occurred_at) + ("" if item.occurred_exact else "（约）")),
        ("知悉时间", _moment(item.learned_at)),
        ("首次报送", _moment(item.filed_at)),
    ]
    rows = tuple((name, text) for name, text in known if text)
    return Table(
        (Column("事项", width=2.4, align=Align.LEFT), Column("情况", width=7, align=Align.LEFT)), rows
    )


def _reports(item: Item, pack: Pack) -> list[Block]:
    """Each stage with its time and receipt; what the first one said stands above already."""
    blocks: list[Block] = []
    for row in item.stage_reports.select_related("reported_by", "received_by").order_by("n"):
        lines = [line.strip() for line in row.text.splitlines() if line.strip()]
        fresh = [line for line in lines if row.n > 1 or line not in item.body]
        label = words.label(pack, "stage", row.stage)
        if row.n > 1 or fresh:
            blocks += [Heading(1, f"{label}（{_moment(row.reported_at)}）"), *map(Paragraph, fresh)]
        blocks.append(Paragraph(_receipt(row, "" if row.n > 1 else label), Role.BYLINE))
    return blocks


def _receipt(row: StageReport, label: str) -> str:
    said = f"{label}报告人：{row.reported_by}" if row.reported_by else ""
    got = f"{row.received_by or ''}{_moment(row.received_at)}签收" if row.received_at else "尚未签收"
    return f"（{said}；{got}）" if said else f"（{got}）"


def _calls(item: Item) -> list[Block]:
    calls = list(item.phone_records.all())
    means = "、".join(dict.fromkeys(call.get_means_display() for call in calls))
    return [Heading(1, f"{means}报告"), *(Paragraph(_call(call)) for call in calls)] if calls else []


def _call(call: PhoneRecord) -> str:
    content = "；".join(line.strip() for line in call.content.splitlines() if line.strip())
    said = f"{call.caller}向{call.receiver_office}{call.receiver}{call.get_means_display()}报告"
    return f"{_moment(call.called_at)}，{said}：{content}"


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = to_local(at)
    return f"{chinese_date(local.date())}{local:%H:%M}"
