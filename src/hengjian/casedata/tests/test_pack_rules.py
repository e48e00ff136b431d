"""Every rule of every installed pack finds the rows it must and leaves the rows it must not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.rules import Rule, load_rules
from hengjian.casedata.rules.load import read_rules
from hengjian.casedata.trials import Trial, failing_trials, read_trials
from hengjian.policy.find import packs_root

PACKS = sorted(folder.parent for folder in packs_root().glob("*/rules") if folder.is_dir())


def _items(pack: Path) -> dict[str, str]:
    with (pack / "tables" / "case_items.csv").open(encoding="utf-8") as file:
        return {row["key"]: row["type"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_every_rule_of_the_pack_keeps_its_trial_rows(pack: Path) -> None:
    loaded = load_rules([pack / "rules"])
    assert not loaded.errors
    trials = read_trials(pack / "rules" / "cases")
    assert {trial.rule for trial in trials} <= {rule.id for rule in loaded.rules}
    assert [str(error) for error in failing_trials(loaded.rules, trials, _items(pack))] == []


def test_shandong_has_rules_of_every_family_with_basis_and_owner() -> None:
    rules = load_rules([packs_root() / "shandong" / "rules"]).rules
    assert len(rules) >= 150
    assert all(rule.basis for rule in rules)
    assert {rule.owner.value for rule in rules} == {"filing", "trial", "execution"}
    assert len({rule.id.split("/")[0] for rule in rules}) >= 10


def _rule(text: str) -> Rule:
    return read_rules(f"- {{id: A, title: t, fails_when: {text}}}", "r.yaml").rules[0]


def _row(found: bool, case: str, **values: object) -> Trial:
    return Trial("A", found, case, values, Place("t.csv", 2))


def test_a_row_that_comes_out_otherwise_is_named() -> None:
    rows = [_row(True, "1", a=1), _row(False, "1", a=3), _row(True, "2", a=5)]
    errors = failing_trials([_rule("a > 2")], rows, {"a": "INTEGER"})
    assert ["没有查出" in str(error) for error in errors] == [True, False]


def test_rows_of_a_rule_about_uniqueness_are_a_table_of_their_own() -> None:
    rows = [_row(True, "1", a=1), _row(True, "2", a=1), _row(False, "1", a=1), _row(False, "2", a=2)]
    assert failing_trials([_rule("duplicate(a)")], rows, {"a": "INTEGER"}) == []


def test_a_rule_without_trial_rows_and_an_unknown_item_are_said() -> None:
    assert len(failing_trials([_rule("a > 2")], [], {"a": "INTEGER"})) == 2
    with pytest.raises(HengjianError, match="信息项里没有“b”"):
        failing_trials([_rule("a > 2")], [_row(True, "1", b=1)], {"a": "INTEGER"})
