"""Compare the facts of a document with one row of a record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from hengjian.extract.compare import people, same, values
from hengjian.extract.compare.structures import (
    compare_fees,
    compare_payments,
    compare_sentence,
    compare_structure,
)
from hengjian.extract.reference import rows

COLUMNS = ("id", "field", "recorded", "extracted", "start", "end", "note")
Facts = dict[str, Any]
Difference = tuple[str, str, str | None, str]  # recorded, extracted, pointer, note


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One cell of the record that the document contradicts, with the place in its text."""

    id: str
    field: str
    recorded: str
    extracted: str
    start: int | None
    end: int | None
    note: str


@cache
def fields_by_column() -> Mapping[str, str]:
    """Column → field: names of the contract, Chinese names of record forms."""
    return {row["column"]: row["field"] for row in rows("columns")}


def unknown_columns(header: Iterable[str]) -> list[str]:
    """Columns that nothing is known to compare with."""
    return [name for name in header if name and name != "id" and _field(name) is None]


def compare(facts: Facts, record: Mapping[str, str]) -> list[Mismatch]:
    """All differences of a row. An empty cell, or a fact the document does not print, is no difference.

    >>> facts = {"id": "1", "clerk": "魏记", "spans": {"/clerk": [5, 7]}}
    >>> compare(facts, {"id": "1", "书记员": "卫记"})
    [Mismatch(id='1', field='书记员', recorded='卫记', extracted='魏记', start=5, end=7, note='只差一个字')]
    """
    found = []
    for column, cell in record.items():
        field = _field(column) if column else None
        if field is None or not isinstance(cell, str) or not cell.strip():
            continue
        for recorded, extracted, pointer, note in _differences(field, cell.strip(), facts, record):
            start, end = facts["spans"].get(pointer, (None, None)) if pointer else (None, None)
            found.append(Mismatch(str(facts["id"]), column, recorded, extracted, start, end, note))
    return found


def _field(column: str) -> str | None:
    name = column.strip()
    known = fields_by_column().get(name)
    if known:
        return known
    pointer = "/" + name.replace("[", "/").replace("]", "").replace(".", "/").strip("/")
    return pointer if "/" in pointer[1:] else None


def _differences(field: str, cell: str, facts: Facts, record: Mapping[str, str]) -> Iterator[Difference]:
    if field.startswith("/"):
        yield from compare_structure(field, cell, facts)
    elif cell[0] in "[{" and field in (
        "parties",
        "judges",
        "payments",
        "sentences",
        "fee_borne",
        "statutes",
        "heard_on",
    ):
        yield from _json(field, cell, facts)
    elif field in _PEOPLE:
        yield from _PEOPLE[field](cell, facts)
    elif field in ("months", "probation_months", "fine_yuan", "penalty", "defendant"):
        yield from compare_sentence(field, cell, facts, record)
    elif field in ("payments", "payer", "payee"):
        yield from compare_payments(field, cell, facts)
    elif field == "fee_borne":
        yield from compare_fees(cell, facts)
    elif field in _SCALARS:
        yield from _scalar(field, cell, facts)


def _json(field: str, cell: str, facts: Facts) -> Iterator[Difference]:
    try:
        wanted = json.loads(cell)
    except ValueError:
        yield cell, "", None, "单元格不是有效的 JSON"
        return
    if field == "heard_on":
        yield from _scalar(field, "、".join(wanted), facts)
    elif field in ("parties", "judges") and all(isinstance(one, str) for one in wanted):
        yield from _PEOPLE[field]("、".join(wanted), facts)
    else:
        yield from compare_structure(f"/{field}", cell, facts)


def _scalar(field: str, cell: str, facts: Facts) -> Iterator[Difference]:
    found = facts.get(field)
    if found is None or found == []:
        return
    verdict = _SCALARS[field](cell, found, facts)
    if verdict is False:
        shown = "、".join(found) if isinstance(found, list) else str(found)
        pointer = f"/{field}/0" if isinstance(found, list) else f"/{field}"
        yield cell, shown, pointer, _note(field, cell, shown)


def _note(field: str, cell: str, shown: str) -> str:
    if field == "clerk" and same.near(cell, shown):
        return "只差一个字"
    if field in ("decided_on", "filed_on"):
        one, other = values.read_day(cell), values.read_day(shown)
        if one and other and one.month == other.day and one.day == other.month and one.year == other.year:
            return "月和日写反"
        if one is None:
            return "记录的日期不存在或无法辨认"
        return f"相差{abs((one - other).days)}天" if other else ""
    if field == "fee_yuan":
        recorded, printed = values.read_yuan(cell), values.read_yuan(shown)
        if (
            recorded
            and printed
            and recorded in (printed * 10, printed / 10, printed * 10000, printed / 10000)
        ):
            return "差一个数量级或单位"
    return ""


