"""The table behind ``hengjian deadlines``, judged by the installed Longkou pack."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.deadlines import _duties
from hengjian.cli.main import app
from hengjian.clocks.deadlines import judge, read_cases
from hengjian.policy import Param, load_pack

HEADER = ("case", "class", "occurred_at", "learned_at", "first_report_at", "detail_at")
CLASSES = ("dynamic", "major_case", "sensitive", "experience", "problem")
SHARED = Path(os.environ.get("HENGJIAN_SHARED", Path(__file__).parents[5] / "shared"))
ACCEPTANCE = SHARED / "data/scenarios/longkou/deadlines.csv"


def violations(kind, occurred, learned="", first="", detail="", readings=None):
    pack = load_pack("longkou").with_readings(readings or {})
    row = dict(zip(HEADER, ("X", kind, occurred, learned, first, detail), strict=True))
    (case,) = read_cases([row], HEADER, _duties(pack), CLASSES, "x.csv")
    return judge(case, lambda day: _duties(pack, day), value_of=pack.value).violations


@pytest.mark.parametrize(
    ("kind", "times", "expected"),
    [
        ("dynamic", ("2024-06-03T09:00", "", "2024-06-05T09:00"), 0),
        ("dynamic", ("2024-06-03T09:00", "", "2024-06-05T09:01"), 1),
        ("dynamic", ("2024-06-03T09:00", "2024-06-04T09:00", "2024-06-06T09:00"), 1),
        ("dynamic", ("2024-02-28T09:00", "", "2024-03-01T09:00"), 0),
        ("dynamic", ("2023-12-30T23:59", "", "2024-01-01T23:59"), 0),
        ("dynamic", ("2024-06-03T09:00",), 1),
        ("dynamic", ("2024-10-01T09:00", "", "2024-10-08T09:00"), 1),
        ("major_case", ("2024-06-03T23:50", "", "2024-06-03T23:59"), 0),
        ("major_case", ("2024-06-03T23:50", "", "2024-06-04T00:00"), 1),
        ("major_case", ("2024-06-03T00:00", "", "2024-06-03T23:59"), 0),
        ("major_case", ("2024-02-29T10:00", "", "2024-03-01T00:00"), 1),
        ("major_case", ("2024-06-03T10:00", "2024-06-04T08:00", "2024-06-04T08:01"), 1),
        ("major_case", ("2024-06-03T10:00",), 1),
        ("sensitive", ("2024-06-03T10:00", "", "2024-06-03T10:15", "2024-06-03T12:00"), 0),
        ("sensitive", ("2024-06-03T10:00", "", "2024-06-03T10:16", "2024-06-03T12:01"), 2),
        ("sensitive", ("2024-06-03T10:00", "2024-06-03T11:00", "2024-06-03T11:15", "2024-06-03T12:00"), 0),
        ("sensitive", ("2024-06-03T10:00", "2024-06-03T11:50", "2024-06-03T12:00", "2024-06-03T12:30"), 1),
        ("sensitive", ("2024-06-03T10:00", "2024-06-04T09:00", "2024-06-04T09:16", ""), 2),
        ("sensitive", ("2024-06-03T23:50", "", "2024-06-04T00:05", "2024-06-04T01:50"), 0),
        ("sensitive", ("2024-06-03T10:00", "", "2024-06-03T10:10", ""), 1),
        ("sensitive", ("2024-06-03T10:00", "", "", "2024-06-03T10:10"), 1),
        ("sensitive", ("2024-06-03T10:00", "", "2024-06-03T10:20", "2024-06-03T10:05"), 1),
        ("sensitive", ("2024-06-03T10:00",), 2),
        ("sensitive", ("2024-06-03T10:00", "2024-06-03T09:50", "2024-06-03T10:15", "2024-06-03T12:00"), 0),
        ("experience", ("2024-05-01T10:00", "", "2024-06-03T10:05"), 0),
        ("problem", ("2024-05-01T10:00",), 0),
        ("dynamic", ("2022-05-01T10:00",), 0),
    ],
)
def test_violations_of_article_14(kind, times, expected):
    assert violations(kind, *times) == expected


@pytest.mark.parametrize(
    ("reading", "times", "expected"),
    [
        ("R26=one_per_event", ("2024-06-03T10:00", "", "", ""), 1),
        (
            "D01=occurrence",
            ("2024-06-03T10:00", "2024-06-03T11:00", "2024-06-03T11:15", "2024-06-03T12:00"),
            1,
        ),
        ("D02=not_chargeable", ("2024-06-03T10:00", "2024-06-03T12:00", "2024-06-03T12:15", ""), 0),
        ("D02=not_chargeable", ("2024-06-03T10:00", "2024-06-03T11:59", "2024-06-03T12:14", ""), 1),
        (
            "D02=from_knowledge",
            ("2024-06-03T10:00", "2024-06-03T12:00", "2024-06-03T12:15", "2024-06-03T14:00"),
            0,
        ),
        ("D03=chargeable", ("2024-06-03T10:00", "", "2024-06-03T10:15", "2024-06-03T12:01"), 1),
    ],
)
def test_readings_are_switches(reading, times, expected):
    name, _, option = reading.partition("=")
    assert violations("sensitive", *times, readings={name: option}) == expected


def bad(**cells):
    row = (
        dict.fromkeys(HEADER, "")
        | {"case": "A", "class": "dynamic", "occurred_at": "2024-06-03T09:00"}
        | cells
    )
    return read_cases([row], HEADER, [], CLASSES, "d.csv")


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ({"occurred_at": "2023-02-29T09:00"}, "d.csv:2 [occurred_at]"),
        ({"first_report_at": "2024-06-03T24:00"}, "d.csv:2 [first_report_at]"),
        ({"detail_at": "2024/6/3 9:00"}, "d.csv:2 [detail_at]"),
        ({"occurred_at": "2024-06-03"}, "d.csv:2 [occurred_at]"),
        ({"occurred_at": ""}, "d.csv:2 [occurred_at]"),
        ({"class": "Dynamic"}, "d.csv:2 [class]"),
        ({"case": " "}, "d.csv:2 [case]"),
    ],
)
def test_a_bad_cell_is_one_sentence_with_row_and_column(cells, where):
    with pytest.raises(HengjianError) as error:
        bad(**cells)
    assert str(error.value.where) == where
    assert error.value.message.endswith("。")


def test_all_bad_rows_are_named_at_once():
    row = dict.fromkeys(HEADER, "") | {"case": "A", "class": "x", "occurred_at": "y"}
    with pytest.raises(HengjianError) as error:
        read_cases([row, row], HEADER, [], CLASSES, "d.csv")
    assert str(error.value).count("d.csv:") == 4


def test_a_missing_column_is_named():
    with pytest.raises(HengjianError, match="缺少列 learned_at、detail_at"):
        read_cases([], (*HEADER[:3], "first_report_at"), _duties(load_pack("longkou")), CLASSES, "d.csv")


def test_a_repeated_case_is_refused():
    row = dict.fromkeys(HEADER, "") | {"case": "A", "class": "dynamic", "occurred_at": "2024-06-03T09:00"}
    with pytest.raises(HengjianError, match="重复"):
        read_cases([row, row], HEADER, [], CLASSES, "d.csv")


def test_the_command_writes_one_row_a_clock_and_repeats_the_violations(tmp_path):
    source, out = tmp_path / "d.csv", tmp_path / "new" / "o.csv"
    source.write_text(
        "﻿" + ",".join(HEADER) + "\nA,sensitive,2024-06-03T10:00,,2024-06-03T10:16,\n"
        "B,problem,2024-06-03T10:00,,,\nC,major_case,2024-06-03T10:00,,2024-06-03T11:00,\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["deadlines", "longkou", "--input", str(source), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8") == (
        "case,violations,clock,due_at,happened_at,late_by\n"
        "A,2,duties/report-sensitive.first,2024-06-03T10:15,2024-06-03T10:16,1\n"
        "A,2,duties/report-sensitive.detail,2024-06-03T12:00,,\n"
        "B,0,,,,\n"
        "C,0,duties/report-major-case.report,2024-06-04T00:00,2024-06-03T11:00,\n"
    )


def test_before_the_limit_nothing_is_missed_yet(tmp_path):
    source = tmp_path / "d.csv"
    source.write_text(",".join(HEADER) + "\nA,sensitive,2024-06-03T10:00,,,\n", encoding="utf-8")
    asked = ["deadlines", "longkou", "--input", str(source), "--format", "csv", "--now", "2024-06-03T10:20"]
    result = CliRunner().invoke(app, asked)
    assert [line.split(",")[1] for line in result.output.splitlines()[1:]] == ["1", "1"]


@pytest.mark.shared
@pytest.mark.skipif(not ACCEPTANCE.exists(), reason="no acceptance data beside the checkout")
def test_agrees_with_every_acceptance_case():
    pack = load_pack("longkou")
    with ACCEPTANCE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    cases = read_cases(rows, list(rows[0]), _duties(pack), CLASSES, str(ACCEPTANCE))
    found = {
        case.key[1]: judge(case, lambda day: _duties(pack, day), value_of=pack.value).violations
        for case in cases
    }
    assert found == {row["case"]: int(row["expected_violations"]) for row in rows}


def test_the_text_in_force_on_the_day_decides():
    pack = load_pack("longkou")
    assert not _duties(pack, date(2023, 6, 30))
    assert _duties(pack, date(2023, 7, 1))


def test_a_limit_changes_from_the_day_its_value_changes():
    values = [{"from": date(2023, 7, 1), "value": 48}, {"from": date(2024, 6, 16), "value": 24}]
    param = Param.model_validate({"title": "t", "article": "14", "values": values})
    pack = load_pack("longkou").with_values({"report.dynamic": param})

    def count(occurred, first):
        row = dict(zip(HEADER, ("X", "dynamic", occurred, "", first, ""), strict=True))
        (case,) = read_cases([row], HEADER, _duties(pack), CLASSES, "x.csv")
        return judge(case, lambda day: _duties(pack, day), value_of=pack.value).violations

    assert count("2024-06-15T23:59", "2024-06-17T23:59") == 0
    assert count("2024-06-16T00:00", "2024-06-17T00:01") == 1
