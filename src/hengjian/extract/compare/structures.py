"""Compare payments, sentences, fees and whole structures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hengjian.extract.compare import same, values

Facts = dict[str, Any]
Difference = tuple[str, str, str | None, str]
_TERMS = {"months": values.read_months, "probation_months": values.read_months, "fine_yuan": values.read_yuan}


def compare_sentence(field: str, cell: str, facts: Facts, record: Mapping[str, str]) -> Iterator[Difference]:
    """A term, fine or kind of the combined punishment: of the defendant the row names, or of the only one."""
    sentences = facts["sentences"]
    if not sentences:
        return
    if field == "defendant":
        names = [one["defendant"] for one in sentences] + [one["name"] for one in facts["parties"]]
        for name in values.read_names(cell):
            if not any(same.same_person(name, other) for other in names):
                close = next((i for i, one in enumerate(sentences) if same.near(name, one["defendant"])), 0)
                note = "只差一个字" if same.near(name, sentences[close]["defendant"]) else "文书中没有此人"
                yield name, sentences[close]["defendant"], f"/sentences/{close}/defendant", note
        return
    index = _whose(sentences, record)
    if index is None or sentences[index]["final"] is None:
        return
    final = sentences[index]["final"]
    if field == "penalty":
        if final["kind"] and values.plain(cell) != final["kind"]:
            yield cell, final["kind"], f"/sentences/{index}/final", ""
        return
    amount = _TERMS[field](cell)
    if amount is not None and amount != Decimal(str(final[field])):
        yield cell, str(final[field]), f"/sentences/{index}/final", sentences[index]["defendant"]


def _whose(sentences: list[Facts], record: Mapping[str, str]) -> int | None:
    for column in ("defendant", "被告人", "name", "姓名", "被告"):
        name = record.get(column)
        for index, one in enumerate(sentences):
            if name and same.same_person(name, one["defendant"]):
                return index
        for index, one in enumerate(sentences):
            if name and same.near(name, one["defendant"]):
                return index
    return 0 if len(sentences) == 1 else None


def compare_payments(field: str, cell: str, facts: Facts) -> Iterator[Difference]:
    """A single amount agrees with one payment or with all together."""
    payments = facts["payments"]
    if not payments:
        return
    if field in ("payer", "payee"):
        names = {name for one in payments for name in (one[field] or "").split("、")}
        for name in values.read_names(cell):
            if not any(same.same_person(name, other) for other in names):
                yield name, "、".join(sorted(names)), "/payments/0", ""
        return
    amounts = [Decimal(str(one["yuan"])) for one in payments]
    known = {*amounts, sum(amounts)}
    for part in cell.replace("；", ";").replace("、", ";").split(";"):
        amount = values.read_yuan(part)
        if amount is not None and amount not in known:
            close = min(range(len(amounts)), key=lambda i: abs(amounts[i] - amount))
            yield (
                part,
                "、".join(str(one) for one in amounts),
                f"/payments/{close}",
                _scale(amount, amounts[close]),
            )


def _scale(recorded: Decimal, printed: Decimal) -> str:
    if printed and recorded in (printed * 10, printed / 10, printed * 10000, printed / 10000):
        return "差一个数量级或单位"
    return ""


def compare_fees(cell: str, facts: Facts) -> Iterator[Difference]:
    """清岚甲公司60、乙90 against who bears how much."""
    borne = facts["fee_borne"]
    for name, yuan in borne.items():
        if name in cell and not _mentions(cell, Decimal(str(yuan))):
            yield cell, f"{name} {yuan}", "/fee_yuan", ""


def _mentions(cell: str, amount: Decimal) -> bool:
    digits = "".join(c if c.isdigit() or c == "." else " " for c in values.plain(cell)).split()
    return any(_number(word) == amount for word in digits)


def _number(word: str) -> Decimal | None:
    try:
        return Decimal(word.strip("."))
    except ArithmeticError:
        return None


def compare_structure(pointer: str, cell: str, facts: Facts) -> Iterator[Difference]:
    """A cell that holds what stands at a JSON pointer of the facts, as text or as JSON."""
    found = _at(facts, pointer)
    if found is None:
        return
    wanted: Any = cell
    if isinstance(found, list | dict):
        try:
            wanted = json.loads(cell)
        except ValueError:
            yield cell, json.dumps(found, ensure_ascii=False), pointer, "单元格不是有效的 JSON"
            return
    yield from _walk(wanted, found, pointer)


def _at(facts: Facts, pointer: str) -> Any:
    here: Any = facts
    for step in pointer.strip("/").split("/"):
        if isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, dict) and step in here:
            here = here[step]
        else:
            return None
    return here


def _walk(wanted: Any, found: Any, pointer: str) -> Iterator[Difference]:
    if isinstance(found, list) and isinstance(wanted, list):
        yield from _lists(wanted, found, pointer)
    elif isinstance(found, dict) and isinstance(wanted, dict):
        for key, value in wanted.items():
            yield from _walk(value, found.get(key), f"{pointer}/{key}")
    elif wanted in (None, "", [], {}) or found is None:
        return
    elif not _agree(wanted, found, pointer):
        yield str(wanted), str(found), _nearest(pointer), ""


def _nearest(pointer: str) -> str:
    """Spans are kept for a count or a payment as a whole."""
    parts = pointer.split("/")
    if "final" in parts:
        return "/".join(parts[: parts.index("final") + 1])
    if "counts" in parts:
        return "/".join(parts[: parts.index("counts") + 2])
    return "/".join(parts[:3]) if parts[1] in ("payments", "statutes") else pointer


def _lists(wanted: list[Any], found: list[Any], pointer: str) -> Iterator[Difference]:
    """Order is of no importance: each wanted entry is held against the found one it agrees with most."""
    free = list(range(len(found)))
    for one in wanted:
        if not free:
            yield json.dumps(one, ensure_ascii=False), "", pointer, "文书中没有这一项"
            continue
        best = min(free, key=lambda i: len(list(_walk(one, found[i], f"{pointer}/{i}"))))
        free.remove(best)
        yield from _walk(one, found[best], f"{pointer}/{best}")
    for index in free:
        yield "", json.dumps(found[index], ensure_ascii=False), f"{pointer}/{index}", "记录漏了这一项"


def _agree(wanted: Any, found: Any, pointer: str) -> bool:
    field = pointer.rsplit("/", 1)[-1]
    if isinstance(found, bool | int | float):
        reader = values.read_months if "months" in field else values.read_yuan
        amount = reader(str(wanted))
        return amount is not None and amount == Decimal(str(found))
    if field in ("name", "defendant", "payer", "payee", "clerk"):
        left, right = values.read_names(str(wanted)), values.read_names(str(found))
        return all(any(same.same_person(a, b) for b in right) for a in left) and len(left) == len(right)
    if field.endswith("_on") or "heard_on" in pointer:
        day = values.read_day(str(wanted))
        return day is not None and day.isoformat() == found
    if field == "court":
        return same.same_court(str(wanted), str(found))
    if field == "case_no":
        return values.read_case_no(str(wanted)) == values.read_case_no(str(found))
    if field == "charge":
        return str(wanted).removesuffix("罪") == str(found).removesuffix("罪")
    return same.same_text(str(wanted), str(found))
