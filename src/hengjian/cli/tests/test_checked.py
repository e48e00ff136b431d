"""Worked examples of checks and of flows."""

import pytest

from hengjian.base.errors import HengjianError, Place
from hengjian.cli.cases import run_cases
from hengjian.cli.checked import judge_check
from hengjian.cli.walked import judge_walk
from hengjian.policy import load_pack

HERE = Place("here.csv", 2)


def checked(pack, check, fields="", text="", times="", earlier=""):
    row = {"check": check, "fields": fields, "text": text, "times": times, "earlier": earlier}
    return judge_check(load_pack(pack), row, HERE)


def walked(pack, flow, matter="", by="", way=""):
    return judge_walk(load_pack(pack), {"flow": flow, "matter": matter, "by": by, "way": way}, HERE)


@pytest.mark.parametrize(
    ("pack", "check", "given", "found"),
    [
        ("wuhua", "checks/length", {"fields": "category=dynamic", "text": "字", "times": "500"}, "none"),
        ("wuhua", "checks/length", {"fields": "category=dynamic", "text": "字", "times": "501"}, "warn"),
        ("wuhua", "checks/length", {"fields": "category=dynamic", "text": "字", "times": "299"}, "advice"),
        ("longkou", "checks/duplicate", {"text": "同一件事的一段长文字。", "earlier": "别的|同一件事的一段长文字。"}, "warn"),
        ("longkou", "checks/dates", {"text": "2025年9月3日开会。", "fields": "today=2025-06-01"}, "advice"),
        ("longkou", "checks/dates", {"text": "2025年9月3日开会。", "fields": "today=2025-10-01"}, "none"),
        ("longkou", "checks/outlet-grade", {"fields": "outlet=general; grade=sensitive"}, "refused"),
        ("longkou", "checks/outlet-grade", {"fields": "outlet=special; grade=sensitive"}, "carried"),
        ("longkou", "checks/checklist", {}, "asked"),
        ("shandong", "checks/sample", {"fields": "population=101"}, "2"),
        ("shandong", "checks/three-levels", {"fields": "court=9; report=9; case=9"}, "agrees"),
        ("shandong", "checks/three-levels", {"fields": "court=8; report=9; case=9"}, "differs"),
        ("shandong", "checks/three-levels", {"fields": "court=9; report=9; case=8"}, "differs"),
    ],
)  # fmt: skip
def test_each_kind_of_check_is_judged(pack, check, given, found):
    assert checked(pack, check, **given) == found


@pytest.mark.parametrize(
    ("pack", "given", "road"),
    [
        ("longkou", ("", "importance=important"), "dept_head+ > supervising_leader+ > president!"),
        ("longkou", ("", "importance=emergency"), "report > dept_head+ > supervising_leader+ > president!"),
        ("longkou", ("flows/general", "importance=important"), "none"),
        ("longkou", ("flows/important", "", "editor", "without_leader"), "dept_head+ > president!"),
        ("longkou", ("flows/important", "", "liaison", "without_leader"), "refused"),
        ("wuhua", ("flows/outward", "", "liaison", "direct"), "supervising_leader"),
        ("shandong", ("flows/intent",), "inspectorx2 > staff > high_statistics"),
        ("shandong", ("flows/use-province",), "statistics > statistics^high > high_statistics"),
        ("jiaozuo", ("flows/ticket",), "lead_head > editor > &supervising_leader"),
    ],
)
def test_each_road_is_walked(pack, given, road):
    assert walked(pack, *given) == road


@pytest.mark.parametrize(
    ("judge", "pack", "arguments"),
    [
        (checked, "longkou", ("checks/outlet-grade", "outlet=general")),
        (checked, "longkou", ("checks/length", "category")),
        (checked, "longkou", ("checks/length", "category=dynamic", "字", "很多")),
        (checked, "longkou", ("checks/nowhere",)),
        (walked, "longkou", ("checks/length",)),
        (walked, "longkou", ("flows/important", "", "editor", "nowhere")),
    ],
)
def test_a_row_that_makes_no_sense_is_named(judge, pack, arguments):
    with pytest.raises(HengjianError, match="这一行读不懂") as caught:
        judge(pack, *arguments)
    assert caught.value.where == HERE


def test_both_files_are_compared_like_the_others(tmp_path):
    (tmp_path / "flows.csv").write_text(
        "case,flow,matter,by,way,expected,reason\nF1,flows/allocation,,,,liaison > dept_head+,\nF2,flows/notice,,,,editor,\n"
    )
    (tmp_path / "checks.csv").write_text(
        "case,check,fields,text,times,earlier,expected,reason\nC1,checks/secrecy,,绝密件,,,none,\n"
    )
    outcome = run_cases(load_pack("longkou"), tmp_path)
    assert outcome.checked == 3
    assert [(d.file, d.line, d.found) for d in outcome.differences] == [
        ("flows.csv", 3, "editor > supervising_leader+ > president"),
        ("checks.csv", 2, "block"),
    ]
