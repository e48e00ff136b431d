"""Facts as one row of a case record: the values a clerk would otherwise type, each with its place in the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
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
    compared: bool = True  # False: only filled in, because records count or write it in ways of their own


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
        how = row["compare"]
        wrong = compare(dict(facts), {row["column"]: recorded}) if recorded and value and not how else []
        differs = bool(wrong) or (how == "exact" and bool(recorded and value) and not _same(value, recorded))
        start, end = spans.get(pointer, (None, None))
        note = "；".join(dict.fromkeys(one.note for one in wrong if one.note))
        found.append(Entry(row["item"], value, recorded, start, end, differs, note, how != "no"))
    return found


def _value(wanted: str, facts: dict[str, Any]) -> tuple[str, str]:
    """Value as text and the pointer of its place."""
    if wanted.startswith("only:"):
        return _only(wanted.removeprefix("only:"), facts)
    if wanted in _COUNTED:
        return _COUNTED[wanted](facts)
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


def _same(value: str, recorded: str) -> bool:
    try:
        return Decimal(value) == Decimal(recorded.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return value == recorded


def _only(wanted: str, facts: dict[str, Any]) -> tuple[str, str]:
    """A detail of a side that has one party only; a masked number is no value."""
    side, _, key = wanted.partition("/")
    pointers = {pointer.rsplit("/", 1)[0] for _, pointer in parties_of(facts, side)}
    if len(pointers) != 1:
        return "", ""
    at = next(iter(pointers))
    value = facts["parties"][int(at.rpartition("/")[2])].get(key.partition(":")[0])
    fits = _NUMBERS.get(key)
    if not value or (fits and not fits.match(value)):
        return "", ""
    return str(value), f"{at}/{key.partition(':')[0]}"


def _parties(facts: dict[str, Any]) -> tuple[str, str]:
    """How many stand in the head; no single place says it."""
    people = [one for one in facts.get("parties") or () if not one["role"].endswith("机关")]
    return (str(len(people)) if people else ""), ""


def _agents(facts: dict[str, Any]) -> tuple[str, str]:
    """Who acts by commission; a legal representative is the party itself."""
    names = {
        agent["name"]: f"/parties/{i}/representatives/{j}/name"
        for i, one in reversed(list(enumerate(facts.get("parties") or ())))
        for j, agent in enumerate(one["representatives"])
        if agent["role"].endswith(("代理人", "辩护人")) and not agent["role"].startswith("法定")
    }
    return (str(len(names)), list(names.values())[-1]) if names else ("", "")


def _awarded(facts: dict[str, Any]) -> tuple[str, str]:
    """What the document orders to be paid, as long as all of it goes to one side."""
    paid = facts.get("payments") or []
    sides = [{name for name, _ in parties_of(facts, side)} for side in ("first", "second")]
    payees = {name for one in paid for name in (one["payee"] or "?").split("、")}
    if not paid or not any(payees <= side for side in sides):
        return "", ""
    return _shown(float(sum(Decimal(str(one["yuan"])) for one in paid))), "/payments/0"


_COUNTED = {"count:parties": _parties, "count:agents": _agents, "sum:payments": _awarded}
_NUMBERS = {
    "id_no:person": re.compile(r"\d{17}[\dX]$"),
    "id_no:firm": re.compile(r"(?!\d{17}[\dX]$|.*XX)[0-9A-Z]{18}$"),
}


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
