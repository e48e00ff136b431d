"""Quotas per period and registers."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period, PeriodKind
from hengjian.clocks import State
from hengjian.clocks.quota import quota_status, register_status
from hengjian.policy import load_pack
from hengjian.policy.clauses.duty import QuotaDuty, RegisterDuty

BASE = {"id": "q", "kind": "duty", "articles": ["1"], "owner": "department"}


def quota(per="week", **more):
    more = more or {"minimum": 1}
    return QuotaDuty.model_validate(
        {**BASE, "shape": "quota", "title": "每周一篇", "per": per, "counts": "info", **more}
    )


def register(**more):
    data = {
        **BASE,
        "shape": "register",
        "title": "信息员",
        "register": "liaison",
        "each": "department",
        **more,
    }
    return RegisterDuty.model_validate(data)


WEEK = Period.parse("2024W23")  # 6月3日至9日


@pytest.mark.parametrize(
    ("moment", "done"),
    [
        (datetime(2024, 6, 2, 23, 59), 0),
        (datetime(2024, 6, 3), 1),
        (datetime(2024, 6, 9, 23, 59), 1),
        (datetime(2024, 6, 10), 0),
    ],
)
def test_a_week_is_half_open(moment, done):
    assert quota_status(quota(), WEEK, [moment]).done == done


def test_four_items_in_one_week_do_not_serve_the_next():
    moments = [datetime(2024, 6, 3, hour) for hour in (9, 10, 11, 12)]
    assert quota_status(quota(), WEEK, moments).state is State.MET
    assert quota_status(quota(), WEEK.next(), moments).violated


def test_states_and_words_by_the_clock():
    now = datetime(2024, 6, 9, 23, 59)
    assert quota_status(quota(), WEEK, [], now).state is State.PENDING
    assert quota_status(quota(), WEEK, [], now).words == "每周一篇：第23周还差 1 篇"
    over = quota_status(quota(), WEEK, [], datetime(2024, 6, 10))
    assert (over.state, over.words) == (State.MISSED, "每周一篇：第23周少 1 篇")
    assert quota_status(quota(), WEEK, [now]).words == "每周一篇：第23周已完成 1 篇"
    later = [datetime(2024, 6, 5)]
    assert quota_status(quota(), WEEK, later, datetime(2024, 6, 4)).done == 0


def test_the_minimum_goes_by_class_or_table():
    by_class = quota("quarter", minimum_by={"A": 24, "B": "quota.b"})
    period = Period.parse("2024Q1")
    assert quota_status(by_class, period, [], unit_class="A").needed == 24
    assert quota_status(by_class, period, [], unit_class="B", value_of=lambda name, day: 6).needed == 6
    free = quota_status(by_class, period, [], unit_class="C")
    assert (free.state, free.words) == (State.NOT_APPLICABLE, "每周一篇：未规定数额")
    by_table = quota("quarter", minimum_table="plan")
    assert quota_status(by_table, period, [], unit_class="U1", table={"U1": 3}).short == 3
    with pytest.raises(HengjianError, match="plan"):
        quota_status(by_table, period, [])


def test_the_text_of_the_last_day_decides():
    asked = []
    quota_status(
        quota("month", minimum="m"), Period.parse("2024-02"), [], value_of=lambda n, d: asked.append(d) or 1
    )
    assert asked == [date(2024, 2, 29)]


@pytest.mark.parametrize("more", [{"minimum": None}, {"minimum": 1, "minimum_by": {"A": 1}}])
def test_a_quota_has_exactly_one_source_of_its_minimum(more):
    with pytest.raises(ValidationError, match="三者之一"):
        quota("week", **more)


def test_registers():
    today = date(2024, 6, 3)
    assert register_status(register(), "民一庭", 1, today).state is State.MET
    vacant = register_status(register(), "民一庭", 0, today)
    assert (vacant.state, vacant.vacant, vacant.words) == (State.MISSED, 1, "信息员：缺 1 人")
    both = register(substitutes=True)
    assert register_status(both, "民一庭", 1, today).words == "信息员：缺替补（B角）1 人"
    assert register_status(both, "民一庭", 1, today, substitutes=1).state is State.MET
    soon = register(by="2024-06-03")
    assert register_status(soon, "民一庭", 0, today).state is State.PENDING
    assert register_status(soon, "民一庭", 0, date(2024, 6, 4)).state is State.MISSED
    assert register_status(register(minimum=3), "省院", 1, today).vacant == 2


def test_longkou_owes_one_item_a_week_and_one_briefing_a_quarter():
    pack = load_pack("longkou")
    for name, text in (("duties/weekly-item", "2024W23"), ("duties/quarterly-briefing", "2024Q2")):
        result = quota_status(pack.clause(name), Period.parse(text), [], value_of=pack.value)
        assert (result.needed, result.short) == (1, 1)


@given(
    st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2025, 1, 1)), max_size=20),
    st.sampled_from(PeriodKind),
)
def test_every_moment_is_counted_in_exactly_one_period(moments, kind):
    period, counted = Period.of(date(2024, 1, 1), kind), 0
    while period.first <= date(2025, 1, 1):
        counted += quota_status(quota(kind.value), period, moments).done
        period = period.next()
    assert counted == len(moments)


def test_who_is_not_in_the_table_owes_what_the_text_says_of_all() -> None:
    by_table = quota(minimum=None, minimum_table="plan", unlisted=1)
    assert quota_status(by_table, WEEK, [], unit_class="甲所", table={"甲所": 2}).needed == 2
    assert quota_status(by_table, WEEK, [], unit_class="乙股", table={"乙股": None}).needed is None
    assert quota_status(by_table, WEEK, [], unit_class="新设股", table={}).needed == 1
    assert (
        quota_status(
            quota(minimum=None, minimum_table="plan"), WEEK, [], unit_class="新设股", table={}
        ).needed
        is None
    )
