"""Facts as one row of a case record: the values a clerk would otherwise type, each with its place in the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hengjian.extract.compare import compare
from hengjian.extract.compare.people import parties_of
from hengjian.extract.reference import rows

Facts = Mapping[str, Any]
_KINDS = ("判决书", "裁定书", "调解书", "决定书", "通知书")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a record beside the document. ``value`` is empty where the document does not print it."""

    item: str
    value: str
    recorded: str
    start: int | None
    end: int | None
    differs: bool
    note: str = ""


def entries(facts: Facts, record: Mapping[str, str]) -> list[Entry]:
    """Every item the document or the record knows, in the order of ``reference/entries.csv``.

    ``record``: item → text as the record holds it; what is missing or empty is no difference. Where a document
    punishes several defendants, one row cannot hold their terms: those items are left to the reader.
    """
    spans = facts["spans"]
    found = []
    for row in rows("entries"):
        value, pointer = _value(row["facts"], dict(facts))
        recorded = record.get(row["item"], "").strip()
        if not value and not recorded:
            continue
        wrong = compare(dict(facts), {row["column"]: recorded}) if recorded and value else []
        start, end = spans.get(pointer, (None, None))
        note = "；".join(dict.fromkeys(one.note for one in wrong if one.note))
        found.append(Entry(row["item"], value, recorded, start, end, bool(wrong), note))
    return found


def _value(wanted: str, facts: dict[str, Any]) -> tuple[str, str]:
    """Value as text and the pointer of its place."""
    if wanted.startswith("side:"):
        names = parties_of(facts, wanted.removeprefix("side:"))
        return "、".join(dict.fromkeys(name for name, _ in names)), names[0][1] if names else ""
    if wanted == "presiding":
        return _presiding(facts)
    if wanted == "doc_kind":
        title = facts.get("doc_type") or ""
        return next((kind for kind in _KINDS if title.endswith(kind)), ""), "/doc_type"
    if wanted.endswith("/counts/*/charge"):
        return _charges(facts)
    if wanted.startswith("/sentences/0/") and len(facts.get("sentences") or ()) != 1:
        return "", ""
    value: Any = facts
    for key in wanted.strip("/").split("/"):
        try:
            value = value[int(key)] if isinstance(value, list) else value[key]
        except (IndexError, KeyError, TypeError):
            return "", ""
    pointer = wanted if wanted in facts["spans"] else wanted.rsplit("/", 1)[0]
    # a punishment that was not imposed is an empty cell, not a nought
    if value in (None, 0, ""):
        return "", ""
    return _shown(value), pointer


def _shown(value: Any) -> str:
    """Every digit of a number, without an empty fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _presiding(facts: dict[str, Any]) -> tuple[str, str]:
    """A judge sitting alone presides over nobody."""
    for index, one in enumerate(facts.get("judges") or ()):
        if one["role"] == "审判长":
            return one["name"], f"/judges/{index}/name"
    return "", ""


def _charges(facts: dict[str, Any]) -> tuple[str, str]:
    found = [
        (count["charge"], f"/sentences/{i}/counts/{j}/charge")
        for i, one in enumerate(facts.get("sentences") or ())
        for j, count in enumerate(one["counts"])
    ]
    names = dict.fromkeys(name for name, _ in found)
    return "、".join(names), found[0][1] if found else ""
