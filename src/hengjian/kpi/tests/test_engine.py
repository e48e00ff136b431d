"""Who gets a row, which target holds, how months add up, who has to explain."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.kpi import Benchmark, Figure, KpiInput, OfficeTarget, Status, evaluate
from hengjian.policy import load_pack

D = Decimal
AUGUST = Period.parse("2022-08")
RATE = "filing_rate"


@pytest.fixture(scope="module")
def pack():
    return load_pack("jiaozuo")


def figure(unit, top, bottom, period="2022-08", indicator=RATE):
    return Figure(indicator, unit, Period.parse(period), D(top), D(bottom))


def found(report, indicator=RATE):
    return {r.unit: r for r in report.results if r.indicator == indicator}


def test_silence_of_a_responsible_unit_is_a_row(pack):
    data = KpiInput((figure("甲县法院", 99, 100), figure("乙县法院", 3, 10, indicator="payment_rate")))
    rows = found(evaluate(pack, data, AUGUST))
    assert {unit: row.status for unit, row in rows.items()} == {
        "立案庭": Status.NO_DATA,
        "甲县法院": Status.MET,
        "乙县法院": Status.NO_DATA,
    }


def test_only_what_was_reported_or_asked_for_is_judged(pack):
    data = KpiInput((figure("立案庭", 99, 100),))
    assert {r.indicator for r in evaluate(pack, data, AUGUST).results} == {RATE}
    more = replace(data, expected=frozenset({"oa_active"}))
    assert {r.indicator for r in evaluate(pack, more, AUGUST).results} == {RATE, "oa_active"}


def test_a_collective_name_stands_for_its_departments(pack):
    data = KpiInput((figure("执行一庭", 1, 100, indicator="efile_rate"),))
    report = evaluate(pack, data, AUGUST)
    rows = found(report, "efile_rate")
    assert rows["执行一庭"].answers and "执行局各庭室" not in rows and "各基层法院" not in rows
    assert [(due.unit, due.trigger) for due in report.due] == [("执行一庭", "target")]


def test_the_target_of_both_ends_is_shown_when_it_changes_in_between(pack):
    data = KpiInput(
        (figure("立案庭", 985, 1000),), targets=(OfficeTarget(RATE, date(2022, 8, 20), D("98.5")),)
    )
    row = found(evaluate(pack, data, AUGUST))["立案庭"]
    assert (row.status, row.target, row.target_from) == (Status.MET, D("98.5"), date(2022, 8, 20))
    assert (row.other_target, row.other_from) == (D(99), date(2022, 7, 28))
    assert "99%（2022-07-28起）" in row.note
    first = found(evaluate(pack.with_readings({"J09": "first_day"}), data, AUGUST))["立案庭"]
    assert (first.status, first.target, first.other_target) == (Status.MISSED, D(99), D("98.5"))


def test_a_target_not_yet_known_does_not_hold(pack):
    target = OfficeTarget(RATE, date(2022, 8, 1), D(50), known=date(2022, 9, 10))
    data = KpiInput((figure("立案庭", 60, 100),), targets=(target,))
    assert found(evaluate(pack, data, AUGUST))["立案庭"].status is Status.MET
    assert found(evaluate(pack, data, AUGUST, date(2022, 9, 9)))["立案庭"].status is Status.MISSED


def test_months_add_up_to_a_half_year_by_their_counts(pack):
    months = [figure("立案庭", 99, 100, f"2023-{m:02}") for m in range(1, 6)]
    half = Period.parse("2023-H1")
    gap = found(evaluate(pack, KpiInput(tuple(months)), half))["立案庭"]
    assert (gap.status, "缺少2023年6月" in gap.note) == (Status.NO_DATA, True)
    row = found(evaluate(pack, KpiInput((*months, figure("立案庭", 990, 1000, "2023-06"))), half))["立案庭"]
    assert (row.numerator, row.denominator, row.status) == (D(1485), D(1500), Status.MET)
    reported = figure("立案庭", 1, 100, "2023H1")
    assert found(evaluate(pack, KpiInput((*months, reported)), half))["立案庭"].status is Status.MISSED


def test_percentages_do_not_add_up(pack):
    months = [Figure(RATE, "立案庭", Period.parse(f"2023-{m:02}"), value=D(99)) for m in range(1, 7)]
    row = found(evaluate(pack, KpiInput(tuple(months)), Period.parse("2023H1")))["立案庭"]
    assert (row.status, "不能合计" in row.note) == (Status.NO_DATA, True)


def test_a_quarter_is_no_period_of_these_indicators(pack):
    with pytest.raises(HengjianError, match="请改用 2022-07、2022H2、2022"):
        evaluate(pack, KpiInput((figure("立案庭", 1, 1),)), Period.parse("2022-Q3"))


@pytest.mark.parametrize(("rank", "explains"), [(None, []), (5, []), (6, [("立案庭", "rank")])])
def test_the_lead_explains_outside_the_first_places(pack, rank, explains):
    data = KpiInput((), (Benchmark(RATE, AUGUST, rank=rank, ranked=18),))
    report = evaluate(pack, data, AUGUST)
    assert [(due.unit, due.trigger) for due in report.due] == explains
    assert all("共 18 个" in due.fact for due in report.due)


def test_the_lead_explains_once_for_all_when_read_so(pack):
    data = KpiInput((figure("立案庭", 1, 100), figure("甲县法院", 1, 100)))
    due = evaluate(pack.with_readings({"J07": "lead_only"}), data, AUGUST).due
    assert [(d.unit, d.fact) for d in due] == [("立案庭", "立案庭、甲县法院未达标。")]


def test_every_row_names_its_clause_articles_version_and_readings(pack):
    row = found(evaluate(pack, KpiInput((figure("立案庭", 1, 100),)), AUGUST))["立案庭"]
    assert row.clause == "jiaozuo/measures/filing-rate"
    assert row.articles[0] == "推进目标·网上立案"
    assert row.target_from == date(2022, 7, 28)
    assert "J09=default" in row.readings
    assert row.note == "分子 1、分母 100，得 1%。应达到 99%（2022-07-28起），未达标，还差 98 件。"


def test_units_may_be_told_to_stand_elsewhere(pack):
    data = KpiInput((figure("全市合计", 1, 100),), units={"全市合计": ""})
    report = evaluate(pack, data, AUGUST)
    assert found(report)["全市合计"].status is Status.NO_TARGET
    assert report.due == ()


def test_all_units_together_are_judged_but_explain_nothing(pack):
    figures = (figure("立案庭", 99, 100), figure("甲县法院", 890, 900), figure("乙县法院", 2, 2))
    report = evaluate(pack, KpiInput(figures, whole="全市"), AUGUST)
    (whole,) = report.whole
    assert (whole.unit, whole.numerator, whole.denominator, whole.short_by) == ("全市", D(991), D(1002), 1)
    assert "由 3 个单位合计" in whole.note
    assert [due.unit for due in report.due] == ["甲县法院"]
    given = evaluate(pack, KpiInput((*figures, figure("全市", 1, 1000)), whole="全市"), AUGUST)
    assert (given.whole[0].numerator, "全市" in found(given)) == (D(1), False)
