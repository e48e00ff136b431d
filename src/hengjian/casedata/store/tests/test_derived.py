"""Facts beside their columns: for the rows there, for rows that come, and the same findings as without."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.casedata.check import Options
from hengjian.casedata.rules.load import read_rules
from hengjian.casedata.store import Column, Store
from hengjian.casedata.store.derived import facts_of
from hengjian.casedata.stored import Dataset, check_stored

AT = datetime(2024, 1, 2)
RULES = read_rules(
    """
- {id: A, title: t, fails_when: bad_resident_id(rid) AND amount > 0}
- {id: B, title: t, fails_when: bad_case_no(trim(no))}
""",
    "r.yaml",
)
GOOD, BAD = "11010519491231002X", "110105194912310021"


def _put(store: Store, **cells: list[object]) -> None:
    store.merge("cases", pa.table(cells), key="case_id", at=AT, author="a", message="m")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "store")
    names = {"case_id": "VARCHAR", "rid": "VARCHAR", "no": "VARCHAR", "amount": "INTEGER"}
    store.create("cases", [Column(name, kind) for name, kind in names.items()])
    _put(store, case_id=["a", "b", "c"], rid=[GOOD, BAD, None], no=["x", None, None], amount=[1, 1, 1])
    return store


def test_only_facts_of_a_column_as_it_is_are_kept() -> None:
    assert facts_of(RULES.rules) == [("rid", "bad_resident_id")]


def test_rows_there_and_rows_that_come_have_their_facts(store: Store, tmp_path: Path) -> None:
    assert store.keep_facts("cases", facts_of(RULES.rules), at=AT, author="a") == ["rid__bad_resident_id"]
    assert store.keep_facts("cases", [("missing", "bad_uscc")], at=AT, author="a") == []
    _put(store, case_id=["a", "d"], rid=[BAD, GOOD])
    _put(store, case_id=["b"], amount=[7])  # the fact stays with the value that stays
    rows = store.read("cases", columns=("case_id", "rid__bad_resident_id")).to_pydict()
    facts = dict(zip(rows["case_id"], rows["rid__bad_resident_id"], strict=True))
    assert facts == {"a": True, "b": True, "c": None, "d": False}
    check_stored(store, Dataset("cases"), RULES, tmp_path / "out", Options(), lambda _: None)
    found = pq.read_table(tmp_path / "out" / "findings.parquet").to_pydict()
    assert set(zip(found["case_id"], found["rule_id"], strict=True)) == {("a", "A"), ("b", "A"), ("a", "B")}


def test_the_same_rows_again_make_no_version(store: Store) -> None:
    store.keep_facts("cases", facts_of(RULES.rules), at=AT, author="a")
    version = store.latest()
    _put(store, case_id=["a"], rid=[GOOD])
    assert store.latest() == version
