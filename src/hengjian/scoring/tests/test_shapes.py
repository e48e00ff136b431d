"""Each shape on small cases of its own: what counts, what is shown with zero, and why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hengjian.base.periods import Period
from hengjian.policy import DatedValue, Param, load_pack
from hengjian.scoring import UNALLOCATED, ScoreInput, score
from hengjian.scoring.explain import Code

LONGKOU, HUBEI = load_pack("longkou"), load_pack("hubei")
UNITS = [{"unit": u} for u in ("一庭", "二庭", "三庭")]


def item(name="a", units="一庭", lead=None, **more):
    lead = units if lead is None else lead
    joint = int(";" in units)
    return {
        "item": name,
        "kind": "info",
        "class": "problem",
        "joint": joint,
        "lead": lead,
        "units": units,
    } | more


def run(events, items=None, periods="2024-06", pack=LONGKOU, authors=(), units=UNITS, **readings):
    rows = []
    for number, (day, kind, *rest) in enumerate(events):
        name = rest[0] if rest else "a"
        more = rest[1] if len(rest) > 1 else {}
        ts = day if "T" in day else f"2024-06-{day}T10:00"
        rows.append({"event_id": f"e{number}", "ts": ts, "type": kind, "item": name} | more)
    data = ScoreInput(units, items or [item()], rows, authors)
    return score(pack.with_readings(readings), data, [Period.parse(p) for p in periods.split(";")])


def points(result, period="2024-06"):
    return {s.unit: s.points for s in result.scores if s.period == period and s.points}


def amended(**changes):
    return LONGKOU.with_values(
        {
            name.replace("__", "."): Param(
                title=name,
                article="24",
                values=tuple(
                    DatedValue.model_validate({"from": day, "value": value}) for day, value in entries
                ),
            )
            for name, entries in changes.items()
        }
    )


def test_a_second_printing_is_a_zero_row_that_names_the_first():
    result = run([("07", "adopt", "a", {"value": "bulletin"}), ("21", "adopt", "a", {"value": "bulletin"})])
    first, second = (r for r in result.rows if r.clause == "longkou/points/bulletin")
    assert (first.points, first.code, first.evidence) == (5, Code.COUNTS, ("e0",))
    assert (second.points, second.code, second.rival) == (0, Code.DUPLICATE, "e0")
    assert "e0" in second.note


def test_facts_of_one_minute_are_ordered_by_their_id():
    pack = amended(pub__city=[(date(2023, 7, 1), 1)])
    result = run(
        [
            ("07", "adopt", "a", {"value": "city", "note": "后"}),
            ("07", "adopt", "a", {"value": "city", "note": "先"}),
        ],
        pack=pack,
    )
    counted = [r.evidence for r in result.rows if r.points]
    assert counted == [("e0",)]


def test_publications_are_told_apart_by_name_then_by_note_then_by_fact():
    def adopted(*marks):
        return points(
            run([("07", "adopt", "a", {"value": "city"} | m) for m in marks], R07="per_publication")
        )["一庭"]

    assert adopted({"publication": "甲刊"}, {"publication": "甲刊", "note": "又一期"}) == 1
    assert adopted({"note": "甲刊"}, {"note": "乙刊"}) == 2
    assert adopted({}, {}, {"note": "甲刊"}) == 3


def test_a_value_that_has_ended_scores_zero_and_its_return_counts_as_the_first():
    pack = amended(pub__city=[(date(2023, 7, 1), 1), (date(2024, 6, 5), None), (date(2024, 6, 10), 2)])
    result = run(
        [("07", "adopt", "a", {"value": "city"}), ("12", "adopt", "a", {"value": "city"})], pack=pack
    )
    assert points(result) == {"一庭": 2}
    assert [r.code for r in result.rows if r.rule == "pub.city"] == [Code.NO_PRICE, Code.COUNTS]


def test_a_higher_instruction_gives_the_difference_at_its_own_days_price():
    pack = amended(ins__province=[(date(2023, 7, 1), 10), (date(2024, 6, 20), 12)])
    result = run(
        [
            ("10", "instruct", "a", {"value": "prefecture", "system": "party"}),
            ("21", "instruct", "a", {"value": "province", "system": "party"}),
            ("22", "instruct", "a", {"value": "county", "system": "party"}),
        ],
        pack=pack,
    )
    rows = [r for r in result.rows if r.clause == "longkou/points/instruction"]
    assert [(r.rule, r.points, r.version) for r in rows] == [
        ("ins.prefecture", 5, date(2023, 7, 1)),
        ("ins.province", 7, date(2024, 6, 20)),
        ("ins.county", 0, date(2023, 7, 1)),
    ]
    assert rows[2].code == Code.NOT_HIGHER


def test_points_without_a_recipient_are_shown_unallocated_and_in_no_score():
    result = run(
        [("07", "instruct", "a", {"value": "central", "system": "party"})], [item(units="一庭;二庭", lead="")]
    )
    (row,) = (r for r in result.rows if r.points)
    assert (row.unit, row.points, row.code) == (UNALLOCATED, 15, Code.NO_RECIPIENT)
    assert points(result) == {}


def test_an_equal_split_gives_the_odd_cent_to_the_first_listed():
    result = run(
        [("07", "instruct", "a", {"value": "province", "system": "party"})],
        [item(units="三庭;一庭;二庭", lead="")],
        R10="split_equally",
    )
    assert points(result) == {"三庭": Decimal("3.34"), "一庭": Decimal("3.33"), "二庭": Decimal("3.33")}


def test_a_deduction_falls_on_the_unit_named_even_outside_the_item():
    result = run([("07", "late", "a", {"unit": "三庭", "n": 2})])
    assert points(result) == {"三庭": -4}


def test_an_error_not_sent_up_costs_nothing():
    result = run(
        [("07", "error", "a", {"unit": "一庭", "value": "minor", "sent_up": flag}) for flag in ("0", "")]
    )
    assert points(result) == {}


def test_aggravation_costs_the_difference_and_cumulative_both():
    events = [("07", "inaccurate", "a", {"unit": "一庭"}), ("09", "false", "a", {"unit": "一庭"})]
    assert points(run(events)) == {"一庭": -10}
    assert points(run(events, R19="cumulative")) == {"一庭": -15}
    assert points(run([*events, events[1]], R19="cumulative")) == {"一庭": -15}


def test_claw_back_falls_in_the_month_of_the_finding_and_on_all_who_gained():
    events = [
        ("2024-06-07T10:00", "adopt", "a", {"value": "bulletin"}),
        ("2024-07-05T10:00", "false", "a", {"unit": "一庭"}),
        ("2024-07-20T10:00", "adopt", "a", {"value": "city"}),
    ]
    both = "2024-06;2024-07"
    items = [item(units="一庭;二庭", lead="一庭")]
    kept, taken = run(events, items, both), run(events, items, both, R20="claw_back")
    assert points(kept, "2024-07") == {"一庭": -9}
    assert points(taken, "2024-06") == {"一庭": 5, "二庭": 1}
    assert points(taken, "2024-07") == {"一庭": -15, "二庭": -1}


def test_points_taken_back_reach_back_even_when_only_the_later_month_is_asked():
    events = [
        ("2024-06-07T10:00", "adopt", "a", {"value": "bulletin"}),
        ("2024-07-05T10:00", "false", "a", {"unit": "一庭"}),
    ]
    assert points(run(events, periods="2024-07", R20="claw_back"), "2024-07") == {"一庭": -15}


def test_a_missed_quota_is_a_row_that_says_how_much_was_there():
    result = run([("05", "submit", "a", {"unit": "一庭"})])
    (row,) = (r for r in result.rows if r.unit == "一庭")
    assert (row.points, row.have, row.need, row.code) == (0, 1, 4, Code.SHORT)
    assert row.note == "应达 4，实有 1，未达到定额。"
    assert row.evidence == ("e0",)


def test_evidence_of_a_covered_week_is_its_first_item():
    items = [item(n) for n in "abcde"]
    days = zip(("03", "05", "12", "19", "26"), "abcde", strict=True)
    result = run([(day, "submit", name, {"unit": "一庭"}) for day, name in days], items)
    assert points(result) == {"一庭": 2}
    (row,) = (r for r in result.rows if r.points)
    assert row.evidence == ("e0", "e2", "e3", "e4")


def test_an_accident_disqualifies_for_its_calendar_year_and_leaves_the_ranking():
    events = [
        ("2024-03-06T10:00", "accident", "a", {"unit": "一庭"}),
        ("07", "adopt", "a", {"value": "bulletin"}),
    ]
    result = run(events, periods="2024-06;2024;2025")
    states = {(s.period, s.unit): (s.disqualified, s.place) for s in result.scores}
    assert states["2024", "一庭"] == (True, None)
    assert states["2024", "二庭"] == (False, 1)
    assert states["2025", "一庭"] == (False, 1)
    assert states["2024-06", "一庭"] == (None, 1)


def test_equal_scores_share_a_place_and_leave_a_gap():
    units = [{"unit": u} for u in ("一庭", "二庭", "三庭", "四庭")]
    items = [item("a"), item("b", "二庭"), item("c", "三庭", **{"class": "major"})]
    result = run([("07", "adopt", n, {"value": "bulletin"}) for n in "abc"], items, units=units)
    assert [s.place for s in result.scores] == [1, 1, 3, 4]


def test_authors_share_what_their_item_earned_and_no_deduction():
    authors = [
        {"item": "a", "unit": "一庭", "person": p, "weight": w}
        for p, w in (("甲", 1), ("乙", 1), ("丙", 1), ("丁", 0))
    ]
    events = [
        ("07", "adopt", "a", {"value": "bulletin"}),
        ("08", "adopt", "a", {"value": "central"}),
        ("09", "late", "a", {"unit": "一庭"}),
    ]
    result = run(events, authors=authors, periods="2024-06;2024-07;2024")
    shares = {(p.period, p.person): p.points for p in result.persons}
    assert [shares["2024-06", p] for p in "甲乙丙丁"] == [
        Decimal("3.34"),
        Decimal("3.33"),
        Decimal("3.33"),
        0,
    ]
    assert shares["2024", "甲"] == Decimal("3.34")
    assert shares["2024-07", "甲"] == 0


def test_a_year_is_the_sum_of_its_months_also_of_those_not_written():
    events = [
        ("2024-03-06T10:00", "late", "a", {"unit": "一庭"}),
        ("07", "adopt", "a", {"value": "bulletin"}),
    ]
    result = run(events, periods="2024;2024Q1")
    assert points(result, "2024") == {"一庭": 3}
    assert points(result, "2024Q1") == {"一庭": -2}
    assert {r.period for r in result.rows} == {"2024-03", "2024-06"}


def test_a_floor_is_a_row_of_its_own():
    result = run([("07", "late", "a", {"unit": "一庭"})], R17="floor_zero")
    assert points(result) == {}
    assert [(r.points, r.code) for r in result.rows if r.points] == [(-2, Code.COUNTS), (2, Code.FLOOR)]


def test_a_unit_leaving_the_list_inside_a_quarter_keeps_its_rows_at_zero():
    units = [{"unit": "甲", "category": "E_office6", "listed_to": "2017-03-30"}]
    data = ScoreInput(
        units,
        [{"item": "a", "unit": "甲", "class": "dynamic"}],
        [{"event_id": "e", "ts": "2017-02-01T10:00", "type": "adopt", "item": "a", "value": "central"}],
    )
    result = score(HUBEI, data, [Period.parse("2017Q1")])
    assert [(s.points, s.evaluated, s.place) for s in result.scores] == [(0, False, None)]
    assert {r.code for r in result.rows} == {Code.NOT_APPRAISED}


def test_a_unit_without_quota_earns_no_base_and_is_told_so():
    data = ScoreInput([{"unit": "厅办公室", "category": ""}], [], [])
    result = score(HUBEI, data, [Period.parse("2017Q1")])
    assert [(r.points, r.code) for r in result.rows] == [(0, Code.NO_QUOTA)]


@pytest.mark.parametrize(("have", "expected"), [(5, "50"), (1, "10"), (7, "60"), (0, "0")])
def test_a_proportional_base_is_rounded_to_cents_and_capped(have, expected):
    items = [{"item": f"i{n}", "unit": "甲", "class": "dynamic"} for n in range(have)]
    events = [
        {
            "event_id": f"e{n}",
            "ts": "2017-02-01T10:00",
            "type": "submit",
            "item": f"i{n}",
            "channel": "mail_dbk",
        }
        for n in range(have)
    ]
    data = ScoreInput([{"unit": "甲", "category": "E_office6"}], items, events)
    result = score(HUBEI.with_readings({"H01": "proportional"}), data, [Period.parse("2017Q1")])
    assert result.scores[0].points == Decimal(expected)


def test_rows_name_article_version_and_the_readings_that_touch_the_clause():
    result = run([("07", "late", "a", {"unit": "一庭"})], R26="one_per_event")
    (row,) = (r for r in result.rows if r.points)
    assert (row.rule, row.article, row.version) == ("ded.late", "26", date(2023, 7, 1))
    assert "R26=one_per_event" in row.readings
    assert "R25=default" in row.readings
