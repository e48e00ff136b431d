"""Clocks of events: starts, lengths, calendars, stages, stops, excuses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.clocks import Calendar, Facts, HolidayTable, State, charged, evaluate, standard_calendar
from hengjian.clocks.lengths import limit_of
from hengjian.policy.clauses.duty import Arithmetic, EventDuty, Length

NOON = datetime(2024, 6, 3, 12)
MOMENTS = st.datetimes(datetime(2004, 1, 2), datetime(2026, 11, 30))
UNITS = ["minute", "hour", "day", "workday", "week", "month", "quarter", "half", "year", "same_day", "none"]


def duty(**stage):
    first = {
        "title": "报送",
        "start": "occurred",
        "stops": ["report"],
        "within": {"value": 1, "unit": "hour"},
    }
    more = {
        key: stage.pop(key) for key in ("strict", "charge_per", "arithmetic", "applies_to") if key in stage
    }
    data = {
        "id": "d",
        "kind": "duty",
        "shape": "event",
        "title": "t",
        "articles": ["14"],
        "owner": "department",
    }
    return EventDuty.model_validate({**data, **more, "stages": {"one": {**first, **stage}}})


def one(the_duty, now=None, **times):
    (result,) = evaluate(the_duty, Facts(times=times), now)
    return result


def due(unit, value, start=NOON, *, before=False, calendar=None, tolerance=0, **rule):
    length = Length(unit=unit, value=value, tolerance_days=tolerance)
    calendar = calendar or standard_calendar()
    return limit_of(start, length, value, Arithmetic(**rule), calendar, before=before)


@pytest.mark.parametrize(
    ("unit", "value", "start", "limit"),
    [
        ("minute", 15, datetime(2024, 12, 31, 23, 50), datetime(2025, 1, 1, 0, 5)),
        ("hour", 48, datetime(2024, 2, 28, 9), datetime(2024, 3, 1, 9)),
        ("same_day", 0, datetime(2024, 6, 3, 23, 59), datetime(2024, 6, 4)),
        ("day", 7, NOON, datetime(2024, 6, 11)),
        ("week", 1, NOON, datetime(2024, 6, 11)),
        ("workday", 1, datetime(2024, 4, 30, 9), datetime(2024, 5, 7)),
        ("workday", 5, datetime(2024, 5, 6, 9), datetime(2024, 5, 12)),  # 5月11日调休上班
        ("month", 1, datetime(2024, 1, 31, 9), datetime(2024, 3, 1)),
        ("month", 2, datetime(2023, 12, 31), datetime(2024, 3, 1)),
        ("quarter", 1, datetime(2024, 11, 30), datetime(2025, 3, 1)),
        ("half", 1, datetime(2024, 8, 31), datetime(2025, 3, 1)),
        ("year", 1, datetime(2024, 2, 29), datetime(2025, 3, 1)),
        ("none", 0, NOON, NOON),
    ],
)
def test_lengths(unit, value, start, limit):
    assert due(unit, value, start).at == limit


def test_a_limit_by_days_ends_before_midnight_and_one_by_hours_includes_its_moment():
    by_days, by_hours = due("day", 1), due("hour", 1)
    assert by_days.met_by(datetime(2024, 6, 4, 23, 59, 59))
    assert not by_days.met_by(datetime(2024, 6, 5))
    assert by_hours.met_by(datetime(2024, 6, 3, 13))
    assert not by_hours.met_by(datetime(2024, 6, 3, 13, 0, 1))


def test_the_first_day_counts_when_the_switch_says_so():
    assert due("day", 7, exclude_first_day=False).at == datetime(2024, 6, 10)
    assert due("month", 1, exclude_first_day=False).at == datetime(2024, 7, 3)
    assert due("workday", 1, datetime(2024, 6, 3), exclude_first_day=False).at == datetime(2024, 6, 4)


def test_a_last_day_on_a_holiday_moves_when_the_switch_says_so():
    start = datetime(2024, 9, 24, 9)
    assert due("week", 1, start).at == datetime(2024, 10, 2)
    assert due("week", 1, start, last_day_off="next_workday").at == datetime(2024, 10, 9)


def test_the_day_may_end_at_close_of_business():
    limit = due("day", 1, day_ends="17:30")
    assert (limit.at, limit.inclusive) == (datetime(2024, 6, 4, 17, 30), True)


def test_about_two_months_ends_with_its_band():
    assert due("day", 60, tolerance=10).at == due("day", 70).at


def test_court_recess_does_not_count():
    recess = Calendar(standard_calendar().holidays, ((date(2024, 7, 15), date(2024, 8, 1)),))
    rule = Arithmetic(calendar="court_recess")
    limit = limit_of(datetime(2024, 7, 10, 9), Length(unit="day", value=10), 10, rule, recess)
    assert limit.at == datetime(2024, 8, 7)


def test_time_before_a_planned_event():
    planned = duty(start="planned", stops=["pre_report"], within={"value": 3, "unit": "workday"}, before=True)
    event = datetime(2024, 10, 8, 9)
    assert one(planned, planned=event).due_at == datetime(2024, 9, 28)
    assert one(planned, planned=event, pre_report=datetime(2024, 9, 27, 23, 59)).state is State.MET
    assert one(planned, planned=event, pre_report=datetime(2024, 9, 28)).violated


def test_a_year_without_table_counts_natural_days_and_says_so():
    limit = due("workday", 3, datetime(2027, 1, 1, 9))
    assert limit.at == datetime(2027, 1, 5)
    assert limit.note == "未载入 2027 年日历，按自然日计算。"
    assert "2027" in due("workday", 5, datetime(2026, 12, 30, 9)).note
    assert not due("day", 3, datetime(2027, 1, 1, 9)).note


def test_an_empty_table_never_crashes():
    calendar = Calendar(HolidayTable())
    assert due("workday", 2, NOON, calendar=calendar, last_day_off="next_workday").at == datetime(2024, 6, 6)


def test_an_office_adds_a_year():
    table = HolidayTable.parse("date,kind,name\n2027-01-01,rest,元旦\n2027-01-03,work,元旦\n")
    calendar = Calendar(standard_calendar().holidays.with_rows(table))
    limit = due("workday", 1, datetime(2026, 12, 31, 9), calendar=calendar)
    assert (limit.at, limit.note) == (datetime(2027, 1, 4), "")


@pytest.mark.parametrize("row", ["2027-02-30,rest,", "2027-01-01,holiday,", "x"])
def test_a_bad_holiday_row_is_named(row):
    with pytest.raises(HengjianError, match=r"h\.csv:2"):
        HolidayTable.parse(f"date,kind,name\n{row}\n", "h.csv")


def test_a_holiday_table_without_header_or_with_a_contradiction_is_refused():
    with pytest.raises(HengjianError, match="表头"):
        HolidayTable.parse("2027-01-01,rest,元旦\n")
    with pytest.raises(HengjianError, match="既写休息又写上班"):
        HolidayTable.parse("date,kind\n2027-01-01,rest\n2027-01-01,work\n")


@pytest.mark.parametrize(
    ("start", "begun"),
    [
        ("occurred", NOON),
        ({"of": ["learned", "occurred"]}, NOON + timedelta(hours=2)),
        ({"of": ["missing", "occurred"]}, NOON),
        ({"of": ["occurred", "learned"], "take": "latest"}, NOON + timedelta(hours=2)),
        ({"of": ["occurred", "learned"], "take": "earliest"}, NOON),
        ("missing", None),
    ],
)
def test_starts(start, begun):
    result = one(duty(start=start), occurred=NOON, learned=NOON + timedelta(hours=2))
    assert result.start == begun
    assert (result.state is State.NOT_APPLICABLE) == (begun is None)


def test_states():
    clock = duty()
    late = NOON + timedelta(minutes=61)
    assert one(clock, NOON, occurred=NOON).state is State.PENDING
    assert one(clock, NOON + timedelta(hours=1), occurred=NOON).state is State.PENDING
    assert one(clock, late, occurred=NOON).state is State.MISSED
    assert one(clock, occurred=NOON).state is State.MISSED
    assert one(clock, occurred=NOON, report=late).late_by == timedelta(minutes=1)
    assert one(clock, NOON, occurred=NOON, report=late).state is State.PENDING
    assert one(duty(within=None), occurred=NOON).state is State.OPEN
    assert one(duty(within=None), occurred=NOON).note == "条文未规定期限。"
    assert one(duty(within=None), occurred=NOON, report=late).state is State.MET


def test_a_phone_receipt_stops_the_clock():
    clock = duty(stops=["report", "phone_report"])
    on_phone = NOON + timedelta(minutes=5)
    result = one(clock, occurred=NOON, report=NOON + timedelta(hours=3), phone_report=on_phone)
    assert (result.state, result.happened_at) == (State.MET, on_phone)


def test_a_stage_arises_only_with_what_it_needs():
    written = duty(needs=["phone_report"], unless=["cancelled"])
    assert one(written, occurred=NOON).state is State.NOT_APPLICABLE
    assert one(written, occurred=NOON, phone_report=NOON).state is State.MISSED
    assert one(written, occurred=NOON, phone_report=NOON, cancelled=NOON).state is State.NOT_APPLICABLE


def test_an_impossible_limit_is_excused_when_the_switch_says_so():
    excuse = {"since": "occurred", "until": "learned", "at_least": {"value": 1, "unit": "hour"}}
    clock = duty(excuse=excuse)
    assert one(clock, occurred=NOON, learned=NOON + timedelta(minutes=59)).chargeable
    excused = one(clock, occurred=NOON, learned=NOON + timedelta(hours=1))
    assert (excused.violated, excused.chargeable) == (True, False)
    assert "不记违反" in excused.note
    assert one(clock, occurred=NOON).chargeable
    noted = one(duty(excuse={**excuse, "effect": "note"}), occurred=NOON, learned=NOON + timedelta(hours=1))
    assert (noted.violated, noted.chargeable) == (True, True)
    assert "仍记违反" in noted.note


def test_a_duty_in_principle_is_never_charged():
    assert not one(duty(strict=False), occurred=NOON).chargeable


def test_a_report_before_the_event_is_in_time_but_questioned():
    result = one(duty(), occurred=NOON, report=NOON - timedelta(hours=1))
    assert result.state is State.MET
    assert "请核对" in result.note


def test_violations_count_once_an_event_when_the_clause_says_so():
    stage = {"title": "x", "start": "occurred", "stops": ["a"], "within": {"value": 1, "unit": "hour"}}
    base = duty()
    for per, expected in (("stage", 2), ("event", 1)):
        both = EventDuty.model_validate(
            {**base.model_dump(), "charge_per": per, "stages": {"one": stage, "two": stage}}
        )
        assert charged(both, evaluate(both, Facts(times={"occurred": NOON}))) == expected


def test_a_value_that_has_ended_leaves_no_limit():
    clock = duty(within={"value": "report.hours", "unit": "hour"})
    facts = Facts(times={"occurred": NOON})
    assert evaluate(clock, facts, value_of=lambda name, day: None)[0].state is State.OPEN
    assert evaluate(clock, facts, value_of=lambda name, day: 2)[0].due_at == NOON + timedelta(hours=2)
    with pytest.raises(HengjianError, match=r"report\.hours"):
        evaluate(clock, facts)


def test_a_duty_for_another_class_says_nothing():
    clock = duty(applies_to={"deadline_class": ["dynamic"]})
    assert evaluate(clock, Facts({"deadline_class": "problem"}, {"occurred": NOON})) == []
    assert evaluate(clock, Facts({}, {"occurred": NOON})) == []


@given(MOMENTS, MOMENTS, st.sampled_from(UNITS), st.integers(0, 40), st.booleans(), st.booleans())
def test_a_later_start_is_never_due_earlier(a, b, unit, value, exclude_first, moves):
    rule = {"exclude_first_day": exclude_first, "last_day_off": "next_workday" if moves else "stays"}
    assert due(unit, value, min(a, b), **rule).at <= due(unit, value, max(a, b), **rule).at


@given(MOMENTS, st.sampled_from(UNITS), st.integers(0, 40))
def test_more_time_is_never_due_earlier(start, unit, value):
    assert due(unit, value, start).at <= due(unit, value + 1, start).at


@given(st.dates(date(2004, 2, 1), date(2026, 6, 1)), st.integers(-60, 60))
def test_working_days_agree_with_counting_them_one_by_one(day, count):
    calendar = standard_calendar()
    last = calendar.add_workdays(day, count)
    low, high = (day + timedelta(days=1), last) if count > 0 else (last, day - timedelta(days=1))
    span = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert sum(calendar.is_workday(d) for d in span) == abs(count)
    assert count == 0 or calendar.is_workday(last)


@given(MOMENTS, st.integers(0, 10_000))
def test_in_time_or_late_never_both(start, minutes):
    happened = start + timedelta(minutes=minutes)
    result = one(duty(), occurred=start, report=happened)
    assert result.violated == (minutes > 60) == (result.late_by is not None)
