"""Issue calendars: weekly, half-monthly, two-weekly, and documents due after a period."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hengjian.base.periods import PeriodKind
from hengjian.clocks import State
from hengjian.clocks.series import next_periods, slot_status, slots
from hengjian.policy.clauses.duty import IssueDuty


def issue(per, **more):
    data = {
        "id": "i",
        "kind": "duty",
        "shape": "issue",
        "title": "简报",
        "articles": ["21"],
        "owner": "editor",
    }
    return IssueDuty.model_validate({**data, "per": per, **more})


def test_weekly_issues_are_numbered_by_the_year_of_their_thursday():
    found = slots(issue("week"), date(2024, 12, 16), date(2025, 1, 7))
    assert [(s.first, s.number) for s in found] == [
        (date(2024, 12, 16), 51),
        (date(2024, 12, 23), 52),
        (date(2024, 12, 30), 1),
        (date(2025, 1, 6), 2),
    ]
    assert found[0].due_at == datetime(2024, 12, 23)


def test_half_monthly_issues():
    found = slots(issue("half_month"), date(2024, 2, 1), date(2024, 3, 2))
    assert [(s.label, s.number, s.due_at) for s in found] == [
        ("2024年2月上半月", 3, datetime(2024, 2, 16)),
        ("2024年2月下半月", 4, datetime(2024, 3, 1)),
        ("2024年3月上半月", 5, datetime(2024, 3, 16)),
    ]


def test_the_first_ten_days_of_the_next_quarter():
    duty = issue("quarter", due="after_period", within={"value": 10, "unit": "day"})
    found = slots(duty, date(2024, 1, 1), date(2025, 1, 1))
    assert [s.due_at for s in found] == [
        datetime(2024, 4, 11), datetime(2024, 7, 11), datetime(2024, 10, 11), datetime(2025, 1, 11)
    ]  # fmt: skip


def test_a_limit_in_working_days_after_the_period():
    duty = issue("month", due="after_period", within={"value": 5, "unit": "workday"})
    (april,) = slots(duty, date(2024, 4, 1), date(2024, 5, 1))
    assert april.due_at == datetime(2024, 5, 11)


def test_the_whole_next_month_whatever_its_length():
    duty = issue("month", due="after_period", within={"value": 1, "unit": "month"})
    found = slots(duty, date(2024, 1, 1), date(2024, 4, 1))
    assert [s.due_at for s in found] == [datetime(2024, 3, 1), datetime(2024, 4, 1), datetime(2024, 5, 1)]


def test_an_issue_is_late_from_the_next_midnight():
    duty = issue("week")
    (slot,) = slots(duty, date(2024, 6, 3), date(2024, 6, 10))
    last, late = datetime(2024, 6, 9, 23, 59), datetime(2024, 6, 10)
    assert slot_status(duty, slot, last).state is State.MET
    assert slot_status(duty, slot, late).late_by == timedelta(0)
    assert slot_status(duty, slot, None, last).state is State.PENDING
    assert slot_status(duty, slot, None, late).violated
    assert slot_status(duty, slot, late, last).state is State.PENDING
    assert slot_status(duty, slot, None).title == "简报：2024年第23周"


def test_a_meeting_every_two_weeks_keeps_its_stride_over_the_year():
    duty = issue("week", every=2, anchor="2024-01-01")
    found = slots(duty, date(2024, 12, 1), date(2025, 2, 1))
    assert [s.first for s in found] == [
        date(2024, 12, 2), date(2024, 12, 16), date(2024, 12, 30), date(2025, 1, 13), date(2025, 1, 27)
    ]  # fmt: skip
    assert len(slots(duty, date(2024, 1, 1), date(2025, 1, 1))) == 27
    assert found[0].label == "2024年第49周至2024年第50周"


@pytest.mark.parametrize(
    "more", [{"due": "after_period"}, {"within": {"value": 1, "unit": "day"}}, {"every": 2}]
)
def test_an_issue_that_contradicts_itself_is_refused(more):
    with pytest.raises(ValidationError):
        issue("week", **more)


def test_next_periods_cross_the_year():
    assert [str(p) for p in next_periods(PeriodKind.QUARTER, date(2024, 11, 5), 2)] == ["2024Q4", "2025Q1"]


@given(st.sampled_from(PeriodKind), st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(1, 500))
def test_slots_follow_each_other_without_hole(kind, first, days):
    found = slots(issue(kind.value), first, date.fromordinal(first.toordinal() + days))
    assert all(one.end == two.first for one, two in pairwise(found))
    assert all(one.due_at == datetime.combine(one.end, datetime.min.time()) for one in found)
