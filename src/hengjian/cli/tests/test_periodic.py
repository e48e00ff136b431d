"""Worked examples of quotas, periodic issues and registers."""

import pytest

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.cases import run_cases
from hengjian.cli.periodic import judge_periodic
from hengjian.policy import load_pack

HERE = Place("periodic.csv", 2)


def judged(duty, period, happened="", owner=""):
    row = {"case": "P1", "duty": duty, "period": period, "owner": owner, "happened_at": happened}
    return judge_periodic(load_pack("longkou"), row, HERE)


@pytest.mark.parametrize(
    ("duty", "period", "happened", "state"),
    [
        ("duties/weekly-item", "2024W23", "2024-06-09T23:59", "met"),
        ("duties/weekly-item", "2024W23", "2024-06-10T00:00", "missed"),
        ("duties/weekly-item", "2022W23", "", "not_applicable"),
        ("registers/training", "2024", "2024-03-01T09:00;2024-09-01T09:00", "met"),
        ("registers/issue-weekly", "2024W23", "2024-06-09T23:59", "met"),
        ("registers/issue-weekly", "2024W23", "2024-06-10T00:00", "late"),
        ("registers/notice-monthly", "2024-06", "", "missed"),
        ("registers/editor", "2024-06-03", "1;1", "met"),
        ("registers/editor", "2024-06-03", "1", "missed"),
    ],
)
def test_each_kind_of_duty_is_judged(duty, period, happened, state):
    assert judged(duty, period, happened) == state


@pytest.mark.parametrize(
    ("duty", "period", "happened"),
    [
        ("duties/report-dynamic", "2024", ""),
        ("duties/weekly-item", "2024W99", ""),
        ("duties/weekly-item", "2024W23", "昨天"),
        ("duties/nowhere", "2024", ""),
    ],
)
def test_a_row_that_makes_no_sense_is_named(duty, period, happened):
    with pytest.raises(HengjianError, match="这一行读不懂") as caught:
        judged(duty, period, happened)
    assert caught.value.where == HERE


def test_the_file_is_compared_like_the_others(tmp_path):
    (tmp_path / "periodic.csv").write_text(
        "case,duty,period,owner,happened_at,expected,reason\n"
        "P1,duties/weekly-item,2024W23,民一庭,,missed,\nP2,duties/weekly-item,2024W23,民一庭,,met,\n"
    )
    outcome = run_cases(load_pack("longkou"), tmp_path)
    assert (outcome.checked, [(d.line, d.expected, d.found) for d in outcome.differences]) == (
        2,
        [(3, "met", "missed")],
    )
