"""Rules over versions of the store: past versions, only what changed, and the cases a change elsewhere alters."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.base.errors import HengjianError
from hengjian.casedata.check import Options
from hengjian.casedata.engine.threads import one_thread
from hengjian.casedata.rules.load import Loaded, read_rules
from hengjian.casedata.store import Column, Store
from hengjian.casedata.stored import Dataset, check_stored

RULES = """
- {id: negative, title: t, fails_when: amount < 0}
- {id: twice, title: t, fails_when: duplicate(no)}
- {id: nowhere, title: t, fails_when: "unknown(origin, cases.no)"}
- {id: pair, title: t, fails_when: "duplicate(no, amount)"}
- {id: both, title: t, fails_when: "amount > 7 AND (duplicate(origin) OR unknown(no, cases.origin))"}
"""
AT = datetime(2024, 1, 2, 3, 4)
Pairs = set[tuple[str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "store")
    names = {"case_id": "VARCHAR", "no": "VARCHAR", "origin": "VARCHAR", "amount": "INTEGER"}
    store.create("cases", [Column(name, kind) for name, kind in names.items()])
    return store


def _put(store: Store, *rows: tuple[Any, ...]) -> int:
    table = pa.table(dict(zip(("case_id", "no", "origin", "amount"), zip(*rows, strict=True), strict=True)))
    return (
        store.merge("cases", table, key="case_id", at=AT, author="a", message="m").version or store.latest()
    )


def _check(
    store: Store, out: Path, version: int | None = None, since: int | None = None, rules: str = RULES
) -> tuple[Pairs, Pairs]:
    loaded: Loaded = read_rules(rules, "r.yaml")
    report = check_stored(store, Dataset("cases", version), loaded, out, Options(), lambda _: None, since)
    assert not report.refused
    found = pq.read_table(out / "findings.parquet").to_pydict()
    judged = judged_in(out, [row["rule_id"] for row in report.summary]) if since is not None else set()
    return set(zip(found["case_id"], found["rule_id"], strict=True)), judged


def judged_in(out: Path, rules: list[object]) -> Pairs:
    """Cases and rules an incremental run has an answer for."""
    cases = pq.read_table(out / "judged.parquet")["case_id"].to_pylist()
    partners = pq.read_table(out / "partners.parquet").to_pylist()
    return {(case, str(rule)) for case in cases for rule in rules} | {
        (row["case_id"], row["rule_id"]) for row in partners
    }


def test_a_past_version_is_checked_as_it_was(store: Store, tmp_path: Path) -> None:
    first = _put(store, ("a", "1", None, -5), ("b", "2", None, 5))
    _put(store, ("a", "1", None, 5))
    assert _check(store, tmp_path / "now")[0] == set()
    assert _check(store, tmp_path / "then", version=first)[0] == {("a", "negative")}


def test_partners_of_a_change_are_judged_again(store: Store, tmp_path: Path) -> None:
    first = _put(store, ("a", "1", None, 5), ("b", "1", None, 6), ("c", "3", "9", 7), ("d", "4", "4", 7))
    _put(store, ("b", "9", None, 6))  # a is unique now, and what c refers to is there
    found, judged = _check(store, tmp_path / "out", since=first)
    assert {case for case, _ in judged} == {"a", "b", "c"}
    assert ("a", "twice") in judged and ("a", "negative") not in judged
    assert found == set()


def test_nothing_changed_judges_nothing(store: Store, tmp_path: Path) -> None:
    first = _put(store, ("a", "1", None, -5))
    assert _check(store, tmp_path / "out", since=first) == (set(), set())


ONE_QUESTION = "".join(line + "\n" for line in RULES.strip().splitlines()[:2])
ONE_REFERENCE = "- {id: nowhere, title: t, fails_when: 'unknown(origin, cases.no)'}"
NO_QUESTION = "- {id: negative, title: t, fails_when: amount < 0}"


@pytest.mark.parametrize("rules", [RULES, RULES, ONE_QUESTION, ONE_REFERENCE, NO_QUESTION])
def test_incremental_and_full_runs_always_agree(
    store: Store, tmp_path: Path, rules: str, request: pytest.FixtureRequest
) -> None:
    """Several versions between two runs, columns left out, the store compacted in between."""
    rng = random.Random(request.node.name)
    standing: Pairs = set()
    since = store.latest()
    for turn in range(4):
        for _ in range(rng.randint(1, 3)):
            keys = rng.sample(range(30), 6)
            letters = ["1", "2", "3", "4", "5", "6", None]
            _put(
                store,
                *((f"k{k}", rng.choice(letters), rng.choice(letters), rng.randint(-3, 9)) for k in keys),
            )
        if turn == 2:
            store.compact(at=AT)
        found, judged = _check(store, tmp_path / f"i{turn}", since=since, rules=rules)
        assert found <= judged
        standing = (standing - judged) | found
        assert standing == _check(store, tmp_path / f"f{turn}", rules=rules)[0]
        since = store.latest()


def test_a_reference_file_named_as_the_data_is_no_partner(store: Store, tmp_path: Path) -> None:
    first = _put(store, ("a", "1", "7", 5))
    _put(store, ("b", "2", "1", 5))
    (tmp_path / "cases.csv").write_text("no\n7\n", "utf-8")
    rule = read_rules("- {id: nowhere, title: t, fails_when: 'unknown(origin, cases.no)'}", "r.yaml")
    options = Options(refs={"cases": tmp_path / "cases.csv"})
    check_stored(store, Dataset("cases"), rule, tmp_path, options, lambda _: None, first)
    assert pq.read_table(tmp_path / "findings.parquet").to_pylist() == [
        {"case_id": "b", "rule_id": "nowhere"}
    ]


def test_a_reference_file_that_changed_is_read_again(store: Store, tmp_path: Path) -> None:
    _put(store, ("a", "1", "7", 5))
    file = tmp_path / "known.csv"
    rule = read_rules("- {id: nowhere, title: t, fails_when: 'unknown(origin, known.no)'}", "r.yaml")
    found = []
    for text in ("no\n7\n", "no\n8\n", "no\n7\n"):
        file.write_text(text, "utf-8")
        options = Options(refs={"known": file})
        found.append(check_stored(store, Dataset("cases"), rule, tmp_path, options, lambda _: None).failed)
    assert found == [0, 1, 0]


@pytest.mark.parametrize("few", [True, False])
def test_one_thread_is_only_lent(few: bool) -> None:
    with duckdb.connect(config={"threads": 3}) as con:
        with pytest.raises(KeyError), one_thread(con, when=few):
            assert con.execute("SELECT current_setting('threads')").fetchone() == (1 if few else 3,)
            raise KeyError
        assert con.execute("SELECT current_setting('threads')").fetchone() == (3,)


def test_an_unknown_dataset_or_version_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(HengjianError):
        check_stored(store, Dataset("nothing"), Loaded(), tmp_path, Options(), lambda _: None)
    with pytest.raises(HengjianError):
        check_stored(store, Dataset("cases", 999), Loaded(), tmp_path, Options(), lambda _: None)


DAILY = """
import sys
from pathlib import Path
from hengjian.casedata.check import Options
from hengjian.casedata.rules.load import read_rules
from hengjian.casedata.store import Store
from hengjian.casedata.stored import Dataset, check_stored
folder = Path(sys.argv[1])
rules = read_rules(sys.argv[2], "r.yaml")
options = Options(refs={"known": folder / "known.csv"})
report = check_stored(Store.open(folder / "store"), Dataset("cases", None), rules, folder, options, print, None)
print([row["failed"] for row in report.summary], "pandas" in sys.modules)
"""


def test_the_daily_check_does_not_wait_for_pandas(store: Store, tmp_path: Path) -> None:
    """It is installed beside (statistics needs it) and costs 0.2 s to import: a fifth of the check of a million rows."""
    assert find_spec("pandas")
    _put(store, ("a", "n1", "n1", -1), ("b", "n1", "x", 8))
    (tmp_path / "known.csv").write_text("no,name\nn1,\n,x\n", "utf-8")
    rules = RULES + '- {id: strange, title: t, fails_when: "unknown(origin, known.no)"}'
    asked = [sys.executable, "-c", DAILY, str(tmp_path), rules]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[1, 2, 1, 0, 0, 1] False"
