"""``hengjian pack``: exit codes, exact messages, exact columns."""

import csv
import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from hengjian import policy
from hengjian.cli.main import main
from hengjian.policy import load_pack

BAD = Path(policy.__file__).parent / "tests" / "bad"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line: exit code, stdout, stderr."""

    def go(*words):
        monkeypatch.setattr(sys, "argv", ["hengjian", "pack", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        return caught.value.code or 0, out, err

    return go


@pytest.fixture
def mini(tmp_path):
    return shutil.copytree(BAD / "good", tmp_path / "mini")


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_list_names_the_installed_packs(run):
    code, out, _ = run("list", "--format", "json")
    assert code == 0
    assert "longkou" in [row["id"] for row in json.loads(out)]


def test_list_looks_where_the_environment_says(run, mini, monkeypatch):
    monkeypatch.setenv("HENGJIAN_PACKS", str(mini.parent))
    code, out, _ = run("list", "--format", "csv")
    assert (code, [row["id"] for row in table(out)]) == (0, ["mini"])
    assert run("show", "mini")[0] == 0


def test_show_lists_the_clauses_with_their_articles(run, mini):
    code, out, _ = run("show", mini, "--format", "csv")
    assert code == 0
    assert {
        "part": "flow",
        "id": "mini/flows/important",
        "articles": "2",
        "title": "重要信息的审核",
    } in table(out)


def test_coverage_is_a_table_of_articles(run, mini):
    code, out, err = run("coverage", mini, "--format", "csv")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "article,gist,clauses,statement"
    assert len(table(out)) == 4


def test_coverage_fails_on_a_gap(run, mini):
    path = mini / "articles.yaml"
    path.write_text(path.read_text().replace(", statement: 只规定施行日期。", ""))
    code, _, err = run("coverage", mini)
    assert (code, err) == (1, "第 4 条没有落实，请补规则或写明理由（statement）。\n")


def test_values_have_the_columns_that_score_reads(run, mini):
    code, out, _ = run("values", mini, "--format", "csv")
    assert code == 0
    assert out == (
        "param,effective_from,effective_to,value,article\n"
        "notice.day,2024-01-01,2024-07-01,10,3\n"
        "notice.day,2024-07-01,2025-01-01,6,3\n"
    )


def test_values_as_known_on_a_day(run, mini):
    _, out, _ = run("values", mini, "--known", "2024-08-01", "--format", "csv")
    assert [row["value"] for row in table(out)] == ["10", "5"]


def test_readings_mark_the_chosen_option(run, mini):
    code, out, _ = run("readings", mini, "--format", "csv")
    assert code == 0
    assert [(row["reading"], row["option"], row["chosen"]) for row in table(out)] == [
        ("R01", "default", "1"),
        ("R01", "above", "0"),
    ]


def test_diff_tells_what_the_other_changes(run, mini, tmp_path):
    other = shutil.copytree(mini, tmp_path / "other")
    path = other / "values.yaml"
    path.write_text(path.read_text().replace("value: 10", "value: 8"))
    code, out, _ = run("diff", mini, other, "--format", "csv")
    assert (code, out) == (
        0,
        "what,id,articles,effective,field,before,after\nvalue,notice.day,3,2024-01-01,value,10,8\n",
    )


def test_lint_is_silent_on_a_sound_pack(run, mini):
    assert run("lint", mini, "--format", "csv") == (0, "code,where,message\n", "")


def test_lint_exits_3_when_there_are_findings(run):
    code, out, _ = run("lint", "longkou", "--format", "csv")
    assert code == 3
    assert table(out)[0]["code"] == "date-assumed"
    assert ("self-reference", "第二十六条") in [(row["code"], row["where"]) for row in table(out)]


@pytest.mark.parametrize("name", policy.pack_ids())
def test_the_worked_examples_of_every_pack_pass(run, name):
    code, out, err = run("test", name, "--format", "csv")
    assert out.splitlines() == ["file,line,scenario,what,expected,found"], err
    assert code == 0


def test_a_wrong_example_is_shown_and_fails(run, tmp_path):
    cases = "case,class,occurred_at,learned_at,first_report_at,detail_at,expected_violations,reason\n"
    (tmp_path / "deadlines.csv").write_text(f"{cases}X,dynamic,2024-06-03T09:00,,2024-06-03T10:00,,1,\n")
    code, out, err = run("test", "longkou", "--cases", tmp_path, "--format", "csv")
    assert (code, table(out)[0]["found"], err) == (1, "0", "核对 1 行，不符 1 行。\n")


def test_every_kind_of_wrong_score_is_shown(run, tmp_path):
    folder = shutil.copytree(load_pack("longkou").folder / "cases", tmp_path / "cases")
    for name, old, new in (
        ("expected.csv", "B1,2025-03,立案庭,2", "B1,2025-03,立案庭,3"),
        ("expected_alt.csv", "B2,R01=count,2025-03,立案庭,2", "B2,R01=count,2025-03,立案庭,0"),
        ("expected_persons.csv", "P1,2025-03,立案庭,周某丙,1.66", "P1,2025-03,立案庭,周某丙,1.67"),
        (
            "explain.csv",
            "B1,2025-03,立案庭,base_points,23,2023-07-01,2,",
            "B1,2025-03,民事庭,x,23,2023-07-01,2,",
        ),
    ):
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    code, out, _ = run("test", "longkou", "--cases", folder, "--format", "csv")
    assert code == 1
    assert [(row["file"], row["scenario"], row["expected"], row["found"]) for row in table(out)] == [
        ("expected.csv", "B1", "3", "2"),
        ("explain.csv", "B1", "2", "（无）"),
        ("explain.csv", "B1", "（无）", "2"),
        ("expected_persons.csv", "P1", "1.67", "1.66"),
        ("expected_alt.csv", "B2", "0", "2"),
    ]


def test_a_folder_without_examples_is_an_error(run, mini, tmp_path):
    (tmp_path / "cases").mkdir()
    code, _, err = run("test", mini, "--cases", tmp_path / "cases")
    assert (code, err) == (1, f"{tmp_path}/cases: 这里没有算例，请按算例格式放入 CSV 文件。\n")


def test_an_unknown_pack_is_a_failure(run):
    code, _, err = run("show", "nowhere")
    assert code == 1
    assert err.startswith("没有制度包“nowhere”，请写已安装的编号（")


def test_a_broken_pack_names_file_line_and_column(run, mini):
    shutil.copytree(BAD / "overlapping-values", mini, dirs_exist_ok=True)
    code, _, err = run("coverage", mini)
    message = "“notice.day”有两个值从同一天起生效，请删去一个或改日期。"
    assert (code, err) == (1, f"{mini}/values.yaml:8:7: {message}\n")


@pytest.mark.parametrize("words", [("shw",), ("show",), ("show", "longkou", "--format", "xml")])
def test_wrong_usage_exits_2(run, words):
    assert run(*words)[0] == 2


@pytest.mark.parametrize(
    "command", ["list", "show", "coverage", "values", "readings", "diff", "lint", "test"]
)
def test_every_command_has_help(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "--format" in out
