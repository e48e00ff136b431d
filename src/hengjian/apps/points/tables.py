"""The tables of a notice, for paper, workbook and page alike: columns from the pack, words from here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hengjian.documents import Column, Format, Table

Json = dict[str, Any]

TITLES = {
    "submitted": "报送（篇）",
    "adopted": "采用（篇次）",
    "instructed": "批示（件次）",
    "items": "篇数",
    "unit": "部门",
    "due": "应报",
    "done": "已报",
    "missed": "缺",
    "disqualified": "评比资格",
}
NAMES = {"units": "部门", "persons": "姓名", "items": "题名", "duties": "事项"}
NUMBERS = frozenset({"submitted", "adopted", "instructed", "items", "due", "done", "missed"})


def columns_of(section: Json, word: str) -> list[tuple[str, str]]:
    """Key and title of each column: place and name first, the pack's columns, the gap after the points."""
    found = [("place", "名次")] if section["ranked"] else []
    found.append(("duty" if section["of"] == "duties" else "name", NAMES[section["of"]]))
    listed = list(section["columns"])
    if section["of"] == "persons" and "unit" not in listed:
        listed.insert(0, "unit")
    for key in listed:
        found.append((key, f"得{word}" if key == "points" else TITLES.get(key, key)))
        if key == "points" and section["ranked"]:
            found.append(("gap", "距前一名"))
    return found


def section_table(section: Json, word: str) -> Table:
    columns = columns_of(section, word)
    rows = tuple(tuple(_value(key, row) for key, _ in columns) for row in section["rows"])
    notes = (section["ties"],) if section["ties"] else ()
    return Table(tuple(_column(key, title) for key, title in columns), rows, notes=notes)


def detail_table(content: Json) -> Table:
    details = content["details"]
    columns = (Column("部门", width=3), *(Column(t, Format.INTEGER, width=1.4) for t in details["columns"]))
    return Table(columns, tuple((row["name"], *row["values"]) for row in details["rows"]))


def _column(key: str, title: str) -> Column:
    if key in ("points", "gap"):
        return Column(title, Format.DECIMAL)
    if key == "place" or key in NUMBERS:
        return Column(title, Format.INTEGER)
    return Column(title, width=4 if key in ("name", "duty") else None)


def _value(key: str, row: Json) -> Any:
    value = row.get(key)
    if key == "disqualified":
        return "取消" if value else "有"
    if value is None:
        return None
    if key in ("points", "gap") or key in NUMBERS:
        return Decimal(str(value))
    return value
