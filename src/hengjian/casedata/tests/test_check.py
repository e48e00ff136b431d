"""The contract of ``hengjian data check``: files in, findings and summary out, bad rules refused by name."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hengjian.base.errors import HengjianError
from hengjian.casedata.check import Options, check
from hengjian.casedata.compile import portable
from hengjian.casedata.engine import duck
from hengjian.casedata.rules.load import load_rules

RULES = """
- {id: R1, title: 开庭早于受理, basis: S-12.1, fails_when: hearing_on < accepted_on, severity: error, owner: trial}
- {id: R2, title: 案号重复, fails_when: duplicate(case_no), severity: warning, owner: filing}
- {id: R3, title: 法院不存在, fails_when: "unknown(court, courts.code)", owner: filing}
- {id: R4, title: 身份号码, fails_when: bad_resident_id(party_id), owner: filing}
- {id: R5, title: 标的, fails_when: amount <= 0, owner: execution}
"""
ROWS = {
    "case_id": ["a", "b", "c", "d"],
    "case_no": ["1", "1", None, "2"],
    "accepted_on": [date(2023, 1, 2), date(2023, 1, 2), None, date(2023, 1, 2)],
    "hearing_on": [date(2023, 1, 1), date(2023, 1, 3), date(2023, 1, 1), None],
    "court": ["鲁0102", "鲁9999", None, "鲁0102"],
    "party_id": ["11010519491231002X", "110105194912310021", None, "11010519491231002X"],
    "amount": [1.5, 0.0, None, -1.0],
}
EXPECTED = {("a", "R1"), ("a", "R2"), ("b", "R2"), ("b", "R3"), ("b", "R4"), ("b", "R5"), ("d", "R5")}


def _run(tmp_path: Path, source: Path, rules: str = RULES, **options: Any) -> tuple[set[Any], Any, list[str]]:
    said: list[str] = []
    (tmp_path / "rules.yaml").write_text(rules, "utf-8")
    (tmp_path / "courts.csv").write_text("code\n鲁0102\n\n", "utf-8")
    loaded = load_rules([tmp_path / "rules.yaml"])
    options.setdefault("refs", {"courts": tmp_path / "courts.csv"})
    report = check(source, loaded, tmp_path / "out", Options(**options), said.append)
    found = pq.read_table(tmp_path / "out" / "findings.parquet").to_pydict()
    assert set(found) == {"case_id", "rule_id"}
    return set(zip(found["case_id"], found["rule_id"], strict=True)), report, said


def _parquet(tmp_path: Path, rows: dict[str, list[Any]] = ROWS) -> Path:
    pq.write_table(pa.table(rows), tmp_path / "cases.parquet")
    return tmp_path / "cases.parquet"


def _csv(path: Path, rows: dict[str, list[Any]] = ROWS, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows)
        writer.writerows(
            ["" if cell is None else cell for cell in row] for row in zip(*rows.values(), strict=True)
        )
    return path


def test_findings_and_summary_of_a_parquet_file(tmp_path: Path) -> None:
    found, report, _ = _run(tmp_path, _parquet(tmp_path))
    assert found == EXPECTED
    assert not report.refused
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["rule_id"] for row in rows] == ["R1", "R2", "R3", "R4", "R5"]
    assert rows[1] == {
        "rule_id": "R2",
        "checked": "4",
        "failed": "2",
        "severity": "warning",
        "owner": "filing",
        "title": "案号重复",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_csv_gives_the_same_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    found, _, _ = _run(tmp_path, _csv(tmp_path / "cases.csv", encoding=encoding))
    assert found == EXPECTED


def test_a_folder_of_many_files_is_one_table(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for index in range(4):
        _csv(folder / f"{index}.csv", {name: cells[index : index + 1] for name, cells in ROWS.items()})
    assert _run(tmp_path, folder)[0] == EXPECTED


def test_codes_keep_their_leading_zeros_and_long_numbers_stay_text(tmp_path: Path) -> None:
    rows = {
        "case_id": ["007", "7", "8"],
        "code": ["0102", "102", "102"],
        "long": ["123456789012345678", "123456789012345679", "1"],
    }
    rules = """
- {id: A, title: t, fails_when: duplicate(code)}
- {id: B, title: t, fails_when: duplicate(long)}
- {id: C, title: t, fails_when: duplicate(case_id)}
- {id: D, title: t, fails_when: code = '0102'}
"""
    found, report, _ = _run(tmp_path, _csv(tmp_path / "x.csv", rows), rules)
    assert not report.refused
    assert found == {("7", "A"), ("8", "A"), ("007", "D")}


def test_a_value_that_is_no_day_is_read_as_missing_and_said(tmp_path: Path) -> None:
    rows = {
        "case_id": [str(n) for n in range(100_002)],
        "a": ["2023-01-02"] * 100_001 + ["someday"],
        "b": ["2023-01-01"] * 100_002,
    }
    found, _, said = _run(tmp_path, _csv(tmp_path / "x.csv", rows), "- {id: A, title: t, fails_when: b < a}")
    assert len(found) == 100_001
    assert any("“a”有 1 个值不是日期" in line for line in said)


def test_one_bad_rule_never_hides_the_others(tmp_path: Path) -> None:
    rules = (
        RULES
        + """
