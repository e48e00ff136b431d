"""Agenda and minutes as official documents."""

from __future__ import annotations

from hengjian.apps.desk.models import Decision, Meeting
from hengjian.apps.desk.queries import words
from hengjian.apps.indicators.who import Scene
from hengjian.base.times import to_local
from hengjian.documents import (
    Block,
    Column,
    Format,
    Heading,
    Imprint,
    Kind,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)


def _body(scene: Scene) -> str:
    """What the office calls itself: from the pack's own name of the meeting."""
    pack = scene.pack
    return pack.info.interpreter or f"{scene.installation.unit.name}"


def _when(meeting: Meeting) -> str:
    at = to_local(meeting.starts_at)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"


def agenda_document(scene: Scene, meeting: Meeting) -> OfficialDocument:
    topics = words(scene, "topic")
    blocks: list[Block] = [Paragraph(f"时间：{_when(meeting)}"), Paragraph(f"地点：{meeting.place}")]
    if meeting.urgent:
        blocks.append(Paragraph(f"临时召开的事由：{meeting.reason}"))
    items = list(meeting.items.filter(dropped=False).select_related("brought_by"))
    for topic in dict.fromkeys(item.topic for item in items):
        blocks.append(Heading(1, topics.get(topic, topic)))
        for item in (i for i in items if i.topic == topic):
            blocks.append(Heading(2, item.title))
            if item.detail:
                blocks.append(Paragraph(item.detail))
            if item.brought_by:
                blocks.append(Paragraph(f"（{item.brought_by}）"))
    day = to_local(meeting.starts_at).date()
    return OfficialDocument(
        kind=Kind.REPORT,
        masthead=(),
        number="",
        title=f"{_body(scene)}{meeting}议程",
        issued_on=day,
        blocks=tuple(blocks),
        author=scene.installation.unit.name,
    )


def _given(decision: Decision) -> str:
    due = decision.due_on
    until = f"，于{due.year}年{due.month}月{due.day}日前办结" if due else ""
    return f"由{decision.unit}负责，{decision.text}{until}。"


def minutes_document(scene: Scene, meeting: Meeting) -> OfficialDocument:
    """纪要: when, where, who; what was concluded on each topic; who does what by when."""
    day = to_local(meeting.minuted_at or meeting.starts_at).date()
    blocks: list[Block] = [Paragraph(_opening(meeting))]
    if meeting.summary:
        blocks += [Paragraph(line) for line in meeting.summary.splitlines() if line.strip()]
    for item in meeting.items.filter(dropped=False):
        blocks += [Heading(1, item.title), Paragraph(item.conclusion or "会议听取了情况，继续跟踪。")]
        blocks += [Paragraph(f"议定：{_given(d)}") for d in item.decisions.select_related("unit")]
    decisions = list(meeting.decisions.select_related("unit"))
    if decisions:
        rows = tuple((n, d.text, str(d.unit), d.due_on) for n, d in enumerate(decisions, 1))
        columns = (
            Column("序号", Format.INTEGER, width=1),
            Column("事项", width=6),
            Column("责任单位", width=2.4),
            Column("期限", Format.CHINESE_DATE, width=2.6),
        )
        blocks += [Heading(1, "议定事项"), Table(columns, rows)]
    names = "、".join(person.name for person in meeting.present.order_by("unit__position", "pk"))
    blocks.append(Paragraph(f"出席：{names}。"))
    if meeting.absent:
        blocks.append(Paragraph(f"请假：{meeting.absent}。"))
    office = str(scene.installation.competent_unit or scene.installation.unit)
    return OfficialDocument(
        kind=Kind.MINUTES,
        masthead=(f"{_body(scene)}会议纪要",),
        number=f"〔{meeting.year}〕{meeting.number}号",
        title=f"{_body(scene)}{meeting}纪要",
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(_body(scene), day, sealed=False),),
        imprint=Imprint((("报", _group(scene)),), office, day),
        author=scene.installation.unit.name,
    )


def _opening(meeting: Meeting) -> str:
    kind = "临时会议" if meeting.urgent else "例会"
    return f"{_when(meeting)}，{meeting.chair}在{meeting.place}主持召开{kind}，研究有关事项。纪要如下。"


def _group(scene: Scene) -> str:
    if "audience" not in scene.pack.vocabularies:
        return ""
    term = next(iter(scene.pack.vocabulary("audience")))
    return (*term.aliases, term.label)[0]
