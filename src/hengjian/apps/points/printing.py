"""A notice as an official document. Everything printed comes from the frozen content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hengjian.apps.points.models import Notice
from hengjian.apps.points.tables import detail_table, noun_of, section_table
from hengjian.apps.points.words import article_label
from hengjian.base.times import to_local
from hengjian.documents import (
    Attachment,
    Block,
    Column,
    Format,
    Heading,
    Imprint,
    Kind,
    ListBlock,
    OfficialDocument,
    Paragraph,
    Role,
    Signature,
    Table,
)

Json = dict[str, Any]


def document_of(notice: Notice) -> OfficialDocument:
    """The 通报: opening, figures at large, the tables, corrections, explanations; details as attachment."""
    content: Json = notice.content
    day = day_of(notice)
    return OfficialDocument(
        kind=Kind.NOTICE,
        masthead=(f"{content['court']}文件",),
        number=notice.number,
        title=notice.title,
        addressee=content.get("addressee", ""),
        issued_on=day,
        blocks=tuple(_blocks(notice, content)),
        attachments=_attachments(content),
        signatures=(Signature(content["court"], day),),
        imprint=Imprint((), content["office"] or content["court"], day),
        author=content["court"],
        keywords=("信息工作", "通报"),
    )


def day_of(notice: Notice) -> date:
    moment = notice.published_at or notice.approved_at or notice.prepared_at
    return to_local(moment).date()


def _blocks(notice: Notice, content: Json) -> list[Block]:
    blocks: list[Block] = [Paragraph(opening(notice, content))]
    if notice.remark:
        blocks += [Paragraph(line, Role.REMARK) for line in notice.remark.splitlines() if line.strip()]
    if notice.changes:
        blocks += _restated(notice, content)
    blocks += [Heading(1, "总体情况"), Paragraph(at_large(content))]
    for section in content["sections"]:
        if section["of"] == "items" and not content.get("publish_items", True):
            continue  # titles go to the unit's own head only
        if not section["rows"] and not content["unit_word"]:
            blocks += [Heading(1, section["title"]), Paragraph("本期没有。")]
            continue
        blocks += [Heading(1, section["title"]), section_table(section, content["unit_word"])]
        blocks += [Paragraph(section["note"])] if section["note"] else []
    blocks += _corrections(content)
    blocks += _disqualified(content)
    blocks += _awards(content)
    blocks += _unallocated(content)
    return blocks


def opening(notice: Notice, content: Json) -> str:
    basis = "、".join(article_label(a) for a in content["articles"])
    text = f"根据《{content['pack']['title'].strip('《》')}》{basis}，"
    if notice.edition > 1:
        return text + f"现将{content['label']}信息工作情况更正通报如下，原通报相应数字以本通报为准。"
    if content.get("provisional"):
        return (
            text + f"现将{content['label']}截至拟稿时的信息工作情况列出，期满以后另行通报，以届时的数字为准。"
        )
    return text + f"现将{content['label']}信息工作情况通报如下。"


def at_large(content: Json) -> str:
    totals, word = content["totals"], content["unit_word"]
    if not word:
        return (
            f"{content['label']}，{totals['units']}个{noun_of(content)}共报送信息{totals['submitted']}篇，"
            f"被采用{totals['adopted']}篇次。"
        )
    text = (
        f"{content['label']}，{totals['units']}个{noun_of(content)}共报送信息{totals['submitted']}篇，"
        f"被采用{totals['adopted']}篇次，获领导批示{totals['instructed']}件次，合计得{totals['points']}{word}。"
    )
    if totals["unallocated"] != "0":
        text += f"另有{totals['unallocated']}{word}条文没有规定由谁取得，未分配。"
    return text


def ranked_changes(changes: Sequence[Json]) -> bool:
    """Whether any table of the notice that was corrected ranks; else there are no places to compare."""
    return any(c["place_before"] is not None or c["place_after"] is not None for c in changes)


def _restated(notice: Notice, content: Json) -> list[Block]:
    word, places = content["unit_word"], ranked_changes(notice.changes)
    columns = [
        Column("表", width=4.4),
        Column("名称", width=4.4),
        Column(f"原{word}", Format.DECIMAL, width=1.3),
        Column(f"现{word}", Format.DECIMAL, width=1.3),
    ]
    if places:
        columns += [Column(name, Format.INTEGER, width=1.5) for name in ("原名次", "现名次")]
    rows = tuple(
        (
            c["section"],
            c["name"],
            Decimal(c["before"]),
            Decimal(c["after"]),
            *((c["place_before"], c["place_after"]) if places else ()),
        )
        for c in notice.changes
    )
    return [Heading(1, "更正前后对照"), Table(tuple(columns), rows)]


def _corrections(content: Json) -> list[Block]:
    if not content["corrections"]:
        return []
    lines = tuple(_correction(c, content["unit_word"]) for c in content["corrections"])
    return [Heading(1, "上次通报以来的更正"), ListBlock(lines, ordered=True)]


def _correction(correction: Json, word: str) -> str:
    changes = "，".join(f"{c['name']}{c['points']}{word}" for c in correction["changes"]) or "得分没有变化"
    into = "" if correction["into"] == correction["period"] else f"，记入{correction['into']}"
    return f"{correction['period']}（{correction['cause']}，{correction['reason']}）：{changes}{into}。"


def _disqualified(content: Json) -> list[Block]:
    if not content["disqualified"]:
        return []
    names = "、".join(content["disqualified"])
    return [Heading(1, "评比资格"), Paragraph(f"{names}当年因重大事故取消评比资格，得分照列，不参加评比。")]


def _awards(content: Json) -> list[Block]:
    blocks: list[Block] = []
    for award in content["awards"]:
        names = "、".join(f"《{n['name']}》" if award["of"] == "items" else n["name"] for n in award["names"])
        blocks.append(Heading(2, award["title"], body=f"{names or '本期没有'}。"))
    return [Heading(1, "拟表彰名单"), *blocks] if blocks else []


def _unallocated(content: Json) -> list[Block]:
    if not content["unallocated"]:
        return []
    word = content["unit_word"]
    lines = tuple(
        f"《{u['name']}》{u['what']}（{article_label(u['article'])}）{u['points']}{word}：没有牵头部门。"
        for u in content["unallocated"]
    )
    return [Heading(1, "未分配的得分"), ListBlock(lines, ordered=True)]


def _attachments(content: Json) -> tuple[Attachment, ...]:
    found = []
    if content["details"]["rows"]:
        found.append(Attachment("采用、批示明细表", (detail_table(content),)))
    if content["readings"]:
        rows = tuple(
            (r["id"], r["question"], r["taken"] + ("" if r["default"] == "True" else "（经决定改采）"))
            for r in content["readings"]
        )
        columns = (
            Column("编号", width=1),
            Column("条文没有写明的问题", width=4),
            Column("计分采用的理解", width=5),
        )
        found.append(Attachment("计分所依的条文理解", (Table(columns, rows),)))
    return tuple(found)
