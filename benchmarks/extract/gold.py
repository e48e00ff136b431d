"""Compare facts with what is known of a document: platform records and labels read by a person.

A platform record is not checked by anybody; ``KNOWN_WRONG`` lists where it contradicts its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hengjian.extract import presiding

Row = dict[str, Any]
# (field, expected, found, right) of one document
Verdict = tuple[str, str, str, bool]


def verdicts(row: Row, facts: Row) -> Iterator[Verdict]:
    """Everything that can be judged about one document."""
    gold = row.get("gold") or {}
    if "案号" in gold:
        yield from _platform(row, gold, facts)
    if "articles_criminal_law" in gold:
        wanted = {str(number) for number in gold["articles_criminal_law"]}
        found = {
            re.match(r"\d+", str(one["article"]))[0]  # type: ignore[index]
            for one in facts["statutes"]
            if one["law"] == "中华人民共和国刑法" and one["article"]
        }
        yield "articles", _set(wanted), _set(found), wanted == found
    if "defendants" in row:
        yield from _sentences(row, facts)
    if "outcome" in row:
        yield from _civil(row, facts)


def _platform(row: Row, gold: Row, facts: Row) -> Iterator[Verdict]:
    text = row["text"]
    for field, name in (
        ("case_no", "案号"),
        ("doc_type", "文书类型"),
        ("case_kind", "案件类型"),
        ("procedure", "庭审程序"),
    ):
        if gold[name]:
            yield field, gold[name], facts[field] or "", plain(gold[name]) == plain(facts[field] or "")
    court = facts["court"] or ""
    yield (
        "court",
        gold["法院"],
        court,
        bool(court) and (court.endswith(gold["法院"]) or gold["法院"].endswith(court)),
    )
    day = re.sub(r"(\d+)年(\d+)月(\d+)日", r"\1-\2-\3", gold["判决日期"])
    yield "decided_on", day, facts["decided_on"] or "", day == facts["decided_on"]
    if gold["书记员"]:
        clerk = re.sub(r"（.*?）", "", gold["书记员"])
        yield "clerk", clerk, facts["clerk"] or "", clerk == facts["clerk"]
    chief = presiding(facts["judges"]) or ""
    yield "presiding", gold["审判长"], chief, gold["审判长"] == chief
    wanted = {name for part in ("原告", "被告", "第三人") for name in gold[part].split("、") if name}
    found = {one["name"] for one in facts["parties"]}
    yield "parties", _set(wanted), _set(found), wanted == found
    cause = gold["案由"].removesuffix("罪")
    if cause and cause in text:
        said = (facts["cause"] or "").split("、")
        right = cause == (facts["cause"] or "").removesuffix("罪") or cause in {
            one.removesuffix("罪") for one in said
        }
        yield "cause", gold["案由"], facts["cause"] or "", right


def _sentences(row: Row, facts: Row) -> Iterator[Verdict]:
    found = {one["defendant"]: one for one in facts["sentences"]}
    for wanted in row["defendants"]:
        mine = found.get(wanted["name"]) or {"final": None, "counts": []}
        final, counts = str(wanted["final"]), str(wanted["counts"])
        yield "sentence", final, str(mine["final"]), wanted["final"] == mine["final"]
        yield "counts", counts, str(mine["counts"]), wanted["counts"] == mine["counts"]


def _civil(row: Row, facts: Row) -> Iterator[Verdict]:
    yield "outcome", row["outcome"], facts["outcome"] or "", row["outcome"] == facts["outcome"]
    yield "payments", str(row["payments"]), str(facts["payments"]), row["payments"] == facts["payments"]
    yield "fee_yuan", str(row["fee_yuan"]), str(facts["fee_yuan"]), row["fee_yuan"] == facts["fee_yuan"]
    yield "fee_borne", str(row["fee_borne"]), str(facts["fee_borne"]), row["fee_borne"] == facts["fee_borne"]


def plain(value: str) -> str:
    """Brackets of either width are the same.

    >>> plain("(2018)陕08刑终17号")
    '（2018）陕08刑终17号'
    """
    return value.translate(str.maketrans("()〔〕", "（）（）")).strip()


def _set(names: set[str]) -> str:
    return "、".join(sorted(names))