def _same_day(cell: str, found: str, facts: Facts) -> bool:
    day = values.read_day(cell)
    return day is not None and day.isoformat() == found


def _same_days(cell: str, found: list[str], facts: Facts) -> bool:
    return {day.isoformat() for day in values.read_days(cell)} <= set(found) and bool(values.read_days(cell))


def _same_yuan(cell: str, found: float, facts: Facts) -> bool | None:
    amount = values.read_yuan(cell)
    return None if amount is None else amount == Decimal(str(found))


def _same_cause(cell: str, found: str, facts: Facts) -> bool | None:
    charges = [count["charge"] for one in facts.get("sentences") or () for count in one["counts"]]
    whole = "、".join(dict.fromkeys((found, *charges)))
    return same.same_cause(cell, whole, facts.get("case_kind") or "", facts.get("decided_on") or "")


def _same_outcome(cell: str, found: str, facts: Facts) -> bool | None:
    known = {
        "支持",
        "部分支持",
        "驳回诉讼请求",
        "驳回起诉",
        "准予撤诉",
        "准予离婚",
        "不准离婚",
        "维持",
        "改判",
        "部分改判",
    }
    known |= {"撤销发回重审", "再审改判", "驳回再审申请", "确认违法", "其他"}
    return cell == found if cell in known else None


_SCALARS: Mapping[str, Callable[[str, Any, Facts], bool | None]] = {
    "court": lambda cell, found, facts: same.same_court(cell, found),
    "doc_type": lambda cell, found, facts: (
        values.plain(cell).removesuffix("书").endswith(found.removesuffix("书"))
    ),
    "case_no": lambda cell, found, facts: values.read_case_no(cell) == values.read_case_no(found),
    "case_kind": lambda cell, found, facts: values.plain(cell).startswith(found),
    "procedure": lambda cell, found, facts: same.same_procedure(cell, found),
    "cause": _same_cause,
    "decided_on": _same_day,
    "filed_on": _same_day,
    "heard_on": _same_days,
    "clerk": lambda cell, found, facts: any(
        same.same_person(name, found) for name in values.read_names(cell)
    ),
    "outcome": _same_outcome,
    "fee_yuan": _same_yuan,
}


def _named(
    places: Callable[[Facts], list[people.Place]], *, whole: bool
) -> Callable[[str, Facts], Iterator[Difference]]:
    def find(cell: str, facts: Facts) -> Iterator[Difference]:
        found = places(facts)
        if not found:
            return
        for recorded, other in people.differing(values.read_names(cell), found, whole=whole):
            shown = other[0] if other else "、".join(name for name, _ in found)
            note = "文书中没有此人" if not other else "记录漏了此人" if not recorded else ""
            if recorded and other and same.near(recorded, other[0]):
                note = "只差一个字"
            yield recorded or cell, shown, other[1] if other else found[0][1], note

    return find


def _sided(side: str) -> Callable[[str, Facts], Iterator[Difference]]:
    """Names of one side: those the document lacks, and those it has on another side."""
    missing = _named(people.parties_of, whole=False)

    def find(cell: str, facts: Facts) -> Iterator[Difference]:
        yield from missing(cell, facts)
        own = people.parties_of(facts, side)
        for name in values.read_names(cell) if own else ():
            elsewhere = [one for one in people.parties_of(facts) if same.same_person(name, one[0])]
            if elsewhere and not any(same.same_person(name, one[0]) for one in own):
                pointer = elsewhere[0][1]
                role = facts["parties"][int(pointer.split("/")[2])]["role"]
                yield name, f"{role}{elsewhere[0][0]}", pointer, "文书中是另一方"

    return find


_PEOPLE: Mapping[str, Callable[[str, Facts], Iterator[Difference]]] = {
    "parties": _named(people.parties_of, whole=True),
    "first": _sided("first"),
    "second": _sided("second"),
    "third": _sided("third"),
    "judges": _named(people.judges_of, whole=False),
    "presiding": _named(lambda facts: people.judges_of(facts, chief=True), whole=False),
    "members": _named(people.judges_of, whole=False),
}
