"""Words of remaining time, and reminders that follow from state."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.clocks import ClockResult, State, standard_calendar
from hengjian.clocks.quota import quota_status
from hengjian.clocks.reminders import Quiet, When, due_reminders, reminder_moments
from hengjian.clocks.words import remaining_words, state_words
from hengjian.policy import load_pack
from hengjian.policy.clauses.duty import Remind

DUE = datetime(2024, 6, 5, 12)  # 星期三


def clock(state=State.PENDING, due=DUE, start=datetime(2024, 6, 3, 12), inclusive=True, late=None):
    return ClockResult(
        "d", "s", "报送", "14", start, due, inclusive, None, late, state is State.MISSED, True, state
    )


def remind(before=(), after=(), emergency=False):
    return Remind.model_validate({"before": before, "after": after, "emergency": emergency})


def hours(value):
    return {"value": value, "unit": "hour"}


@pytest.mark.parametrize(
    ("due", "now", "inclusive", "words"),
    [
        (DUE, DUE - timedelta(minutes=80), True, "还剩 1 小时 20 分"),
        (DUE, DUE - timedelta(seconds=30), True, "不足 1 分钟"),
        (DUE, DUE, True, "不足 1 分钟"),
        (DUE, DUE + timedelta(seconds=1), True, "已超 1 分钟"),
        (DUE, DUE + timedelta(minutes=35), True, "已超 35 分钟"),
        (DUE, DUE + timedelta(days=2, hours=3, minutes=5), True, "已超 2 天 3 小时"),
        (datetime(2024, 6, 4), datetime(2024, 6, 3, 23, 59), False, "今天 24:00 前"),
        (datetime(2024, 6, 4), datetime(2024, 6, 3), False, "今天 24:00 前"),
        (datetime(2024, 6, 4), datetime(2024, 6, 4), False, "刚到期限"),
        (datetime(2024, 6, 5), datetime(2024, 6, 3, 9), False, "明天 24:00 前"),
        (datetime(2024, 6, 8), datetime(2024, 6, 3, 9), False, "6月7日 24:00 前，还剩 4 天"),
        (datetime(2025, 1, 3), datetime(2024, 12, 30, 9), False, "2025年1月2日 24:00 前，还剩 3 天"),
    ],
)
def test_remaining_words(due, now, inclusive, words):
    assert remaining_words(due, now, inclusive=inclusive) == words


def test_working_days_are_counted_when_a_calendar_is_given():
    words = remaining_words(
        datetime(2024, 5, 8), datetime(2024, 4, 30, 9), inclusive=False, calendar=standard_calendar()
    )
    assert words == "5月7日 24:00 前，还剩 2 个工作日"


def test_state_words():
    now = DUE - timedelta(hours=1)
    assert state_words(clock(), now) == "还剩 1 小时"
    assert state_words(clock(State.MET), now) == "按时"
    assert state_words(clock(State.LATE, late=timedelta(minutes=35)), now) == "迟报 35 分钟"
    assert state_words(clock(State.OPEN, due=None), now) == "应办，条文未定期限"


def test_reminders_come_before_at_and_after():
    found = reminder_moments(clock(), remind([hours(2)], [hours(3)]))
    assert [(r.at, r.when) for r in found] == [
        (DUE - timedelta(hours=2), When.BEFORE),
        (DUE, When.AT),
        (DUE + timedelta(hours=3), When.AFTER),
    ]


@pytest.mark.parametrize("state", [State.MET, State.LATE, State.NOT_APPLICABLE])
def test_what_is_done_is_not_reminded_of(state):
    assert reminder_moments(clock(state), remind([hours(2)])) == []


def test_no_limit_no_reminder_and_none_before_the_start():
    assert reminder_moments(clock(State.OPEN, due=None), remind([hours(2)])) == []
    assert [r.when for r in reminder_moments(clock(), remind([hours(72)]))] == [When.AT]


def test_quiet_hours_move_a_reminder_before_the_limit_earlier_and_others_later():
    due = datetime(2024, 6, 5, 6)
    found = reminder_moments(clock(due=due), remind([hours(2)], [hours(1)]))
    assert [r.at for r in found] == [
        datetime(2024, 6, 4, 19, 59), datetime(2024, 6, 5, 8), datetime(2024, 6, 5, 8)
    ]  # fmt: skip


def test_weekends_and_holidays_are_quiet_but_working_weekends_are_not():
    due = datetime(2024, 10, 3, 12)
    (at,) = reminder_moments(clock(due=due, start=None), remind())
    assert at.at == datetime(2024, 10, 8, 8)
    working_saturday = datetime(2024, 5, 11, 12)
    (at,) = reminder_moments(clock(due=working_saturday, start=None), remind())
    assert at.at == working_saturday


def test_an_emergency_knows_no_quiet_hours_and_no_digest():
    night = datetime(2024, 10, 3, 3)
    found = reminder_moments(
        clock(due=night, start=None), remind([{"value": 5, "unit": "minute"}], emergency=True)
    )
    assert [(r.at, r.digest) for r in found] == [(night - timedelta(minutes=5), False), (night, False)]


def test_a_digest_goes_out_once_a_day_unless_the_limit_would_pass():
    reminders = reminder_moments(clock(due=datetime(2024, 6, 6, 17)), remind([hours(4), hours(30)]))
    morning = due_reminders(reminders, datetime(2024, 6, 6, 8), datetime(2024, 6, 6, 9))
    assert [r.at for r in morning] == [datetime(2024, 6, 5, 11)]
    noon = due_reminders(reminders, datetime(2024, 6, 6, 9), datetime(2024, 6, 6, 13))
    assert [r.at for r in noon] == [datetime(2024, 6, 6, 13)]


def test_quiet_hours_may_lie_within_a_day():
    lunch = Quiet(time(12), time(14), workdays_only=False)
    assert lunch.silences(datetime(2024, 6, 9, 12), standard_calendar())
    assert not lunch.silences(datetime(2024, 6, 9, 14), standard_calendar())


@pytest.mark.parametrize(
    ("length", "at"),
    [
        ({"value": 1, "unit": "month"}, datetime(2024, 5, 5, 12)),
        ({"value": 1, "unit": "quarter"}, datetime(2024, 3, 5, 12)),
        ({"value": 3, "unit": "workday"}, datetime(2024, 5, 31, 12)),
        ({"value": 1, "unit": "week"}, datetime(2024, 5, 29, 12)),
        ({"unit": "same_day"}, DUE),
    ],
)
def test_reminders_may_be_given_in_any_unit(length, at):
    loud = Quiet(time(0), time(0), workdays_only=False)
    found = reminder_moments(clock(start=None), remind([length]), quiet=loud)
    assert at in [r.at for r in found]


def test_a_reminder_by_parameter_is_refused():
    with pytest.raises(HengjianError, match="提醒时间"):
        reminder_moments(clock(), remind([{"value": "some.param", "unit": "day"}]))


def test_quotas_are_reminded_of_like_clocks():
    duty = load_pack("longkou").clause("duties/weekly-item")
    now = datetime(2024, 6, 5, 9)
    open_week = quota_status(duty, Period.parse("2024W23"), [], now)
    assert [r.when for r in reminder_moments(open_week, duty.remind)] == [When.BEFORE, When.AT]
    assert reminder_moments(quota_status(duty, Period.parse("2024W23"), [now], now), duty.remind) == []


def test_every_reminder_of_the_pack_can_be_computed():
    pack = load_pack("longkou")
    for duty in pack.clauses_of("duty"):
        reminder_moments(clock(start=None), duty.remind)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)), st.lists(st.integers(1, 3000), max_size=6))
def test_ticks_of_any_length_send_each_reminder_exactly_once(due, gaps):
    reminders = reminder_moments(clock(due=due, start=None), remind([hours(2), hours(40)], [hours(5)]))
    edges = [datetime(2023, 12, 1)]
    for gap in gaps:
        edges.append(edges[-1] + timedelta(minutes=gap))
    edges.append(datetime(2030, 1, 1))
    sent = [r for a, b in pairwise(edges) for r in due_reminders(reminders, a, b)]
    assert sorted(sent, key=repr) == sorted(reminders, key=repr)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 1)))
def test_no_ordinary_reminder_falls_into_quiet_hours(due):
    calendar = standard_calendar()
    for reminder in reminder_moments(clock(due=due, start=None), remind([hours(2)], [hours(5)])):
        assert not Quiet().silences(reminder.at, calendar)
