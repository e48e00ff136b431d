"""Bad input: every fault is found at once and named with table, row and column."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hengjian.base.errors import ManyErrors
from hengjian.base.periods import Period
from hengjian.policy import load_pack
from hengjian.scoring import ScoreInput, score

PACK = load_pack("longkou")
JUNE = [Period.parse("2024-06")]
UNITS = [{"unit": "一庭"}, {"unit": "二庭"}]
ITEMS = [{"item": "a", "kind": "info", "class": "problem", "joint": 0, "lead": "一庭", "units": ["一庭"]}]


def event(**changes):
    return {
        "event_id": "e1",
        "ts": "2024-06-07T10:00",
        "type": "adopt",
        "item": "a",
        "value": "bulletin",
    } | changes


def faults(units=UNITS, items=ITEMS, events=(), authors=()):
    with pytest.raises(ManyErrors) as caught:
        score(PACK, ScoreInput(units, items, list(events), list(authors)), JUNE)
    return [str(error) for error in caught.value.errors]


def points(**data):
    result = score(PACK, ScoreInput(**({"units": UNITS, "items": ITEMS} | data)), JUNE)
    return {s.unit: s.points for s in result.scores}


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"ts": "2024-06-31T10:00"}, "events:1 [ts]", "不是时间"),
        ({"ts": "昨天"}, "events:1 [ts]", "不是时间"),
        ({"ts": ""}, "events:1 [ts]", "没有填写"),
        ({"type": "publish"}, "events:1 [type]", "不是本制度的用词"),
        ({"type": None}, "events:1 [type]", "没有填写"),
        ({"item": "z"}, "events:1 [item]", "稿件“z”不在稿件表里"),
        ({"item": ""}, "events:1 [item]", "必须写明稿件"),
        ({"unit": "三庭"}, "events:1 [unit]", "单位“三庭”不在单位名单里"),
        ({"type": "late"}, "events:1 [unit]", "必须写明单位"),
        ({"type": "late", "unit": "一庭", "n": "两次"}, "events:1 [n]", "不是正整数"),
        ({"type": "late", "unit": "一庭", "n": 0}, "events:1 [n]", "不是正整数"),
        ({"type": "error", "unit": "一庭", "sent_up": "是"}, "events:1 [sent_up]", "只能写 0 或 1"),
        ({"type": "instruct", "value": "county", "system": "军队"}, "events:1 [system]", "不是本制度的用词"),
        ({"event_id": None}, "events:1 [event_id]", "没有填写"),
        ({"event_id": "e|1"}, "events:1 [event_id]", "不能有"),
    ],
)
def test_a_faulty_fact_is_named(changes, place, words):
    (message,) = faults(events=[event(**changes)])
    assert message.startswith(place)
    assert words in message


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"units": "一庭;三庭", "joint": 1}, "items:1 [units]", "单位“三庭”不在单位名单里"),
        ({"units": "", "lead": ""}, "items:1 [units]", "没有写明报送部门"),
        ({"lead": "二庭"}, "items:1 [lead]", "不在本稿件的部门里"),
        ({"units": "一庭;二庭"}, "items:1 [joint]", "没有标明合作"),
        ({"joint": "是"}, "items:1 [joint]", "只能写 0 或 1"),
        ({"class": "poem"}, "items:1 [class]", "不是本制度的用词"),
        ({"kind": "poem"}, "items:1 [kind]", "不是本制度的用词"),
    ],
)
def test_a_faulty_item_is_named(changes, place, words):
    (message,) = faults(items=[ITEMS[0] | changes])
    assert message.startswith(place)
    assert words in message


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"item": "z"}, "item", "不在稿件表里"),
        ({"unit": "二庭"}, "unit", "不是这篇稿件的报送部门"),
        ({"person": ""}, "person", "没有填写"),
        ({"weight": "1.5"}, "weight", "不是非负整数"),
        ({"weight": -1}, "weight", "不是非负整数"),
        ({"weight": 0}, "weight", "合计为零"),
    ],
)
def test_a_faulty_author_is_named(changes, column, words):
    author = {"item": "a", "unit": "一庭", "person": "甲", "weight": 1}
    messages = faults(authors=[author | changes])
    assert any(f"authors:1 [{column}]" in message and words in message for message in messages)


def test_all_faults_are_collected_and_rows_of_a_file_are_named():
    events = [event(line=7, ts="x"), event(line=9, item="z"), event(event_id="e2", line=12, unit="三庭")]
    messages = faults(units=[{"unit": "一庭"}, {"unit": "一庭"}], events=events)
    assert [message.split(":")[1].split(" ")[0] for message in messages] == ["2", "7", "9", "9", "12"]
    assert "“e1”出现了不止一次" in messages[2] + messages[3]


def test_python_values_and_texts_read_alike():
    plain = points(events=[event()])
    typed = points(events=[event(ts=datetime(2024, 6, 7, 10))])
    aware = points(events=[event(ts=datetime(2024, 6, 7, 2, tzinfo=UTC))])
    offset = points(events=[event(ts="2024-06-07T02:00+00:00")])
    assert plain == typed == aware == offset == {"一庭": Decimal(5), "二庭": Decimal(0)}


def test_an_instant_is_placed_by_local_time():
    assert points(events=[event(ts="2024-06-30T16:00+00:00")])["一庭"] == 0
    assert points(events=[event(ts="2024-06-30T15:59+00:00")])["一庭"] == 5


def test_a_fact_recorded_after_the_day_of_knowledge_is_left_out():
    data = ScoreInput(UNITS, ITEMS, [event(recorded_at="2024-07-02T08:00")])
    early = score(PACK, data, JUNE, known=date(2024, 7, 1))
    late = score(PACK, data, JUNE, known=date(2024, 7, 2))
    assert [s.points for s in early.scores] == [0, 0]
    assert [s.points for s in late.scores] == [5, 0]


def test_text_that_looks_like_sql_is_only_text():
    name = "'; DROP TABLE rows; --"
    result = points(
        units=[{"unit": name}],
        items=[{"item": name, "kind": "info", "class": "problem", "units": [name]}],
        events=[event(event_id='"; x', item=name)],
    )
    assert result == {name: 5}


def test_words_of_a_pack_that_look_like_sql_are_only_words():
    word = "it's'); --{{when}}"
    late = PACK.clause("points/late").model_copy(update={"when": ({"type": (word,)},)})
    pack = replace(PACK, written=tuple(late if c.id == late.id else c for c in PACK.written))
    result = score(pack, ScoreInput(UNITS, ITEMS, [event(type=word, unit="一庭")]), JUNE)
    assert [s.points for s in result.scores] == [-2, 0]


def test_a_period_shorter_than_the_period_of_account_is_refused():
    with pytest.raises(Exception, match="短于本制度的计分期间"):
        score(PACK, ScoreInput(UNITS, ITEMS, [event()]), [Period.parse("2024W23")])
