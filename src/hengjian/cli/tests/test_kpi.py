"""``hengjian kpi``: columns of the contract, readings, and one sentence for every fault."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from typer.testing import CliRunner

from hengjian.base.errors import HengjianError
from hengjian.cli.main import app

FIGURES = """indicator,unit,period,numerator,denominator,value
filing_rate,立案庭,2022-08,198,200,99
filing_rate,甲县法院,2022-08,195,200,
filing_rate,乙县法院,2022-08,2,4,
网上开庭率,民一庭,2022-08,,,35
petition,信访局,2022-08,5,10,
broadcast,民一庭,2022-08,5,10,0.5
payment_rate,立案庭,2022-08,,,
"""
BENCHMARKS = """indicator,period,province_average,province_excellent,rank,ranked
filing_rate,2022-08,98.1,99.6,6,18
payment_rate,2022-08,,,,
"""


@pytest.fixture
def folder(tmp_path):
    def write(**files):
        for name, text in ({"figures": FIGURES, "benchmarks": BENCHMARKS} | files).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def run(folder, *options, period="2022-08"):
    out = folder / "out"
    arguments = ["kpi", "jiaozuo", "--input", str(folder), "--out", str(out), "--period", period, *options]
    result = CliRunner().invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return {path.stem: list(csv.DictReader(StringIO(path.read_text("utf-8")))) for path in out.glob("*.csv")}


def refused(folder, *options, **more):
    with pytest.raises(HengjianError) as caught:
        run(folder, *options, **more)
    return str(caught.value).replace(f"{folder}/", "")


def status(tables):
    return {(r["indicator"], r["unit"]): r["status"] for r in tables["results"]}


def test_every_status_is_reached(folder):
    found = status(run(folder()))
    assert found["filing_rate", "立案庭"] == "met"
    assert found["filing_rate", "甲县法院"] == "missed"
    assert found["filing_rate", "乙县法院"] == "too_few"
    assert found["petition", "信访局"] == "no_target"
    assert found["broadcast", "民一庭"] == "external_target"
    assert found["payment_rate", "立案庭"] == "no_data"


def test_columns_are_those_of_the_contract(folder):
    tables = run(folder())
    assert list(tables["results"][0]) == [
        "indicator",
        "unit",
        "period",
        "value",
        "target",
        "target_from",
        "status",
        "short_by",
        "lead",
    ]
    assert list(tables["explanations_due"][0]) == ["indicator", "unit", "trigger", "article"]
    row = next(r for r in tables["results"] if r["unit"] == "甲县法院" and r["indicator"] == "filing_rate")
    assert list(row.values()) == [
        "filing_rate",
        "甲县法院",
        "2022-08",
        "97.5",
        "99",
        "2022-07-28",
        "missed",
        "3",
        "立案庭",
    ]


def test_both_triggers_name_who_explains_and_the_article(folder):
    due = [tuple(row.values()) for row in run(folder())["explanations_due"]]
    assert due == [
        ("filing_rate", "立案庭", "rank", "推进要求(4)"),
        ("filing_rate", "甲县法院", "target", "推进要求(4)"),
    ]


def test_an_indicator_is_called_as_the_file_calls_it(folder):
    assert ("网上开庭率", "民一庭") in status(run(folder()))


def test_the_explanation_has_a_row_for_every_result(folder):
    tables = run(folder())
    assert [(r["indicator"], r["unit"], r["status"]) for r in tables["explain"]] == [
        (r["indicator"], r["unit"], r["status"]) for r in tables["results"]
    ]
    assert all(r["clause"] and r["article"] and r["note"] for r in tables["explain"])


def test_readings_values_and_targets_of_the_office_change_the_verdict(folder):
    here = folder(targets="indicator,from,value\npetition,2022-08-01,40\n")
    assert status(run(here))["petition", "信访局"] == "met"
    assert status(run(here, "--reading", "J02=more_than"))["filing_rate", "立案庭"] == "missed"
    table = "param,effective_from,effective_to,value,article\ntarget.filing_rate,2022-07-28,,97,推进目标·网上立案\n"
    (here / "other.csv").write_text(table, encoding="utf-8")
    assert status(run(here, "--values", str(here / "other.csv")))["filing_rate", "甲县法院"] == "met"


def test_all_lists_what_nobody_reported(folder):
    assert ("oa_active", "技术处") not in status(run(folder()))
    assert status(run(folder(), "--all"))["oa_active", "技术处"] == "no_data"


def test_half_years_may_be_written_with_or_without_a_dash(folder):
    text = "indicator,unit,period,numerator,denominator,value\nfiling_rate,立案庭,2022-H2,990,1000,\n"
    for period in ("2022-H2", "2022H2"):
        rows = run(folder(figures=text), period=period)["results"]
        assert [(r["period"], r["status"]) for r in rows] == [(period, "met")]


HEADB = BENCHMARKS.splitlines()[0] + "\n"
HEAD = "indicator,unit,period,numerator,denominator,value\n"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("x,立案庭,2022-08,1,2,", "figures.csv:2 [indicator]: 制度包 jiaozuo 没有指标“x”，请改用指标的编号或名称。"),
        ("filing_rate,,2022-08,1,2,", "figures.csv:2 [unit]: 没有写单位，请补上。"),
        ("filing_rate,立案庭,八月,1,2,", "figures.csv:2 [period]: “八月”不是期间，请写成 2024、2024Q2 或 2024-06 这样的形式。"),
        ("filing_rate,立案庭,2022-08,一,2,", "figures.csv:2 [numerator]: “一”不是数，请改正，没有的请留空。"),
        ("filing_rate,立案庭,2022-08,-1,2,", "figures.csv:2 [numerator]: “-1”小于零，请核对。"),
        ("filing_rate,立案庭,2022-08,3,2,", "figures.csv:2 [numerator]: 分子 3 大于分母 2，请核对。"),
        ("filing_rate,立案庭,2022-08,3,0,", "figures.csv:2 [denominator]: 分母是 0，分子却是 3，请核对。"),
        ("filing_rate,立案庭,2022-08,3,,", "figures.csv:2 [denominator]: 只写了分子，请补上另一个，或者都留空。"),
        ("filing_rate,立案庭,2022-08,,,101", "figures.csv:2 [value]: 百分数 101 大于 100，请核对。"),
        (
            "filing_rate,立案庭,2022-08,1,2,60",
            "figures.csv:2 [value]: 写的是 60，按分子、分母却是 50，请核对。",
        ),
        ("filing_rate,立案庭,2022-08,1,2", "figures.csv:2: 这一行的列数与表头不同，请补齐或删去多余的列。"),
        ("filing_rate,立案庭,2022-08,1,2,\nfiling_rate,立案庭,2022-08,1,2,", "figures.csv:3: 与第 2 行重复，请删去一行。"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence_with_file_row_and_column(folder, line, sentence):
    assert refused(folder(figures=f"{HEAD}{line}\n")) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("filing_rate,2022-08,1,2,19,18", "benchmarks.csv:2 [rank]: 第 19 名大于参加排名的 18 个，请核对。"),
        ("filing_rate,2022-08,1,2,0,18", "benchmarks.csv:2 [rank]: 名次从 1 起，没有公布名次的请留空。"),
        ("filing_rate,2022-08,1,2,1.5,18", "benchmarks.csv:2 [rank]: “1.5”不是整数，请核对。"),
    ],
)
def test_a_benchmark_that_cannot_be_is_refused(folder, line, sentence):
    head = "indicator,period,province_average,province_excellent,rank,ranked\n"
    assert refused(folder(benchmarks=f"{head}{line}\n")) == sentence


def test_missing_files_and_columns_are_named(folder, tmp_path):
    assert refused(folder(figures="indicator,unit\n")).startswith("figures.csv:1: 缺少列 period、numerator")
    (tmp_path / "figures.csv").unlink()
    assert refused(tmp_path) == "figures.csv: 没有这个文件，请放入 --input 的文件夹。"


def test_a_period_that_is_none_is_a_usage_error(folder):
    result = CliRunner().invoke(app, ["kpi", "jiaozuo", "--input", str(folder()), "--period", "八月"])
    assert result.exit_code == 2


def test_rounded_and_cut_values_beside_their_counts_are_accepted(folder):
    text = f"{HEAD}filing_rate,立案庭,2022-08,2,3,66.67\nfiling_rate,甲县法院,2022-08,2,3,66.6%\n"
    assert {r["value"] for r in run(folder(figures=text, benchmarks=HEADB))["results"]} == {"66.6667"}


def test_percentages_that_look_like_fractions_are_pointed_out(folder):
    text = f"{HEAD}filing_rate,立案庭,2022-08,,,0.99\nfiling_rate,甲县法院,2022-08,,,0.98\n"
    result = CliRunner().invoke(
        app, ["kpi", "jiaozuo", "--input", str(folder(figures=text)), "--period", "2022-08"]
    )
    assert "像是写成了小数" in result.stderr
