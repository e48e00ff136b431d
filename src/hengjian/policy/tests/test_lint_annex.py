"""Findings computed from annexes, ranges, headings and indicators."""

import pytest

from hengjian.policy import load_pack
from hengjian.policy.lint import lint
from hengjian.policy.lint.numerals import read_numeral

FINDING = """- code: some-finding
  articles: ["1"]
  message: 请核对。
  check: {check}
"""


@pytest.fixture
def facts(changed):
    """``facts(check, clauses, table)``: the messages of one computed finding over the mini pack."""

    def found(check, clauses="", table=""):
        folder = changed().folder
        if clauses:
            (folder / "clauses" / "more.yaml").write_text(clauses, encoding="utf-8")
        if table:
            (folder / "tables" / "rows.csv").write_text(table, encoding="utf-8")
        (folder / "findings.yaml").write_text(FINDING.format(check=check), encoding="utf-8")
        return [
            row.message.removesuffix("。请核对。")
            for row in lint(load_pack(folder))
            if row.code == "some-finding"
        ]

    return found


LENGTH = """- id: checks/length
  kind: check
  shape: length
  title: 篇幅
  articles: ["1"]
  ranges: [{title: 短, at_least: 300, at_most: 500}, {title: 中, at_least: LOW}, {title: 长, at_least: 2000, at_most: 3000}]
"""


@pytest.mark.parametrize(
    ("low", "found"),
    [
        ("501, at_most: 1999", ["超过 3000 字的不属于任何一种"]),
        ("500, at_most: 1999", ["500 字同时属于“短”和“中”", "超过 3000 字的不属于任何一种"]),
        (
            "501, at_most: 1000",
            ["“中”与“长”之间，1001 至 1999 字不属于任何一种", "超过 3000 字的不属于任何一种"],
        ),
        ("501", ["从 2000 字起同时属于“中”和“长”"]),
    ],
)
def test_ranges_of_one_length_check(facts, low, found):
    assert facts("{lengths: {clause: checks/length}}", LENGTH.replace("LOW", low)) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([",一、", ",二、"], []),
        ([",一、", ",三、"], ["一级标题的编号是 一、、三、，不连续"]),
        (["甲,（一）"], ["“甲”下面只有 （一），没有第二项"]),
        (["甲,（一）", "甲,(2)"], ["“甲”下面的编号混用 （一）、（1） 2 种写法"]),
    ],
)
def test_headings(facts, rows, found):
    table = "\n".join(["parent,number", *rows]) + "\n"
    assert facts("{numbering: {table: rows, parent: parent, number: number}}", table=table) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("二十一、", ("一", 21)),
        ("（十）", ("（一）", 10)),
        ("12)", ("1", 12)),
        ("甲", ("甲", 0)),
        ("", ("空", 0)),
    ],
)
def test_numerals(text, read):
    assert read_numeral(text) == read


def test_an_empty_cell(facts):
    check = "{blank: {table: rows, column: owner, of: field, where: {kind: [甲]}}}"
    table = "kind,field,owner\n甲,立案日期,立案\n甲,执行标的,\n乙,其他,\n"
    assert facts(check, table=table) == ["“执行标的”对应的一格是空的"]


QUOTA = """- {id: duties/quarter, kind: duty, shape: quota, title: 每季一篇, articles: ["1"], owner: department, per: quarter,
   counts: info, MINIMUM}
"""


@pytest.mark.parametrize("minimum", ["minimum: 1", "minimum_table: rows, minimum_column: quarterly"])
def test_a_plan_that_asks_less_than_the_text(facts, minimum):
    check = "{below: {table: rows, column: year, of: unit, duty: duties/quarter}}"
    table = "unit,year,quarterly\n甲所,4,1\n乙股,2,\n"
    found = facts(check, QUOTA.replace("MINIMUM", minimum), table)
    assert found == ["“乙股”全年 2 篇，少于“每季一篇”一年合计的 4 篇"]


UNITS = """- id: words/unit
  kind: definition
  title: 部门
  articles: ["1"]
  vocabulary: unit
  attrs: {line: text}
  terms:
    - {key: court, label: 各部门}
    - {key: all, label: 民事各庭, parent: court}
    - {key: a, label: 民一庭, parent: all, attrs: {line: 民事}}
    - {key: b, label: 民二庭, parent: all, attrs: {line: 民事}}
    - {key: c, label: 刑庭, parent: court, attrs: {line: 刑事}}
"""


def test_lists_that_leave_out_one_of_a_family(facts):
    check = "{uneven: {table: rows, by: item, of: unit, families: unit, attr: line}}"
    table = "item,unit\n送达,民一庭\n保全,民事各庭\n开庭,刑庭\n"
    assert facts(check, UNITS, table) == ["“送达”列了民事的其他部门，没有列民二庭"]


MEASURES = """- {id: measures/a, kind: measure, title: 立案率, articles: ["1"], indicator: a, group: 网上立案, lead: [民一庭],
   responsible: [各部门], target: {kind: external, source: 省法院}, policy_risk: 与上级规定不一致。}
- {id: measures/b, kind: measure, title: 及时率, articles: ["1"], indicator: b, group: 网上立案, lead: [民一庭],
   responsible: [刑庭], target: {kind: none}, numerator: x, denominator: y}
"""


def test_indicators_without_formula_or_number(changed):
    folder = changed().folder
    (folder / "clauses" / "more.yaml").write_text(UNITS + MEASURES, encoding="utf-8")
    assert [(row.code, row.message.split("”")[0]) for row in lint(load_pack(folder))] == [
        ("self-assessment", "“网上立案"),
        ("no-formula", "“立案率"),
        ("external-target", "“立案率"),
        ("no-target", "“及时率"),
        ("policy-risk", "“立案率"),
    ]


def test_a_text_issued_after_it_took_effect(changed):
    pack = changed("pack.yaml", "since: 2024-01-01", "since: 2024-01-01\nknown_from: 2024-01-03")
    assert [row.code for row in lint(pack)] == ["back-dated"]
