"""``hengjian score``: columns, periods, values, readings, and one sentence for every fault."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.main import app

UNITS = "unit\n一庭\n二庭\n"
ITEMS = "item,kind,class,joint,lead,units\na,info,problem,0,一庭,一庭\nb,info,major,1,,一庭;二庭\n"
EVENTS = """event_id,ts,type,item,unit,value,system,n,sent_up,note
e1,2024-06-07T10:00,adopt,a,,bulletin,,1,,
e2,2024-07-01T00:00,adopt,b,,bulletin,,1,,
e3,2024-07-02T10:00,adopt,a,,bulletin,,1,,
e4,2024-07-03T10:00,instruct,b,,county,gov,1,,
"""


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in ({"units": UNITS, "items": ITEMS, "events": EVENTS} | files).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def run(folder, *options, pack="longkou"):
    out = folder / "out"
    result = CliRunner().invoke(app, ["score", pack, "--input", str(folder), "--out", str(out), *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return {path.stem: list(csv.DictReader(StringIO(path.read_text("utf-8")))) for path in out.glob("*.csv")}


def refused(folder, *options):
    with pytest.raises(HengjianError) as caught:
        run(folder, *options)
    return str(caught.value).replace(f"{folder}/", "")


def points(tables):
    return {(r["period"], r["unit"]): r["points"] for r in tables["scores"]}


def test_without_periods_every_month_and_year_in_which_anything_happened_is_written(folder):
    tables = run(folder())
    assert list(tables["scores"][0]) == ["period", "unit", "points", "disqualified", "evaluated"]
    assert points(tables) == {
        ("2024-06", "一庭"): "5",
        ("2024-06", "二庭"): "0",
        ("2024-07", "一庭"): "1",
        ("2024-07", "二庭"): "1",
        ("2024", "一庭"): "6",
        ("2024", "二庭"): "1",
    }
    assert {r["period"]: r["disqualified"] for r in tables["scores"]} == {
        "2024-06": "",
        "2024-07": "",
        "2024": "0",
    }
    assert "persons" not in tables


def test_explanations_have_the_columns_of_the_contract_and_only_point_giving_facts(folder):
    rows = run(folder())["explain"]
    columns = "period unit rule article version points evidence item reading note"
    assert list(rows[0]) == columns.split()
    found = {(r["unit"], r["rule"], r["points"], r["evidence"]) for r in rows}
    assert found == {
        ("一庭", "bulletin.problem", "5", "e1"),
        ("一庭", "coop.nolead", "1", "e2"),
        ("二庭", "coop.nolead", "1", "e2"),
        ("(unallocated)", "ins.county", "2", "e4"),
    }


def test_zero_rows_with_their_reason_are_written_on_demand(folder):
    rows = run(folder(), "--zeros")["explain"]
    assert [r["note"] for r in rows if r["evidence"] == "e3"] == ["同一事项已按 e1 计过一次，不重复计。"]


def test_periods_are_chosen_by_option(folder):
    assert set(points(run(folder(), "--period", "2024-07;2024Q3"))) == {
        (period, unit) for period in ("2024-07", "2024Q3") for unit in ("一庭", "二庭")
    }


def test_another_reading_and_another_table_of_values_change_the_score(folder):
    values = "param,effective_from,effective_to,value,article\nins.county,2023-07-01,,3,25\n"
    path = folder(values=values)
    assert points(run(path, "--reading", "R10=to_each"))["2024-07", "二庭"] == "4"
    other = path / "other.csv"
    other.write_text(values.replace(",3,25", ",7,25"), encoding="utf-8")
    assert points(run(path, "--reading", "R10=to_each", "--values", str(other)))["2024-07", "二庭"] == "8"


def test_scenarios_are_scored_alone_by_their_own_values_and_periods(folder):
    def tagged(text, *names):
        head, *lines = text.splitlines()
        return "\n".join([f"scenario,{head}", *(f"{name},{line}" for name in names for line in lines)]) + "\n"

    path = folder(
        units=tagged(UNITS, "S1", "S2"),
        items=tagged(ITEMS, "S1", "S2"),
        events=tagged(EVENTS, "S1") + "S2,e9,2024-06-07T10:00,adopt,a,,bulletin,,1,,\n",
        values="pack,param,effective_from,effective_to,value,article\nx,bulletin.problem,2023-07-01,,9,24\n"
        "base,bulletin.problem,2023-07-01,,5,24\n",
        scenarios="scenario,title,pack,periods\nS2,乙,x,2024-06\nS1,甲,base,2024\n",
        authors="scenario,item,unit,person,weight\nS2,a,一庭,甲,2\nS2,a,一庭,乙,1\n",
    )
    tables = run(path)
    assert [(r["scenario"], r["period"], r["unit"], r["points"]) for r in tables["scores"]] == [
        ("S2", "2024-06", "一庭", "9"),
        ("S2", "2024-06", "二庭", "0"),
        ("S1", "2024", "一庭", "6"),
        ("S1", "2024", "二庭", "1"),
    ]
    assert [(r["scenario"], r["person"], r["points"]) for r in tables["persons"]] == [
        ("S2", "甲", "6.00"),
        ("S2", "乙", "3.00"),
    ]


@pytest.mark.parametrize(
    ("files", "options", "sentence"),
    [
        ({"events": "event_id,ts,item\n"}, (), "events.csv:1: 缺少列 type，请补上表头。"),
        (
            {"events": EVENTS + "e5,2024\n"},
            (),
            "events.csv:6: 这一行的列数与表头不同，请补齐或删去多余的列。",
        ),
        ({"events": EVENTS.replace("e4,", "e1,")}, (), "events.csv:5 [event_id]: “e1”出现了不止一次"),
        ({"items": ITEMS.replace("二庭", "三庭")}, (), "items.csv:3 [units]: 单位“三庭”不在单位名单里"),
        ({"events": EVENTS + '"e5,2024'}, (), "引号没有成对，或者不是 CSV 文件，请改正。"),
        (
            {"scenarios": "scenario,periods\nS1,2024-13\n", "units": "scenario,unit\nS1,一庭\n"},
            (),
            "scenarios.csv",
        ),
        ({}, ("--values", "none.csv"), "none.csv: 没有这个文件，请检查 --values。"),
        ({}, ("--reading", "R99=x"), "没有理解“R99”"),
        ({}, ("--reading", "R10=x"), "没有选项“x”"),
        ({}, ("--period", "2024W23"), "短于本制度的计分期间"),
    ],
)
def test_every_fault_is_a_sentence(folder, files, options, sentence):
    assert sentence in refused(folder(**files), *options)


def test_missing_files_and_strange_encodings_are_named_together(folder):
    path = folder()
    (path / "units.csv").unlink()
    (path / "events.csv").write_bytes(EVENTS.encode() + "说明".encode("gb18030"))
    message = refused(path)
    assert "units.csv: 没有这个文件" in message
    assert "events.csv: 文件不是 UTF-8 编码" in message


def test_without_out_the_scores_are_printed(folder):
    result = CliRunner().invoke(app, ["score", "longkou", "--input", str(folder()), "--format", "csv"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == ["period,unit,points,disqualified,evaluated", "2024-06,一庭,5,,"]


def test_a_malformed_option_is_a_usage_error(folder):
    for option in (["--reading", "R10"], ["--period", "soon"]):
        result = CliRunner().invoke(app, ["score", "longkou", "--input", str(folder()), *option])
        assert result.exit_code == 2


def test_the_second_pack_scores_quarters_and_says_who_is_appraised(folder):
    path = folder(
        units="unit,category,listed_from,listed_to\n某处,E_office6,,\n某点,F_point,,2017-02-01\n",
        items="item,unit,class,routine\na,某处,urgent,0\n",
        events="event_id,ts,type,item,value,channel,note\ne1,2017-02-01T10:00,adopt,a,central,,\n",
    )
    tables = run(path, pack="hubei")
    assert [(r["period"], r["unit"], r["points"], r["evaluated"]) for r in tables["scores"]] == [
        ("2017Q1", "某处", "25", "1"),
        ("2017Q1", "某点", "0", "0"),
        ("2017", "某处", "25", "1"),
        ("2017", "某点", "0", "0"),
    ]
