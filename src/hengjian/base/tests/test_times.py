"""Local times of China."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.times import parse_local, start_of_day, to_instant, to_local


@given(st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1)))
def test_an_instant_and_back(local):
    assert to_local(to_instant(local)) == local


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2024-06-30", datetime(2024, 6, 30)),
        ("2024-06-30T23:59", datetime(2024, 6, 30, 23, 59)),
        (" 2024-06-30T23:59:30 ", datetime(2024, 6, 30, 23, 59, 30)),
        ("2024-06-30T16:00Z", datetime(2024, 7, 1)),
        ("2024-07-01T00:00+08:00", datetime(2024, 7, 1)),
    ],
)
def test_times_are_read_as_local(text, local):
    assert parse_local(text) == local


def test_days_begin_at_midnight():
    assert start_of_day(date(2024, 7, 1)) == datetime(2024, 7, 1)
