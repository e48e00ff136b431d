"""Is the input sound? Rows become typed columns; every fault is named with file, row and column."""

from __future__ import annotations

from datetime import date
from typing import Any

from hengjian.base.errors import ManyErrors
from hengjian.scoring.columns import (
    EMPTY,
    NOT_A_DAY,
    NOT_A_TIME,
    InputTable,
    Texts,
    as_texts,
    day,
    moment,
    whole_number,
)
from hengjian.scoring.rules import Rules
from hengjian.scoring.source import Clean, Columns, ScoreInput
from hengjian.scoring.words import Words, words_of

_FLAG = "“{0}”只能写 0 或 1。"
_NO_UNIT = "单位“{0}”不在单位名单里，请改正名称或补进名单。"
_NO_ITEM = "稿件“{0}”不在稿件表里，请改正编号或补上稿件。"


def clean(rules: Rules, data: ScoreInput, known: date | None = None) -> Clean:
    """Check and type the rows; facts recorded after the day ``known`` are left out. ManyErrors names all faults."""
    words = words_of(rules)
    tables = {
        name: InputTable(data.file(name), getattr(data, name))
        for name in ("units", "items", "events", "authors")
    }
    units = _units(tables["units"])
    items = _items(tables["items"], set(units["unit"]), words)
    of_item = dict(zip(items["item"], items["units"], strict=True))
    events = _events(tables["events"], set(units["unit"]), set(of_item), words, known)
    authors = _authors(tables["authors"], of_item)
    errors = [error for table in tables.values() for error in table.errors]
    if errors:
        raise ManyErrors(errors)
    return Clean({"units": units, "items": items, "events": events, "authors": authors})


def _units(table: InputTable) -> Columns:
    since = table.parsed("listed_from", day, NOT_A_DAY)
    until = table.parsed("listed_to", day, NOT_A_DAY)
    for pos, (first, last) in enumerate(zip(since, until, strict=True)):
        if first and last and last < first:
            table.fault(pos, "listed_to", f"截止日“{last}”早于起始日，请改正。")
    return {
        "unit": table.ids("unit"),
        "category": table.texts("category"),
        "listed_from": since,
        "listed_to": until,
        "pos": list(range(len(table.rows))),
    }


def _word(table: InputTable, column: str, words: Words) -> Texts:
    allowed = words.allowed.get(column)
    if not allowed:
        return table.texts(column)
    return table.among(column, allowed, f"“{{0}}”不是本制度的用词（{'、'.join(allowed)}），请改正。")


def _items(table: InputTable, listed: set[Any], words: Words) -> Columns:
    names, leads = table.ids("item"), table.texts("lead")
    units = [as_texts(row.get("units") or row.get("unit") or row.get("lead")) for row in table.rows]
    joints = table.among("joint", ("0", "1"), _FLAG, "0")
    for pos, found in enumerate(units):
        if not found:
            table.fault(pos, "units", f"稿件“{names[pos]}”没有写明报送部门，请补上。")
        elif len(found) > 1 and joints[pos] == "0":
            message = f"稿件“{names[pos]}”列了多个部门，却没有标明合作（joint 写 1），请改正。"
            table.fault(pos, "joint", message)
        for name in found:
            if name not in listed:
                table.fault(pos, "units", _NO_UNIT.format(name))
        lead = leads[pos]
        if lead is not None and lead not in found:
            table.fault(pos, "lead", f"牵头部门“{lead}”不在本稿件的部门里，请改正。")
    return {
        "item": names,
        "kind": _word(table, "kind", words),
        "class": _word(table, "class", words),
        "routine": table.among("routine", ("0", "1"), _FLAG, "0"),
        "joint": joints,
        "lead": [found[0] if len(found) == 1 else lead for found, lead in zip(units, leads, strict=True)],
        "units": units,
    }


def _events(
    table: InputTable, listed: set[Any], items: set[Any], words: Words, known: date | None
) -> Columns:
    names, kinds = table.ids("event_id"), _word(table, "type", words)
    table.refuse(
        "event_id",
        names,
        {name for name in names if name and "|" in name},
        "编号“{0}”里不能有“|”，请改编号。",
    )
    table.refuse("type", kinds, {None} & set(kinds), EMPTY)
    times = table.parsed("ts", moment, NOT_A_TIME)
    table.required("ts", times)
    of_item = table.among("item", items - {None}, _NO_ITEM)
    actors = table.among("unit", listed - {None}, _NO_UNIT)
    _needed(table, "item", of_item, kinds, words.need_item, "稿件")
    _needed(table, "unit", actors, kinds, words.need_unit, "单位")
    found: Columns = {
        "event": names,
        "ts": times,
        "type": kinds,
        "item": of_item,
        "actor": actors,
        "value": table.texts("value"),
        "system": _word(table, "system", words),
        "channel": _word(table, "channel", words),
        "sent_up": table.among("sent_up", ("0", "1"), _FLAG),
        "n": table.parsed("n", whole_number(1, 9_999), "不是正整数，请改正。"),
        "note": [
            name or note for name, note in zip(table.texts("publication"), table.texts("note"), strict=True)
        ],
    }
    recorded = table.parsed("recorded_at", moment, NOT_A_TIME)
    if known is None or not any(recorded):
        return found
    kept = [pos for pos, at in enumerate(recorded) if at is None or at.date() <= known]
    return {column: [values[pos] for pos in kept] for column, values in found.items()}


def _needed(
    table: InputTable, column: str, values: Texts, kinds: Texts, need: frozenset[str], noun: str
) -> None:
    if None not in values:
        return
    for pos, (value, kind) in enumerate(zip(values, kinds, strict=True)):
        if value is None and kind in need:
            table.fault(pos, column, f"这类事实（{kind}）必须写明{noun}，请补上。")


def _authors(table: InputTable, units_of: dict[Any, list[str]]) -> Columns:
    items, units, persons = table.texts("item"), table.texts("unit"), table.texts("person")
    weights = table.parsed("weight", whole_number(0, 999_999), "不是非负整数，请改正。")
    table.required("weight", weights)
    table.refuse("person", persons, {None} & set(persons), EMPTY)
    totals: dict[tuple[Any, Any], list[Any]] = {}
    seen: set[tuple[Any, ...]] = set()
    for pos, (item, unit, person) in enumerate(zip(items, units, persons, strict=True)):
        if item not in units_of:
            table.fault(pos, "item", _NO_ITEM.format(item or ""))
        elif unit not in units_of[item]:
            table.fault(pos, "unit", f"部门“{unit or ''}”不是这篇稿件的报送部门，请改正。")
        if (item, unit, person) in seen:
            table.fault(pos, "person", f"作者“{person}”在同一稿件、同一部门出现了不止一次，请合并。")
        seen.add((item, unit, person))
        total = totals.setdefault((item, unit), [pos, 0])
        total[1] += weights[pos] or 0
    for (item, unit), (pos, sum_of_weights) in totals.items():
        if not sum_of_weights:
            table.fault(pos, "weight", f"稿件“{item}”在“{unit}”的作者权重合计为零，请改正。")
    place = list(range(len(table.rows)))
    return {"item": items, "unit": units, "person": persons, "weight": weights, "pos": place}
