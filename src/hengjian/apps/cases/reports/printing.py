"""A report as an official document, of all courts or of one; everything printed comes from what was frozen."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.apps.cases.models import Report
from hengjian.apps.cases.reports.content import cause_rows
from hengjian.apps.cases.reports.pictures import months, ranking
from hengjian.base.articles import ArticleRef
from hengjian.base.times import to_local
from hengjian.documents import (
    Align,
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
from hengjian.documents.charts import chart_figure

Json = dict[str, Any]
TITLES = {
    "court": "法院", "touched": "当月有变动的案件", "failed": "有问题的案件", "rate": "差错率", "interval": "区间",
    "compared": "与全省相比", "last_open": "上月末未销号", "found": "本月新发现", "corrected": "本月销号", "open": "月末未销号",
    "dimension": "方面", "owner": "改正部门", "verdicts": "上级判断", "rule": "问题", "checked": "检查件数",
    "population": "总体件数", "drawn": "抽取", "reviewed": "评完", "wrong": "有误", "last": "上月", "this": "本月",
    "change": "增减", "cause": "原因", "measure": "措施", "due": "期限", "outcome": "落实情况", "department": "部门",
}  # fmt: skip
NUMBERS = frozenset(
    [
        "touched",
        "failed",
        "last_open",
        "found",
        "corrected",
        "open",
        "checked",
        "population",
        "drawn",
        "reviewed",
        "wrong",
        "last",
        "this",
        "change",
    ]
)
WIDTHS = {
    "court": 3.4, "rule": 4.6, "interval": 2.8, "compared": 2.2, "verdicts": 4.6, "cause": 4.4, "measure": 4.8,
    "outcome": 4.0, "department": 2.6, "owner": 2.4, "dimension": 2.0, "due": 3.0, "rate": 1.8,
}  # fmt: skip
FAILED_OF_RULE = "月末不符合"


def title_of(section: str, key: str) -> str:
    if section == "rules" and key == "failed":
        return FAILED_OF_RULE
    return "其中已销号" if (section, key) == ("follow_up", "corrected") else TITLES.get(key, key)


def table_of(section: Json) -> Table:
    keys = section["columns"]
    columns = tuple(
        Column(
            title_of(section["key"], key),
            format=Format.INTEGER if key in NUMBERS else Format.TEXT,
            align=Align.RIGHT if key in NUMBERS or key == "rate" else None,
            width=WIDTHS.get(key, 1.7),
        )
        for key in keys
    )
    rows = tuple(tuple(row.get(key) for key in keys) for row in section["rows"])
    return Table(columns, rows, notes=(section["note"],) if section["note"] and section["rows"] else ())


def document_of(report: Report) -> OfficialDocument:
    content: Json = report.content
    day = day_of(report)
    return OfficialDocument(
        kind=Kind.NOTICE,
        masthead=(f"{content['court']}文件",),
        number=report.number,
        title=report.title,
        addressee=content["addressee"].removesuffix("："),
        issued_on=day,
        blocks=tuple(_blocks(report, content)),
        signatures=(Signature(content["court"], day),),
        imprint=Imprint((), content["office"], day),
        author=content["court"],
        keywords=("案件信息", "数据质量"),
    )


def day_of(report: Report) -> date:
    return to_local(report.issued_at or report.prepared_at).date()


def sections_of(report: Report) -> list[Json]:
    """The tables as printed; while it is a draft, causes as far as they have come in."""
    found: list[Json] = []
    for section in report.content["sections"]:
        if section["key"] == "causes" and report.state == Report.State.DRAFT:
            section = {**section, "rows": cause_rows(report)}
        found.append(section)
    return found


def opening(content: Json) -> str:
    basis = "、".join(ArticleRef.parse(a).label for a in content["articles"])
    return (
        f"根据《{content['pack']['title']}》{basis}，现将{content['label']}案件数据质量情况报告如下。"
        f"数字取自{content['checked_at']}完成的质检，数据版本{content['data_version']}。"
    )


def at_large(content: Json, court: str = "") -> str:
    """The month in one paragraph, counts before shares."""
    totals = content["by_court"][court]["totals"] if court else content["totals"]
    who = content["by_court"][court]["name"] if court else f"全省{totals['courts']}个法院"
    text = (
        f"{content['label']}，{who}在册案件{totals['population']}件，当月有变动的{totals['touched']}件，"
        f"其中新发现问题的{totals['failed']}件"
    )
    text += (
        "，件数太少，不算差错率。"
        if totals["few"]
        else f"，差错率{totals['rate']}（区间{totals['interval']}）。"
    )
    return text + (
        f"上月末未销号的问题{totals['last_open']}个，本月新发现{totals['found']}个，销号{totals['corrected']}个，"
        f"月末未销号{totals['open']}个。上级当月判断：{totals['verdicts']}。"
    )


def _blocks(report: Report, content: Json) -> list[Block]:
    blocks: list[Block] = [Paragraph(opening(content)), Heading(1, "总体情况"), Paragraph(at_large(content))]
    blocks += [Paragraph(line) for line in report.remark.splitlines() if line.strip()]
    if len(content["trend"]) > 1:
        blocks.append(chart_figure(months(content), caption="近几个月的问题数"))
    for section in sections_of(report):
        blocks.append(Heading(1, section["title"]))
        if section["key"] == "sample" and section["rows"]:
            blocks += [Paragraph(section["note"]), table_of({**section, "note": ""})]
        elif section["rows"]:
            blocks.append(table_of(section))
        else:
            blocks.append(Paragraph(section["note"] or "本月没有。"))
        if section["key"] == "rules" and section["rows"]:
            blocks.append(chart_figure(ranking(section["rows"]), caption="新发现最多的问题"))
    return blocks


def court_document(report: Report, court: str) -> OfficialDocument:
    """The part of one court, to be sent down to it."""
    content: Json = report.content
    part, day = content["by_court"][court], day_of(report)
    notes = [row for row in cause_rows(report) if str(row["pk"]) == court]
    blocks: list[Block] = [
        Paragraph(opening(content)),
        Heading(1, "总体情况"),
        Paragraph(at_large(content, court)),
    ]
    for key, title, columns in COURT_TABLES:
        rows = notes if key == "causes" else part[key]
        blocks.append(Heading(1, title))
        section = {"key": key, "columns": columns, "rows": rows, "note": ""}
        blocks.append(table_of(section) if rows else Paragraph("本月没有。"))
    return OfficialDocument(
        kind=Kind.LETTER,
        masthead=(content["court"],),
        number="",
        title=f"{part['name']}{content['label']}案件数据质量情况",
        addressee=part["name"],
        issued_on=day,
        blocks=tuple(blocks),
        signatures=(Signature(content["office"], day, sealed=False),),
        author=content["court"],
    )


COURT_TABLES = (
    ("rules", "各规则情况", ["rule", "owner", "last_open", "found", "corrected", "open"]),
    ("dimensions", "真实、完整、及时", ["dimension", "last_open", "found", "corrected", "open"]),
    ("departments", "各部门", ["department", "last_open", "found", "corrected", "open", "verdicts"]),
    ("causes", "原因和措施", ["rule", "cause", "measure", "due"]),
)
