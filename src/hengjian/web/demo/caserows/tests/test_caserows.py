"""The invented cases: the same from the same seed, no future in the books, whole links, mistakes the rules find."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from hengjian.casedata.check import Options, check
from hengjian.casedata.rules.load import load_rules
from hengjian.policy import load_pack
from hengjian.web.demo.caserows import Cases, CourtPlan, Plan, Surge, make_cases
from hengjian.web.demo.caserows.slips import KINDS

DEPARTMENTS = {group: (group,) for group in ("filing", "civil", "criminal", "admin", "execution")}
COURTS = (
    CourtPlan("鲁90", "江岚省高级人民法院", "high", "", 20, 1.0, DEPARTMENTS),
    CourtPlan("鲁91", "澜州市中级人民法院", "intermediate", "鲁90", 100, 1.0, DEPARTMENTS),
    CourtPlan("鲁9101", "清岚县人民法院", "basic", "鲁91", 1500, 12.0, DEPARTMENTS),
    CourtPlan("鲁9102", "澜东区人民法院", "basic", "鲁91", 900, 1.0, DEPARTMENTS),
)
LAST = date(2026, 10, 31)
PLAN = Plan(COURTS, date(2024, 11, 1), LAST, 7, ("鲁9102", date(2026, 9, 14)))
ARROW = {"DATE": pa.date32(), "INTEGER": pa.int32(), "VARCHAR": pa.string()}


@pytest.fixture(scope="module")
def cases() -> Cases:
    return make_cases(PLAN)


def test_the_same_seed_gives_the_same_rows(cases: Cases) -> None:
    assert make_cases(PLAN).as_of(LAST).equals(cases.as_of(LAST))
    other = Plan(COURTS, PLAN.first, LAST, 8)
    assert not make_cases(other).as_of(LAST).equals(cases.as_of(LAST))


def test_a_surge_adds_its_cases_to_that_month_of_that_court_only(cases: Cases) -> None:
    surge = Surge("鲁9102", "民初", date(2026, 6, 1), date(2026, 6, 30), 200)
    more = make_cases(Plan(COURTS, PLAN.first, LAST, 7, surges=(surge,)))

    def filed(found: Cases, court: str, month: str) -> int:
        columns = found.columns
        there = (columns["court"] == court) & (columns["case_type"] == "民初")
        return int(np.sum(there & (columns["accepted_on"].astype("M8[M]") == np.datetime64(month))))

    assert filed(more, "鲁9102", "2026-06") - filed(cases, "鲁9102", "2026-06") in range(170, 231)
    assert abs(filed(more, "鲁9101", "2026-06") - filed(cases, "鲁9101", "2026-06")) < 40


def test_the_books_hold_nothing_that_has_not_happened(cases: Cases) -> None:
    day = date(2026, 3, 15)
    rows = cases.as_of(day)
    for name in ("accepted_on", "closed_on", "decided_on", "hearing_on", "archived_on", "updated_on"):
        assert pc.max(rows[name]).as_py() <= day, name
    unclosed = rows.filter(pc.is_null(rows["closed_on"]))
    assert pc.all(pc.is_null(unclosed["closing_manner"])).as_py()


def test_an_appeal_names_a_case_of_the_court_below(cases: Cases) -> None:
    columns = cases.columns
    second = np.flatnonzero(columns["instance"] == "二审")
    assert len(second) > 50
    above = {court.code: court.parent for court in COURTS}
    place = {case: row for row, case in enumerate(columns["case_id"])}
    for row in second:
        first = place[columns["origin_case_id"][row]]
        assert columns["case_no"][first] == columns["origin_case_no"][row]
        assert above[columns["court"][first]] == columns["court"][row]
        assert columns["decided_on"][first] < columns["accepted_on"][row]


def test_february_is_quiet_and_december_closes_much(cases: Cases) -> None:
    months = cases.columns["accepted_on"].astype("datetime64[M]").astype(int) % 12
    counts = np.bincount(months, minlength=12)
    assert counts[1] == counts.min()


def _found(cases: Cases, folder: Path) -> set[tuple[str, str]]:
    rows = cases.as_of(LAST)
    for item in load_pack("shandong").tables["case_items"]:
        if item["key"] not in rows.column_names:  # the maker leaves some items empty
            kind = ARROW.get(item["type"], pa.decimal128(18, 2))
            rows = rows.append_column(item["key"], pa.nulls(rows.num_rows, kind))
    pq.write_table(rows, folder / "rows.parquet")
    pq.write_table(rows.select(["case_no"]), folder / "cases.parquet")
    pq.write_table(pa.table({"code": [court.code for court in COURTS]}), folder / "courts.parquet")
    refs = {"cases": folder / "cases.parquet", "court_codes": folder / "courts.parquet"}
    loaded = load_rules([load_pack("shandong").folder / "rules"])
    options = Options(key="case_id", refs=refs, as_of=LAST)
    report = check(folder / "rows.parquet", loaded, folder / "out", options, lambda _: None)
    assert not report.refused
    found = pq.read_table(folder / "out" / "findings.parquet")
    return set(zip(found["case_id"].to_pylist(), found["rule_id"].to_pylist(), strict=True))


def test_every_mistake_that_stands_is_found_by_its_rule(cases: Cases, tmp_path: Path) -> None:
    found = _found(cases, tmp_path)
    limit = np.datetime64(LAST)
    slips, columns = cases.slips, cases.columns
    standing = np.isnat(slips.mended) | (slips.mended > limit)
    wanted = [
        (str(columns["case_id"][row]), KINDS[kind].rule)
        for row, kind in zip(slips.row[standing], slips.kind[standing], strict=True)
        if columns[KINDS[kind].on][row] <= limit and columns["entered_on"][row] <= limit
    ]
    assert len({rule for _, rule in wanted}) > 30
    missed = [one for one in wanted if one not in found]
    assert len(missed) <= 0.03 * len(wanted), missed[:10]


def test_without_mistakes_the_rules_find_nothing(tmp_path: Path) -> None:
    cases = make_cases(PLAN)
    cases.slips.mended[:] = np.datetime64("1970-01-01")
    assert _found(cases, tmp_path) == set()
