"""Is the input sound? Rows become typed columns; every fault is named with file, row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from hengjian.base.errors import HengjianError, ManyErrors, Place
from hengjian.base.times import parse_local, start_of_day, to_local
from hengjian.scoring.rules import Rules
from hengjian.scoring.source import LINE, TABLES, Clean, Columns, ScoreInput
from hengjian.scoring.words import Words, words_of

Row = Mapping[str, Any]


def clean(rules: Rules, data: ScoreInput, known: date | None = None) -> Clean:
    """Check and type the rows; facts recorded after the day ``known`` are left out. ManyErrors names all faults."""
    cleaner = _Cleaner(data, words_of(rules), known)
    tables = {
        "units": cleaner.units(),
        "items": cleaner.items(),
        "events": cleaner.events(),
        "authors": cleaner.authors(),
    }
    if cleaner.errors:
        raise ManyErrors(cleaner.errors)
    return Clean(tables)


def _text(value: object) -> str | None:
    """Blank is absent; Python values read as the files write them."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _texts(value: object) -> list[str]:
    parts = (
        value.split(";") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else [value]
    )
    found = (_text(part) for part in parts)
    return list(dict.fromkeys(part for part in found if part is not None))


class _Cleaner:
    def __init__(self, data: ScoreInput, words: Words, known: date | None) -> None:
        self.data, self.words, self.known = data, words, known
        self.errors: list[HengjianError] = []
        self.listed: set[str] = set()
        self.item_units: dict[str, list[str]] = {}
        self._table, self._row, self._pos = "", {}, 0  # type: tuple[str, Row, int]

    def _rows(self, table: str) -> Any:
        self._table = table
        for pos, row in enumerate(getattr(self.data, table), 1):
            self._pos, self._row = pos, row
            yield row

    def _fault(self, column: str, message: str) -> None:
        place = Place(self.data.file(self._table), self._row.get(LINE, self._pos), column)
        self.errors.append(HengjianError(message, where=place))

    def _id(self, column: str, seen: set[str]) -> str | None:
        value = _text(self._row.get(column))
        if value is None:
            self._fault(column, "没有填写，请补上。")
        elif value in seen:
            self._fault(column, f"“{value}”出现了不止一次，请删去重复的一行或改编号。")
        else:
            seen.add(value)
        return value

    def _one_of(self, column: str, allowed: tuple[str, ...], default: str | None) -> str | None:
        value = _text(self._row.get(column))
        if value is None:
            return default
        if value not in allowed:
            self._fault(column, f"“{value}”只能写 {' 或 '.join(allowed)}。")
        return value

    def _word(self, column: str) -> str | None:
        value, allowed = _text(self._row.get(column)), self.words.allowed.get(column)
        if allowed and value is not None and value not in allowed:
            self._fault(column, f"“{value}”不是本制度的用词（{'、'.join(allowed)}），请改正。")
        return value

    def _parsed(self, column: str, parse: Callable[[object], Any], form: str) -> Any:
        value = self._row.get(column)
        if value is None or value == "":
            return None
        try:
            return parse(value)
        except ValueError:
            self._fault(column, f"“{value}”{form}")
            return None

    def _known_unit(self, column: str, name: str) -> None:
        if name not in self.listed:
            self._fault(column, f"单位“{name}”不在单位名单里，请改正名称或补进名单。")

    def units(self) -> Columns:
        found = _empty("units")
        for row in self._rows("units"):
            name = self._id("unit", self.listed)
            since = self._parsed("listed_from", _day, "不是日期，请写成 2024-06-03 这样的形式。")
            until = self._parsed("listed_to", _day, "不是日期，请写成 2024-06-03 这样的形式。")
            if since and until and until < since:
                self._fault("listed_to", f"截止日“{until}”早于起始日，请改正。")
            _add(found, name, _text(row.get("category")), since, until, self._pos)
        return found

    def items(self) -> Columns:
        found, seen = _empty("items"), set[str]()
        for row in self._rows("items"):
            name, lead = self._id("item", seen), _text(row.get("lead"))
            units = _texts(row.get("units") or row.get("unit") or lead)
            joint = self._one_of("joint", ("0", "1"), "0")
            self._check_item(name, lead, units, joint)
            if name is not None:
                self.item_units[name] = units
            lead = units[0] if len(units) == 1 else lead
            routine = self._one_of("routine", ("0", "1"), "0")
            _add(found, name, self._word("kind"), self._word("class"), routine, joint, lead, units)
        return found

    def _check_item(self, name: str | None, lead: str | None, units: list[str], joint: str | None) -> None:
        if not units:
            self._fault("units", f"稿件“{name}”没有写明报送部门，请补上。")
        for unit in units:
            self._known_unit("units", unit)
        if lead is not None and lead not in units:
            self._fault("lead", f"牵头部门“{lead}”不在本稿件的部门里，请改正。")
        if joint == "0" and len(units) > 1:
            self._fault("joint", f"稿件“{name}”列了多个部门，却没有标明合作（joint 写 1），请改正。")

    def events(self) -> Columns:
        found, seen = _empty("events"), set[str]()
        for row in self._rows("events"):
            name, kind = self._id("event_id", seen), self._word("type")
            if name and "|" in name:
                self._fault("event_id", f"编号“{name}”里不能有“|”，请改编号。")
            ts = self._parsed("ts", _time, "不是时间，请写成 2024-06-03T09:30 这样的形式。")
            item, actor = _text(row.get("item")), _text(row.get("unit"))
            n = self._parsed("n", _positive, "不是正整数，请改正。")
            self._check_event(kind, item, actor)
            sent_up = self._one_of("sent_up", ("0", "1"), None)
            recorded = self._parsed("recorded_at", _time, "不是时间，请写成 2024-06-03T09:30 这样的形式。")
            if self.known and recorded and recorded.date() > self.known:
                continue
            value, note = _text(row.get("value")), _text(row.get("note"))
            _add(found, name, ts, kind, item, actor, value, self._word("system"), self._word("channel"),
                 sent_up, n, note)  # fmt: skip
        return found

    def _check_event(self, kind: str | None, item: str | None, actor: str | None) -> None:
        if kind is None:
            self._fault("type", "没有填写，请补上。")
        if not self._row.get("ts"):
            self._fault("ts", "没有填写，请补上。")
        if item is not None and item not in self.item_units:
            self._fault("item", f"稿件“{item}”不在稿件表里，请改正编号或补上稿件。")
        if actor is not None:
            self._known_unit("unit", actor)
        if item is None and kind in self.words.need_item:
            self._fault("item", f"这类事实（{kind}）必须写明稿件，请补上。")
        if actor is None and kind in self.words.need_unit:
            self._fault("unit", f"这类事实（{kind}）必须写明单位，请补上。")

    def authors(self) -> Columns:
        found = _empty("authors")
        totals: dict[tuple[str | None, str | None], int] = {}
        seen: set[tuple[str | None, ...]] = set()
        for row in self._rows("authors"):
            item, unit, person = (_text(row.get(column)) for column in ("item", "unit", "person"))
            if person is None:
                self._fault("person", "没有填写，请补上。")
            if item not in self.item_units:
                self._fault("item", f"稿件“{item or ''}”不在稿件表里，请改正编号或补上稿件。")
            elif unit not in self.item_units[item]:
                self._fault("unit", f"部门“{unit or ''}”不是这篇稿件的报送部门，请改正。")
            if (item, unit, person) in seen:
                self._fault("person", f"作者“{person}”在同一稿件、同一部门出现了不止一次，请合并。")
            seen.add((item, unit, person))
            weight = self._parsed("weight", _weight, "不是非负整数，请改正。")
            if not row.get("weight") and row.get("weight") != 0:
                self._fault("weight", "没有填写，请补上。")
            totals[item, unit] = totals.get((item, unit), 0) + (weight or 0)
            _add(found, item, unit, person, weight, self._pos)
        for (item, unit), total in totals.items():
            if not total:
                self._fault("weight", f"稿件“{item}”在“{unit}”的作者权重合计为零，请改正。")
        return found


def _empty(table: str) -> Columns:
    return {column: [] for column in TABLES[table]}


def _add(columns: Columns, *values: object) -> None:
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value).strip())


def _time(value: object) -> datetime:
    if isinstance(value, datetime):
        return to_local(value) if value.tzinfo else value
    if isinstance(value, date):
        return start_of_day(value)
    return parse_local(str(value))


def _positive(value: object) -> int:
    number = int(str(value).strip())
    if not 1 <= number < 10_000:
        raise ValueError(number)
    return number


def _weight(value: object) -> int:
    number = int(str(value).strip())
    if not 0 <= number < 1_000_000:
        raise ValueError(number)
    return number
