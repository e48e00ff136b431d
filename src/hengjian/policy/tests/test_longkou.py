"""The Longkou pack as a whole: nothing of the text is left out."""

import csv
import os
import time
from pathlib import Path

import pytest

from hengjian.base.articles import ArticleRef
from hengjian.policy import load_pack
from hengjian.policy.coverage import coverage
from hengjian.policy.lint import lint

SHARED = Path(os.environ.get("HENGJIAN_SHARED", Path(__file__).parents[5] / "shared"))


@pytest.fixture(scope="module")
def longkou():
    return load_pack("longkou")


def test_all_28_articles_are_accounted_for(longkou):
    rows = coverage(longkou)
    assert [row.article for row in rows] == [str(n) for n in range(1, 29)]
    assert [row.article for row in rows if row.gap] == []


def test_confidential_reports_never_reach_the_departments_or_the_intranet(longkou):
    outlet = longkou.term("outlet", "special")
    assert outlet.attrs["intranet"] is False
    assert "departments" not in outlet.attrs["audience"]


def test_every_subtype_has_a_clock(longkou):
    clocks = {
        value for duty in longkou.clauses_of("duty") for value in duty.applies_to.get("deadline_class", ())
    }
    for term in longkou.vocabulary("subtype"):
        assert term.attrs["deadline_class"] in clocks


def test_every_importance_has_one_flow(longkou):
    flows = longkou.clauses_of("flow")
    for term in longkou.vocabulary("importance"):
        found = [flow.id for flow in flows if term.key in flow.applies_to.get("importance", ())]
        assert len(found) == 1, term.key


def test_all_readings_of_the_register_are_there(longkou):
    assert [f"R{n:02}" for n in range(1, 29)] == [key for key in longkou.readings if key.startswith("R")]


def test_every_ambiguity_of_the_text_is_a_reading_or_a_finding(longkou):
    told = {r.ambiguity for r in longkou.readings.values()} | {f.ambiguity for f in longkou.findings}
    assert {f"A{n}" for n in range(1, 14)} <= told


def test_every_option_of_every_reading_can_be_taken(longkou):
    for reading in longkou.readings.values():
        for option in reading.options:
            assert longkou.with_readings({reading.id: option}).clauses


def test_citations_parse(longkou):
    for clause in longkou.clauses:
        for text in clause.articles:
            assert str(ArticleRef.parse(text)) == text


def test_it_loads_fast_enough(longkou):
    started = time.process_time()
    load_pack("longkou")
    assert time.process_time() - started < 0.5  # 0.15 s is the aim; room for a busy machine


@pytest.mark.shared
def test_the_option_names_are_those_of_the_acceptance_data(longkou):
    path = SHARED / "data" / "scenarios" / "longkou" / "reading_options.csv"
    if not path.exists():
        pytest.skip("no acceptance data")
    with path.open(encoding="utf-8") as file:
        wanted = {(row["reading"], row["option"]) for row in csv.DictReader(file)}
    ours = {(r.id, option) for r in longkou.readings.values() for option in r.options}
    assert wanted <= ours


def test_every_points_clause_and_clock_has_a_passing_a_failing_and_a_boundary_case(longkou):
    assert [row for row in lint(longkou) if row.code in ("no-case", "stray-case", "not-covered")] == []
