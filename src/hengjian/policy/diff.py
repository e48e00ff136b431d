"""What differs between two packs, or two versions of one, for people who read regulations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from hengjian.base.points import plain
from hengjian.policy.model import Param
from hengjian.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``what`` (pack, article, value, reading, clause, table), where, and both sides as text.

    ``effective`` is the day from which it holds, where the thing has one.
    """

    what: str
    id: str
    articles: str
    effective: str
    field: str
    before: str
    after: str


def diff(old: Pack, new: Pack) -> list[Change]:
    """All differences in the order pack, articles, values, readings, clauses, tables; empty for equal packs."""
    return [
        *_fields("pack", new.id, "", "", old.info, new.info),
        *_things("article", {a.article: a for a in old.articles}, {a.article: a for a in new.articles}),
        *_values(old.params, new.params),
        *_things("reading", old.readings, new.readings),
        *_things("clause", {c.id: c for c in old.written}, {c.id: c for c in new.written}),
        *_tables(old, new),
    ]


def _things(what: str, old: Mapping[str, BaseModel], new: Mapping[str, BaseModel]) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        articles, effective = _about(after or before)
        if before is None or after is None:
            sides = (_title(before), _title(after))
            yield Change(what, key, articles, effective, "", *sides)
        else:
            yield from _fields(what, key, articles, effective, before, after)


def _fields(
    what: str, key: str, articles: str, effective: str, old: BaseModel, new: BaseModel
) -> Iterator[Change]:
    before, after = old.model_dump(by_alias=True), new.model_dump(by_alias=True)
    for path, left, right in _leaves("", before, after):
        yield Change(what, key, articles, effective, path, _text(left), _text(right))


def _leaves(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _leaves(f"{path}.{key}".lstrip("."), old.get(key), new.get(key))
    elif old != new:
        yield path, old, new


def _values(old: Mapping[str, Param], new: Mapping[str, Param]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        left, right = old.get(name), new.get(name)
        before = {(v.since, v.known): v for v in left.values} if left else {}
        after = {(v.since, v.known): v for v in right.values} if right else {}
        for key in sorted({*before, *after}, key=lambda k: (k[0], k[1] or date.min)):
            a, b = before.get(key), after.get(key)
            if a == b:
                continue
            article = next((v.article for v in (b, a) if v and v.article), "") or _article(right or left)
            field = "value" if key[1] is None else f"value（{key[1].isoformat()} 起知道）"
            sides = (_number(a.value) if a else "", _number(b.value) if b else "")
            yield Change("value", name, article, key[0].isoformat(), field, *sides)


def _tables(old: Pack, new: Pack) -> Iterator[Change]:
    for name in dict.fromkeys([*old.tables, *new.tables]):
        before = [tuple(row.items()) for row in old.tables.get(name, ())]
        after = [tuple(row.items()) for row in new.tables.get(name, ())]
        for row in (row for row in before if row not in after):
            yield Change("table", name, "", "", "row", _row(row), "")
        for row in (row for row in after if row not in before):
            yield Change("table", name, "", "", "row", "", _row(row))


def _article(param: Param | None) -> str:
    return param.article if param else ""


def _about(thing: Any) -> tuple[str, str]:
    cited = getattr(thing, "articles", ()) or (getattr(thing, "article", ""),)
    since = getattr(thing, "since", None)
    return "、".join(item for item in cited if item), since.isoformat() if since else ""


def _title(thing: Any) -> str:
    if thing is None:
        return ""
    return next(str(getattr(thing, name)) for name in ("title", "question", "gist") if hasattr(thing, name))


def _row(row: tuple[tuple[str, str], ...]) -> str:
    return "；".join(f"{name}={value}" for name, value in row)


def _number(value: Decimal | None) -> str:
    return "（结束）" if value is None else plain(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (tuple, list)):
        return "、".join(_text(item) for item in value)
    if isinstance(value, dict):
        return "；".join(f"{key}={_text(item)}" for key, item in value.items())
    return str(value)
