"""The tables of a notice, for paper, workbook and page alike: columns from the pack, words from here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hengjian.documents import Align, Column, Format, Table

Json = dict[str, Any]

TITLES = {
    "submitted": "报送篇数",
    "adopted": "采用篇次",
    "instructed": "批示件次",
    "items": "篇数",
    "unit": "部门",
    "due": "应报",
    "done": "已报",
    "missed": "缺",
    "disqualified": "评比资格",
    "class": "类别",
    "quota": "最低条数",
    "counted": "计入条数",
    "base": "基准分",
    "quality": "质量分",
    "q1": "一季度",
    "q2": "二季度",
    "q3": "三季度",
    "q4": "四季度",
    "selected": "上报篇数",
    "planned": "全年任务",
    "commended": "应表彰采用",
    "author": "主笔",
    "publication": "采用载体",
    "kind": "情形",
    "evidence": "事实和依据",
    "reply": "部门答复",
}
NAMES = {"units": "部门", "persons": "姓名", "items": "题名", "duties": "事项", "findings": "部门"}
# shares of the line, in the proportion of what usually stands there
_WIDTHS = {
    "units": 3.6,
    "items": 5.6,
    "persons": 2.0,
    "unit": 3.8,
    "disqualified": 1.8,
    "class": 3.2,
    "band": 2.4,
    "author": 2.2,
    "publication": 4.0,
    "findings": 2.8,
    "kind": 2.0,
    "evidence": 5.0,
    "reply": 4.0,
}
TEXTS = frozenset({"unit", "duty", "class", "band", "author", "publication", "kind", "evidence", "reply"})
DECIMALS = frozenset({"points", "gap", "base", "quality", "q1", "q2", "q3", "q4"})
STATED = frozenset({"quota", "counted"})  # a number, or that the text states none
NUMBERS = frozenset(
    {
        "submitted",
        "adopted",
        "instructed",
        "items",
        "due",
        "done",
        "missed",
        "selected",
        "planned",
        "commended",
    }
)


def noun_of(of: Json) -> str:
    """What the appraised are called in a notice or a table of it; those printed before it was told say 部门."""
    return str(of.get("noun", "部门"))


def columns_of(section: Json, word: str) -> list[tuple[str, str]]:
    """Key and title of each column: place and name first, the pack's columns, the gap after the points."""
    noun = noun_of(section)
    found = [("place", "名次")] if section["ranked"] else []
    if section.get("show") == "bands":
        found.append(("band", "所在区间"))
    found.append(
        ("duty" if section["of"] == "duties" else "name", NAMES[section["of"]].replace("部门", noun))
    )
    listed = list(section["columns"])
    if section["of"] == "persons" and "unit" not in listed:
        listed.insert(0, "unit")
    if section["of"] == "findings":
        listed = [key for key in listed if key != "unit"]  # the row is the unit's
    for key in listed:
        found.append((key, f"得{word}" if key == "points" else TITLES.get(key, key).replace("部门", noun)))
        if key == "points" and section["ranked"]:
            found.append(("gap", "距前名"))
    return found


def duty_grid(section: Json) -> tuple[list[str], list[tuple[Json, list[Json]]]]:
    """Duties as columns: their titles, and for each department its row and one cell a duty."""
    titles = list(dict.fromkeys(row["duty"] for row in section["rows"]))
    by_unit: dict[Any, dict[str, Json]] = {}
    for row in section["rows"]:
        by_unit.setdefault(row["id"], {})[row["duty"]] = row
    empty: Json = {"due": "0", "done": "0", "missed": "0"}
    grid = [
        (next(iter(cells.values())), [cells.get(title, empty) for title in titles])
        for cells in by_unit.values()
    ]
    return titles, grid


def _duty_table(section: Json) -> Table:
    titles, grid = duty_grid(section)
    columns = (
        Column(noun_of(section), width=3),
        *(Column(title, align=Align.CENTER, width=3) for title in titles),
    )
    rows = tuple((row["unit"], *(_duty_text(cell) for cell in cells)) for row, cells in grid)
    return Table(columns, rows, notes=("已报／应报。",))


def _duty_text(cell: Json) -> str:
    if cell["due"] == cell["done"] == "0":
        return "—"
    missed = f"，缺{cell['missed']}" if cell["missed"] != "0" else ""
    return f"{cell['done']}／{cell['due']}{missed}"


def section_table(section: Json, word: str) -> Table:
    if section["of"] == "duties":
        return _duty_table(section)
    columns = columns_of(section, word)
    rows = tuple(tuple(_value(key, row) for key, _ in columns) for row in section["rows"])
    notes = (section["ties"],) if section["ties"] else ()
    return Table(tuple(_column(key, title, section["of"]) for key, title in columns), rows, notes=notes)


def detail_table(content: Json) -> Table:
    details = content["details"]
    columns = (
        Column(noun_of(content), width=3),
        *(Column(t, Format.INTEGER, width=1.4) for t in details["columns"]),
    )
    return Table(columns, tuple((row["name"], *row["values"]) for row in details["rows"]))


def _column(key: str, title: str, of: str) -> Column:
    if key in DECIMALS:
        return Column(title, Format.DECIMAL, width=1.6)
    if key in STATED:
        return Column(title, align=Align.RIGHT, width=1.7)
    if key == "place":
        return Column(title, Format.INTEGER, Align.CENTER, width=1.4)
    if key in NUMBERS:
        return Column(title, Format.INTEGER, width=1.9)
    return Column(title, width=_WIDTHS.get(of if key == "name" else key, 2))


def _value(key: str, row: Json) -> Any:
    value = row.get(key)
    if key == "disqualified":
        return "取消" if value else "有"
    if value is None:
        return None
    if key in DECIMALS or key in NUMBERS:
        return Decimal(str(value))
    return value
