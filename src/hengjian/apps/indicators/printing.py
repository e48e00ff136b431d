"""A notice and an explanation as official documents; everything printed comes from what was frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.apps.indicators.models import Explanation, KpiNotice
from hengjian.base.articles import ArticleRef
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.documents import (
    Align,
    Attachment,
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

Json = dict[str, Any]
TITLES = {
    "group": "应用",
    "title": "指标",
    "indicator": "指标",
    "value": "数值",
    "target": "标准",
    "status": "结论",
    "short_by": "还差（件）",
    "province_average": "全省平均",
    "province_excellent": "优秀标准",
    "lead": "牵头部门",
    "numerator": "分子",
    "denominator": "分母",
    "unit": "单位",
    "trigger": "原因",
    "done": "办理",
    "origin": "来源",
    "kind": "事项",
    "handled": "办理情况",
    "system": "系统",
    "place": "名次",
}
_WIDE = {
    "group": 3.2,
    "title": 3.6,
    "indicator": 3.2,
    "lead": 2.4,
    "unit": 3.4,
    "trigger": 4.2,
    "system": 6.0,
}
_NUMBERS = frozenset(
    {
        "value",
        "target",
        "short_by",
        "province_average",
        "province_excellent",
        "numerator",
        "denominator",
        "place",
    }
)


def columns_of(section: Json, *, ranked: bool = False) -> list[tuple[str, str]]:
    """Key and heading of each column; the name of the indicator stands where its application is told."""
    keys = list(section["columns"])
    if section["of"] == "indicators":
        keys = ["title", *(k for k in keys if k != "group")]
    if section["of"] == "units":
        keys = [*(["place"] if ranked else []), "unit", *(k for k in keys if k != "indicator")]
    return [(key, TITLES.get(key, key)) for key in keys]


def cell(row: Json, key: str) -> str:
    """The text of one cell, the same on paper and on the page."""
    if key == "status":
        text = str(row.get("status_label", ""))
        return f"{text}（自评未核验）" if row.get("unverified") else text
    value = row.get(key)
    return "" if value is None else str(value)


def document_of(notice: KpiNotice) -> OfficialDocument:
    content: Json = notice.content
    day = to_local(notice.published_at or notice.prepared_at).date()
    return OfficialDocument(
        kind=Kind.NOTICE,
        masthead=(f"{content['court']}文件",),
        number=notice.number,
        title=notice.title,
        addressee=content["addressee"],
        issued_on=day,
        blocks=tuple(_blocks(notice, content)),
        attachments=_attachments(content),
        signatures=(Signature(content["court"], day),),
        imprint=Imprint((), content["office"], day),
        author=content["court"],
        keywords=("信息化应用", "通报"),
    )


def _blocks(notice: KpiNotice, content: Json) -> list[Block]:
    blocks: list[Block] = [Paragraph(opening(notice))]
    blocks += [Paragraph(line, Role.REMARK) for line in notice.remark.splitlines() if line.strip()]
    blocks += [Heading(1, "总体情况"), Paragraph(at_large(content))]
    if content["withheld"]:
        blocks.append(Paragraph(f"{'、'.join(content['withheld'])}的口径还没有确定，本期不通报。"))
    for section in content["sections"]:
        blocks.append(Heading(1, section["title"]))
        blocks += _section(section, content)
    return blocks


def opening(notice: KpiNotice) -> str:
    content: Json = notice.content
    basis = "、".join(ArticleRef.parse(a).label for a in content["articles"])
    text = f"根据《{content['pack']['title']}》{basis}，现将{content['label']}信息化应用情况"
    if notice.edition > 1:
        return f"{text}更正通报如下，原通报相应数字以本通报为准。"
    return f"{text}通报如下。"


def at_large(content: Json) -> str:
    """The figures at large in one sentence."""
    totals = content["totals"]
    parts = [
        f"{content['label']}通报{totals['indicators']}项指标，达标{totals['met']}项，未达标{totals['missed']}项"
    ]
    for key, words in (
        ("no_target", "没有标准"),
        ("external_target", "标准另定"),
        ("too_few", "件数过少不判"),
    ):
        if totals[key]:
            parts.append(f"{words}{totals[key]}项")
    if totals["no_data"]:
        parts.append(f"没有数据{totals['no_data']}项")
    text = "，".join(parts) + "。"
    if totals["unit_missed"]:
        text += f"各责任部门、各法院合计有{totals['unit_missed']}项次未达标。"
    return text


def _section(section: Json, content: Json) -> list[Block]:
    ranked = content["ranked"]
    if section["of"] != "units":
        return [table_of(section, section["rows"], ranked=ranked)]
    blocks: list[Block] = []
    for group in section["rows"]:
        blocks += [Heading(2, group["title"]), table_of(section, group["rows"], ranked=ranked)]
    return blocks


def table_of(section: Json, rows: list[Json], *, ranked: bool) -> Table:
    keys = columns_of(section, ranked=ranked)
    columns = tuple(
        Column(title, align=Align.RIGHT if key in _NUMBERS else None, width=_WIDE.get(key, 1.9))
        for key, title in keys
    )
    return Table(columns, tuple(tuple(cell(row, key) for key, _ in keys) for row in rows))


def _attachments(content: Json) -> tuple[Attachment, ...]:
    cards = tuple(
        Paragraph(
            f"{card['title']}：分子为{card['numerator']}；分母为{card['denominator']}；统计时点为{card['cutoff']}；"
            + (f"剔除{card['excluded']}；" if card["excluded"] else "")
            + f"数据来自{card['source']}（{card['document']}）。"
        )
        for card in content["cards"]
    )
    notes = [*content["risks"], *content["readings"]]
    found = [Attachment("指标口径", cards)] if cards else []
    if notes:
        found.append(Attachment("本通报所用的理解和提示", tuple(Paragraph(text) for text in notes)))
    return tuple(found)


def explanation_document(
    explanation: Explanation, title: str, court: str, addressee: str
) -> OfficialDocument:
    """The letter of a head to the leading group."""
    day: date = to_local(explanation.submitted_at or explanation.opened_at).date()
    label = Period.parse(explanation.period).label
    blocks: list[Block] = [
        Paragraph(
            f"依照{ArticleRef.parse(explanation.article).label}，现将{label}{title}的有关情况说明如下。"
        ),
        Heading(1, "基本情况"),
        Paragraph(explanation.fact),
        Heading(1, "原因分析"),
        *(Paragraph(line) for line in explanation.why.splitlines() if line.strip()),
        Heading(1, "整改措施"),
        *(Paragraph(line) for line in explanation.measures.splitlines() if line.strip()),
    ]
    if explanation.promised_on:
        promised = explanation.promised_on
        blocks.append(Paragraph(f"力争于{promised.year}年{promised.month}月{promised.day}日前达标。"))
    return OfficialDocument(
        kind=Kind.LETTER,
        masthead=(court,),
        number="",
        title=f"关于{label}{title}的情况说明",
        addressee=addressee,
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(explanation.unit.name, day),),
        author=explanation.unit.name,
    )
