"""Periods are half-open and follow one another without a gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
KINDS = st.sampled_from(PeriodKind)


@given(DAYS, KINDS)
def test_a_day_lies_in_its_period(day, kind):
    assert Period.of(day, kind).contains(day)


@given(DAYS, KINDS)
def test_what_is_written_reads_back(day, kind):
    period = Period.of(day, kind)
    assert Period.parse(str(period)) == period


@given(DAYS, KINDS)
def test_the_next_period_begins_where_this_one_ends(day, kind):
    period = Period.of(day, kind)
    assert period.next().first == period.end
    assert period.next().previous() == period
    assert not period.contains(period.end)
    assert period.contains(period.last)


@given(DAYS)
def test_months_of_a_year_add_up_to_the_year(day):
    year = Period.of(day, PeriodKind.YEAR)
    months = year.parts(PeriodKind.MONTH)
    assert len(months) == 12
    assert sum(((m.end - m.first) for m in months), timedelta()) == year.end - year.first


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2024", "2024年"),
        ("2024H2", "2024年下半年"),
        ("2024Q3", "2024年第三季度"),
        ("2024-06", "2024年6月"),
        ("2024-06-A", "2024年6月上半月"),
        ("2024W01", "2024年第1周"),
        ("2024-06-03", "2024年6月3日"),
    ],
)
def test_labels_are_chinese(text, label):
    assert Period.parse(text).label == label


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024Q5", "2024W54", "2024-6", "2024-06-C", "二〇二四"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(HengjianError, match="不是"):
        Period.parse(text)
