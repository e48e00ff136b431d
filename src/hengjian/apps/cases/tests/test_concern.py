"""The items of a rule and its condition in their labels."""

from __future__ import annotations

from hengjian.apps.cases.concern import concerned, in_words
from hengjian.apps.cases.dictionary import CaseItem
from hengjian.base.errors import Place
from hengjian.casedata.rules.model import Owner, Rule, Severity

LABELS = {"closed_on": "结案日期", "accepted_on": "立案日期", "court": "经办法院代字", "state": "状态"}
KNOWN = {key: CaseItem(key, label, "DATE", "", "", "", "", "", "") for key, label in LABELS.items()}


def rule(text: str) -> Rule:
    return Rule("r", "标题", text, Severity.ERROR, Owner.TRIAL, Place("r.yaml", 1))


def test_items_stand_in_the_order_of_the_condition() -> None:
    assert concerned(rule("closed_on < accepted_on"), KNOWN) == ["closed_on", "accepted_on"]


def test_a_key_inside_another_word_a_text_or_another_table_is_no_item() -> None:
    found = concerned(rule("unknown(court, courts.state) AND accepted_on_text = 'closed_on'"), KNOWN)
    assert found == ["court"]


def test_labels_stand_for_keys_and_texts_stay() -> None:
    told = in_words(rule("closed_on < accepted_on AND state <> 'court'"), KNOWN)
    assert told == "结案日期 < 立案日期 AND 状态 <> 'court'"


def test_a_rule_out_of_use_concerns_nothing() -> None:
    assert concerned(None, KNOWN) == []
