"""Lint: what the text gets wrong, what the pack gets wrong."""

import pytest

from hengjian.policy import load_pack
from hengjian.policy.lint import lint

FINDING = """- code: {code}
  articles: ["1"]
  message: 请核对。
  check: {check}
"""


def rows(pack):
    return [(row.code, row.where, row.message) for row in lint(pack)]


def with_finding(changed, check, code="total-mismatch"):
    """The mini pack has no findings.yaml; write one beside the change of nothing."""
    pack = changed()
    (pack.folder / "findings.yaml").write_text(FINDING.format(code=code, check=check), encoding="utf-8")
    return load_pack(pack.folder)


def test_a_sound_pack_has_no_finding(mini):
    assert rows(mini) == []


def test_an_assumed_date(changed):
    pack = changed(
        "pack.yaml", "since: 2024-01-01", "since: 2024-01-01\nsince_assumed: true\nsince_reason: 无。"
    )
    assert rows(pack) == [("date-assumed", "pack.yaml", "施行日期 2024-01-01 是推定的：无。")]


def test_a_gap_of_coverage(changed):
    pack = changed("articles.yaml", ", statement: 只规定施行日期。", "")
    assert rows(pack)[0][:2] == ("not-covered", "第四条")


def test_a_jump_in_the_numbers(changed):
    pack = changed("articles.yaml", 'article: "4"', 'article: "5"')
    assert rows(pack)[0] == ("numbering-gap", "第五条", "条号从 3 跳到 5，请核对是否漏录或正文编号有误。")


def test_a_value_nobody_reads(changed):
    pack = changed("clauses/flows.yaml", "due_days: notice.day", "due_days: 10")
    assert [row[:2] for row in rows(pack)] == [("unused-value", "values.yaml notice.day")]


def test_an_option_without_effect(changed):
    pack = changed("readings.yaml", "      set: {flows/important.steps.president.or_above: true}\n", "")
    assert [row[:2] for row in rows(pack)] == [("idle-option", "readings.yaml R01")]


def test_nobody_has_checked(changed):
    assert [row[0] for row in rows(changed("pack.yaml", "last_checked: 2024-01-05\n", ""))] == [
        "never-checked"
    ]


def test_a_printed_total_that_is_wrong(changed):
    pack = with_finding(changed, "{total: {table: units, declared: 3}}")
    message = "印出的合计是 3，逐行相加是 2。请核对。"
    assert rows(pack) == [("total-mismatch", "第一条", message)]


def test_a_printed_total_that_is_right(changed):
    assert rows(with_finding(changed, "{total: {table: units, declared: 1, where: {class: [甲]}}}")) == []


def test_a_unit_listed_twice(changed):
    assert rows(with_finding(changed, "{unique: {table: units, columns: [unit]}}", "listed-twice")) == []
    pack = changed("tables/units.csv", "二庭", "一庭")
    check = FINDING.format(code="listed-twice", check="{unique: {table: units, columns: [unit]}}")
    (pack.folder / "findings.yaml").write_text(check, encoding="utf-8")
    assert rows(load_pack(pack.folder))[0][2] == "“一庭”列了 2 次。请核对。"


def test_terms_without_points(changed):
    pack = with_finding(changed, "{unscored: {vocabulary: category}}", "unscored")
    assert [row[2] for row in rows(pack)] == [
        "“一般”没有对应的得分。请核对。",
        "“重要”没有对应的得分。请核对。",
    ]


def test_serial_numbers_with_a_hole(changed):
    pack = changed("tables/units.csv", "unit,class\n一庭,甲\n二庭,乙\n", "no,unit\n1,一庭\n,二庭\n")
    check = FINDING.format(code="serial-missing", check="{serials: {table: units, column: no}}")
    (pack.folder / "findings.yaml").write_text(check, encoding="utf-8")
    assert [row[2] for row in rows(load_pack(pack.folder))] == ["第 2 行的序号是“空”。请核对。"]


