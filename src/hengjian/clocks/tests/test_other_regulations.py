"""The duty model also carries what other regulations ask: follow-ups, planned events, staffing, fortnights."""

from __future__ import annotations

from datetime import date, datetime

import yaml

from hengjian.clocks import Facts, State, evaluate, register_status, slots
from hengjian.clocks.evaluate import repeat_limit
from hengjian.policy.clauses import models

TEXT = """
follow_up:
  shape: event
  repeat: {value: 1, unit: month}
  stages:
    plan: {title: 学习情况和打算, start: document, stops: [plan], within: {value: 7, unit: day}}
    result:
      title: 落实情况
      start: document
      stops: [result]
      within: {value: 60, unit: day, tolerance_days: 10}
pre_report:
  shape: event
  stages:
    before: {title: 事前报送, start: planned, stops: [sent], before: true, within: {value: 0, unit: minute}, inclusive: false}
commission:
  shape: event
  stages:
    draft: {title: 交稿, start: node, stops: [receipt], within: {unit: none}}
urgent:
  shape: event
  stages:
    first: {title: 首报, start: occurred, stops: [phone, message, report], within: {value: 2, unit: hour}}
    written: {title: 书面, start: phone, needs: [phone], stops: [report], chargeable: false}
liaison: {shape: register, register: liaison, each: department, by: 2022-05-01}
scores: {shape: issue, per: quarter, due: after_period, within: {value: 10, unit: day}}
meeting: {shape: issue, per: week, every: 2, anchor: 2022-08-01}
"""


def load(key):
    data = yaml.safe_load(TEXT)[key]
    common = {"id": "x", "kind": "duty", "title": key, "articles": ["1"], "owner": "office"}
    return models()["duty"][data["shape"]].model_validate({**common, **data})


def test_a_document_starts_two_reports_and_then_one_a_month():
    duty = load("follow_up")
    plan, result = evaluate(duty, Facts(times={"document": datetime(2024, 3, 1, 15)}))
    assert (plan.due_at, result.due_at) == (datetime(2024, 3, 9), datetime(2024, 5, 11))
    assert repeat_limit(duty, datetime(2024, 5, 31, 9)).at == datetime(2024, 7, 1)
    assert repeat_limit(load("urgent"), datetime(2024, 5, 31, 9)) is None


def test_a_report_before_the_event_must_come_before_it():
    event = datetime(2024, 6, 3, 9)
    (early,) = evaluate(
        load("pre_report"), Facts(times={"planned": event, "sent": datetime(2024, 6, 3, 8, 59)})
    )
    (at_once,) = evaluate(load("pre_report"), Facts(times={"planned": event, "sent": event}))
    assert (early.state, at_once.state) == (State.MET, State.LATE)


def test_a_commission_ends_at_the_node_set_for_it():
    node = datetime(2024, 6, 3, 17)
    (result,) = evaluate(load("commission"), Facts(times={"node": node, "receipt": node}))
    assert (result.due_at, result.state) == (node, State.MET)


def test_any_of_several_channels_stops_the_clock():
    times = {"occurred": datetime(2024, 6, 3, 9), "message": datetime(2024, 6, 3, 11)}
    first, written = evaluate(load("urgent"), Facts(times=times))
    assert (first.state, written.state) == (State.MET, State.NOT_APPLICABLE)


def test_registers_and_calendars_of_others():
    assert register_status(load("liaison"), "u", 0, date(2022, 5, 2)).state is State.MISSED
    (slot,) = slots(load("scores"), date(2024, 10, 1), date(2025, 1, 1))
    assert slot.due_at == datetime(2025, 1, 11)
    assert len(slots(load("meeting"), date(2022, 8, 1), date(2023, 8, 1))) == 27
