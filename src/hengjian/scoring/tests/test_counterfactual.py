"""The sentence that says what would have changed a number."""

from __future__ import annotations

import pytest

from hengjian.base.periods import Period
from hengjian.policy import load_pack
from hengjian.scoring import ScoreInput, counterfactual, score

LONGKOU, HUBEI = load_pack("longkou"), load_pack("hubei")
JUNE = [Period.parse("2024-06")]


def sentences(*events, lead="一庭", units="一庭", facts=None, **readings):
    pack = LONGKOU.with_readings(readings)
    joint = int(";" in units)
    items = [{"item": "a", "kind": "info", "class": "problem", "joint": joint, "lead": lead, "units": units}]
    rows = [
        {"event_id": f"e{n}", "ts": f"2024-06-{7 + n:02}T10:00", "item": "a"} | e
        for n, e in enumerate(events)
    ]
    result = score(pack, ScoreInput([{"unit": "一庭"}, {"unit": "二庭"}], items, rows), JUNE)
    return [counterfactual(pack, row, facts) for row in result.rows if row.unit != "二庭" and row.evidence]


LATE = {"type": "late", "unit": "一庭"}
BULLETIN = {"type": "adopt", "value": "bulletin"}
PARTY = {"type": "instruct", "system": "party"}


def test_a_late_report_says_how_much_earlier():
    assert sentences(LATE, facts={"e0": {"late_by": 35}}) == ["早报 35 分钟就不扣这 2 衡。"]
    assert sentences(LATE, facts={"e0": {"late_by": 1525}}) == ["早报 1 天 1 小时 25 分钟就不扣这 2 衡。"]


def test_without_the_minutes_the_fact_itself_is_named():
    assert sentences(LATE) == ["没有这一事实就不扣这 2 衡。"]
    assert sentences(LATE | {"n": 2}) == ["每少一次少扣 2 衡；没有这一事实就不扣这 4 衡。"]


def test_a_missed_month_says_how_many_weeks_are_left():
    (text,) = sentences({"type": "submit", "unit": "一庭"})
    assert text == "还差 3 周：没有报送的每一周各报 1 篇，即满每周任务，得 2 衡。"


def test_a_printing_and_its_repetition():
    assert sentences(BULLETIN, BULLETIN) == ["没有这一事实就没有这 5 衡。", "换一篇新的信息，可再得 5 衡。"]


def test_an_instruction_names_the_next_step_and_the_difference():
    low, top = sentences(PARTY | {"value": "province"}, PARTY | {"value": "county"})
    assert low == "如再有“中央领导批示”，可补计差额 5 衡。"
    assert top == "高于已计的才补计差额，如“中央领导批示”。"
    assert sentences(PARTY | {"value": "central"}) == ["没有这一事实就没有这 15 衡。"]


def test_points_without_recipient_say_what_was_missing():
    (text,) = sentences(PARTY | {"value": "county"}, units="一庭;二庭", lead="")
    assert text == "报送时定了牵头部门，这 2 衡就归牵头部门。"


def test_a_required_fact_is_named_where_it_is_missing():
    assert sentences(PARTY | {"value": "county"}, R13="requires_adoption") == [
        "有了所需的前提事实，可得 2 衡。"
    ]


def test_an_accident_and_points_taken_back():
    assert sentences({"type": "accident", "unit": "一庭"}) == ["没有这一事实，全年仍可参加评比。"]
    texts = sentences(BULLETIN, {"type": "false", "unit": "一庭"}, R20="claw_back")
    assert "没有这一认定，这 5 衡不追回。" in texts


@pytest.mark.parametrize(
    ("count", "expected"), [(5, "再报 1 条即满定额，多得 60 分。"), (7, "少 2 条就没有这 60 分。")]
)
def test_a_weighted_quota_counts_in_its_own_unit(count, expected):
    items = [{"item": f"i{n}", "unit": "甲", "class": "dynamic"} for n in range(count)]
    events = [
        {
            "event_id": i["item"],
            "ts": "2017-02-01T10:00",
            "type": "submit",
            "item": i["item"],
            "channel": "mail_zhk",
        }
        for i in items
    ]
    data = ScoreInput([{"unit": "甲", "category": "E_office6"}], items, events)
    (row,) = score(HUBEI, data, [Period.parse("2017Q1")]).rows
    assert counterfactual(HUBEI, row) == expected