def with_cases(pack, tries):
    folder = pack.folder / "cases"
    (folder / "scenarios.csv").write_text("scenario,title\nA1,\n", encoding="utf-8")
    with (folder / "tries.csv").open("a", encoding="utf-8") as file:
        file.write(tries)
    return pack


def test_a_line_that_tries_nothing(changed):
    pack = with_cases(
        changed(), "flows/important,pass,A1\nflows/importent,pass,A1\nflows/important,fail,A2\n"
    )
    assert rows(pack) == [
        ("stray-case", "cases/tries.csv:5", "没有规则“flows/importent”，请改正。"),
        ("stray-case", "cases/tries.csv:6", "没有算例“A2”，请改正。"),
    ]


CLOCK = """- id: duties/report
  kind: duty
  shape: event
  title: 限时报送
  articles: ["1"]
  owner: department
  stages: {report: {title: 报送, start: occurred, stops: [first_report], within: {value: 1, unit: day}}}
"""


def test_a_clock_without_a_boundary_case(changed):
    pack = changed("clauses/words.yaml", "- id: words/role", CLOCK + "\n- id: words/role")
    assert rows(pack)[0][2] == "还缺成立、不成立、边界的算例，请补上并记入 tries.csv。"
    pack = with_cases(pack, "duties/report,pass,A1\nduties/report,fail,A1\n")
    assert rows(pack) == [("no-case", "cases/ duties/report", "还缺边界的算例，请补上并记入 tries.csv。")]


MORE = """- id: checks/length
  kind: check
  shape: length
  title: 篇幅
  articles: ["1"]
  ranges: [{at_most: 100}]
- id: registers/open
  kind: duty
  shape: register
  title: 名册
  articles: ["1"]
  owner: president
  register: clerk
  minimum: 0
- id: registers/clerk
  kind: duty
  shape: register
  title: 名册
  articles: ["1"]
  owner: president
  register: clerk
- id: flows/plain
  kind: flow
  title: 一条路
  articles: ["1"]
  steps: [{key: president, title: 院长, role: president}]
"""


def test_each_kind_of_clause_asks_for_its_own_cases(changed):
    pack = changed()
    (pack.folder / "clauses" / "more.yaml").write_text(MORE, encoding="utf-8")
    told = {row.where.split()[-1]: row.message[2:].split("的算例")[0] for row in lint(load_pack(pack.folder))}
    assert told == {
        "checks/length": "成立、不成立、边界",
        "registers/open": "成立",
        "registers/clerk": "成立、不成立",
        "flows/plain": "成立",
    }


RANGES = """- {id: notices/short, kind: notice, title: 短, articles: ["3"], per: month, due_days: 300, objection_days: 500,
   sections: [{key: a, title: 表, of: units, columns: [points]}]}
- {id: notices/long, kind: notice, title: 长, articles: ["3"], per: month, due_days: LOW, objection_days: 900,
   sections: [{key: a, title: 表, of: units, columns: [points]}]}
"""


@pytest.mark.parametrize(
    ("low", "facts"),
    [
        ("501", []),
        ("502", ["“短”与“长”之间，501 至 501 不属于任何一种。请核对。"]),
        ("500", ["500 同时属于“短”和“长”。请核对。"]),
        ("450", ["450 至 500 同时属于“短”和“长”。请核对。"]),
    ],
)
def test_ranges_with_holes_and_overlaps(changed, low, facts):
    pack = changed()
    (pack.folder / "clauses" / "ranges.yaml").write_text(RANGES.replace("LOW", low), encoding="utf-8")
    check = "{ranges: {clauses: [notices/short, notices/long], low: due_days, high: objection_days}}"
    text = FINDING.format(code="range-hole", check=check)
    (pack.folder / "findings.yaml").write_text(text, encoding="utf-8")
    assert [row.message for row in lint(load_pack(pack.folder))] == facts
