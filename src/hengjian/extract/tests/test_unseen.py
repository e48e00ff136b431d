"""Judgments nobody has seen: facts stay the same however a document is written, and planted errors are found."""

from __future__ import annotations

from random import Random

import pytest

from hengjian.extract import extract, presiding
from hengjian.extract.compare import compare
from support.judgment_dirt import DIRT, breaks_as_commas, breaks_as_spaces, hard_wrapped, slashed_pages
from support.judgment_maker import Made, civil, criminal, read_back

SEEDS = range(40)
# a 、 put where a line was cut by its width is like any other 、
UNTELLABLE = [
    {hard_wrapped, breaks_as_commas},
    {hard_wrapped, breaks_as_spaces},
    {slashed_pages, breaks_as_commas},
]
MADE = [maker(seed) for seed in SEEDS for maker in (civil, criminal)]


@pytest.mark.parametrize("made", MADE, ids=[made.facts["case_no"] for made in MADE])
def test_what_a_document_was_made_from_is_read_out_of_it(made: Made) -> None:
    """Names, sides, amounts, days and terms are drawn; surnames are also words (于, 向, 和, 由, 应 …)."""
    assert read_back(extract(made.text), made.facts) == made.facts


@pytest.mark.parametrize("seed", range(60))
def test_two_kinds_of_dirt_together_change_no_fact(seed: int) -> None:
    dice = Random(seed)
    made = dice.choice(MADE)
    first = dice.choice(DIRT)
    second = dice.choice([one for one in DIRT if one is not first and {first, one} not in UNTELLABLE])
    text = second(first(made.text))
    assert read_back(extract(text), made.facts) == made.facts, (first.__name__, second.__name__)


def test_a_changed_document_says_what_was_changed_and_nothing_else() -> None:
    for seed in SEEDS:
        made = civil(seed)
        other = Random(seed + 1000).choice(("甲辰", "乙巳"))
        clerk = made.facts["clerk"]
        changed = extract(made.text.replace(clerk, other))
        before = extract(made.text)
        assert changed["clerk"] == other
        assert [f for f in before.keys() - {"spans", "doubts", "clerk"} if changed[f] != before[f]] == []


@pytest.mark.parametrize("made", MADE[:40], ids=[made.facts["case_no"] for made in MADE[:40]])
def test_a_true_record_raises_no_alarm_and_every_planted_error_is_found(made: Made) -> None:
    facts = extract(made.text)
    record = _record(made)
    assert compare(facts, record) == []
    for field, wrong in _spoilt(made, record).items():
        found = [one.field for one in compare(facts, record | {field: wrong})]
        assert found, (field, record[field], wrong)


def _record(made: Made) -> dict[str, str]:
    """The same said in other ways: names the other way round, the court without its province."""
    facts = made.facts
    sides = {
        side: "、".join(reversed([name for name, role in facts["parties"] if role == side]))
        for side in ("原告", "被告")
    }
    record = {
        "case_no": facts["case_no"].replace("（", "(").replace("）", ")"),
        "court": facts["court"].removeprefix("江岚省"),
        "decided_on": facts["decided_on"].replace("-", "/"),
        "clerk": facts["clerk"],
        **{side: names for side, names in sides.items() if names},
    }
    if "fee_yuan" in facts:
        record |= {"fee_yuan": f"{facts['fee_yuan']:,.2f}元", "filed_on": facts["filed_on"]}
    if facts["judges"][0][1] == "审判长":
        record["presiding"] = presiding(extract(made.text)["judges"]) or ""
    if len(facts.get("sentences", ())) == 1:
        name, months, _, fine = facts["sentences"][0]
        record |= {"被告人": name, "刑期": str(months), "罚金": str(fine)}
    return record


def _spoilt(made: Made, record: dict[str, str]) -> dict[str, str]:
    dice = Random(made.text)
    digit = str(dice.randint(1, 9))
    wrong = {
        "case_no": record["case_no"].replace("号", f"{digit}号"),
        "decided_on": f"{int(record['decided_on'][:4]) - 1}{record['decided_on'][4:]}",
        "clerk": f"{record['clerk'][0]}峰",
    }
    for field in ("fee_yuan", "刑期", "罚金"):
        if field in record:
            wrong[field] = f"{digit}{record[field]}"
    for field in ("原告", "被告"):
        if field in record:
            wrong[field] = f"{record[field][:-1]}峰"
    return wrong