- {id: B1, title: t, fails_when: missing_column > 1}
- {id: B2, title: t, fails_when: read_csv('x') > 1}
- {id: B3, title: t, fails_when: amount >}
- {id: B4, title: t, fails_when: "unknown(court, nowhere.code)"}
- {id: B5, title: t, fails_when: amount}
- {id: B6, title: t, fails_when: CAST(case_no AS DATE) < accepted_on}
- {id: R1, title: twice, fails_when: amount > 1}
- {title: no id, fails_when: amount > 1}
"""
    )
    found, report, _ = _run(tmp_path, _parquet(tmp_path), rules)
    assert found == EXPECTED
    text = [str(error) for error in report.refused]
    assert len(text) == 8
    for number, words in {7: "missing_column", 8: "read_csv", 9: "SQL", 10: "nowhere", 12: "B6"}.items():
        line = next(line for line in text if f"rules.yaml:{number + 1}:" in line)
        assert words in line, line


def test_a_missing_key_column_is_said(tmp_path: Path) -> None:
    with pytest.raises(HengjianError, match="--key"):
        _run(tmp_path, _parquet(tmp_path), key="nothing")
    found, _, _ = _run(
        tmp_path, _parquet(tmp_path), "- {id: A, title: t, fails_when: amount < 0}", key="Court"
    )
    assert found == {("鲁0102", "A")}


def test_more_rules_than_one_mask_word_holds(tmp_path: Path) -> None:
    rules = "\n".join(
        f"- {{id: N{n}, title: t, fails_when: amount {'<' if n % 2 else '>'} 0}}" for n in range(200)
    )
    found, report, _ = _run(tmp_path, _parquet(tmp_path), rules)
    assert len(report.summary) == 200
    assert found == {("d" if n % 2 else "a", f"N{n}") for n in range(200)}


def test_no_rows_and_no_findings_still_write_both_files(tmp_path: Path) -> None:
    empty = pa.table({"case_id": pa.array([], pa.string()), "amount": pa.array([], pa.float64())})
    pq.write_table(empty, tmp_path / "none.parquet")
    found, report, _ = _run(
        tmp_path, tmp_path / "none.parquet", "- {id: A, title: t, fails_when: amount < 0}"
    )
    assert found == set()
    assert report.summary[0]["checked"] == 0


def test_facts_stored_beside_a_column_are_read_instead_of_computed(tmp_path: Path) -> None:
    rows = {"case_id": ["a", "b"], "x": ["nonsense", "nonsense"], "x__bad_uscc": [True, False]}
    found, _, _ = _run(tmp_path, _parquet(tmp_path, rows), "- {id: A, title: t, fails_when: bad_uscc(x)}")
    assert found == {("a", "A")}


def test_the_day_of_the_check_is_an_argument(tmp_path: Path) -> None:
    rule = "- {id: A, title: t, fails_when: accepted_on > current_date, since: 2020-01-01, until: 2023-12-31}"
    assert len(_run(tmp_path, _parquet(tmp_path), rule, as_of=date(2023, 1, 1))[0]) == 3
    assert _run(tmp_path, _parquet(tmp_path), rule, as_of=date(2023, 1, 2))[0] == set()
    assert _run(tmp_path, _parquet(tmp_path), rule, as_of=date(2024, 1, 1))[1].summary == []


def test_reference_tables_of_the_package_are_at_hand(tmp_path: Path) -> None:
    rows = {"case_id": ["a", "b"], "nation": ["汉族", "火星族"]}
    rule = "- {id: A, title: t, fails_when: 'unknown(nation, nations.name)'}"
    assert _run(tmp_path, _parquet(tmp_path, rows), rule)[0] == {("b", "A")}


def test_a_check_standing_alone_is_judged_as_inside_a_condition(tmp_path: Path) -> None:
    """Judged outside the query, in any word of the masks; a column of numbers and a part of a condition within it."""
    rows = {
        **ROWS,
        "code": ["91110000600037341L", "911100006000373411", None, "x"],
        "number": [1, 2, None, 3],
    }
    alone = ["bad_resident_id(party_id)", "(BAD_USCC(Code))", "bad_resident_id(party_id)", "bad_uscc(number)"]
    texts = ["amount <= -9"] * 60 + alone + [f"{text} AND 1 = 1" for text in alone]
    rules = "\n".join(f"- {{id: R{n}, title: t, fails_when: {text!r}}}" for n, text in enumerate(texts))
    found, report, _ = _run(tmp_path, _parquet(tmp_path, rows), rules)
    by_rule = [{case for case, rule in found if rule == f"R{n}"} for n in range(60, 68)]
    assert by_rule[:4] == by_rule[4:] == [{"b"}, {"b", "d"}, {"b"}, {"a", "b", "d"}]
    assert len(found) == report.failed == 14


def test_rules_are_put_into_words_once_and_stay_those_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a worker keeps of a check hangs on conditions, columns with types and reference tables, on no severity."""
    duck._bound.clear()
    assert _run(tmp_path, _parquet(tmp_path))[0] == EXPECTED
    with monkeypatch.context() as patch:
        patch.setattr(portable, "generate", lambda *a: pytest.fail("said again"))
        found = _run(tmp_path, _parquet(tmp_path), RULES.replace("severity: error", "severity: warning"))[0]
    assert found == EXPECTED
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8") as file:
        assert {row["severity"] for row in csv.DictReader(file) if row["rule_id"] == "R1"} == {"warning"}
    other = _run(tmp_path, _parquet(tmp_path), RULES.replace("amount <= 0", "amount < 0"))[0]
    assert other == EXPECTED - {("b", "R5")}
    words = ROWS | {"hearing_on": [True, False, None, None]}
    found, report, _ = _run(tmp_path, _parquet(tmp_path, words))
    assert found == EXPECTED - {("a", "R1")} and "R1" in report.refused[0].message
