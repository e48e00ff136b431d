"""All installed packs: nothing left out, nothing copied, nothing private, quick to load; each finds its text's slips."""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from hengjian.base.articles import ArticleRef
from hengjian.policy import load_pack, pack_ids
from hengjian.policy.coverage import coverage
from hengjian.policy.lint import lint

SHARED = Path(os.environ.get("HENGJIAN_SHARED", Path(__file__).parents[5] / "shared"))
PHONE = re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{7,8})(?![\dA-Z])")
RUN = 30
PACKS = pack_ids()
AMBIGUITIES = {"wuhua": ("W", 10), "hubei": ("H", 16), "jiaozuo": ("J", 13), "shandong": ("S", 11)}
OUR_OWN = {
    "not-covered",
    "idle-option",
    "clashing-options",
    "unused-value",
    "no-case",
    "stray-case",
    "never-checked",
}
"""Findings that are faults of a pack, not of its text."""

# What lint must find by itself in each text: code and a part of the message, how often.
COMPUTED = {
    "longkou": [("date-assumed", "2023-07-01", 1)],
    "wuhua": [
        ("date-assumed", "2022-04-01", 1),
        ("total-mismatch", "印出的合计是 58，逐行相加是 62", 1),
        ("serial-missing", "第 19 行的序号是“空”", 1),
        ("quota-conflict", "少于“每季至少一篇信息”一年合计的 4 篇", 5),
        ("length-range", "1001 至 1999 字不属于任何一种", 1),
        ("length-range", "字同时属于", 2),
        ("heading-number", "只有 （一）", 1),
    ],
    "hubei": [
        ("back-dated", "2017-01-03 印发，却从 2017-01-01 起施行", 1),
        ("total-mismatch", "印出的合计是 41，逐行相加是 42", 1),
        ("total-mismatch", "印出的合计是 80，逐行相加是 81", 1),
        ("total-mismatch", "", 2),
        ("no-score", "“领导参阅件”没有对应的得分", 2),
        ("no-quota", "对应的一格是空的", 2),
        ("length-range", "1000 字同时属于“动态信息”和“调研信息”", 1),
        ("length-range", "超过 3500 字的不属于任何一种", 1),
    ],
    "jiaozuo": [
        ("self-assessment", "又由其考核自己", 12),
        ("no-formula", "没有写明怎样计算", 19),
        ("no-target", "“网上信访”", 1),
        ("external-target", "“庭审直播”的标准由省法院确定", 1),
        ("policy-risk", "活跃度”：", 2),
        ("mixed-numbering", "混用 （一）、（1） 2 种写法", 1),
        ("two-leads", "列了 2 次", 4),
        ("no-standard", "“好差评系统”", 1),
        ("uneven-list", "没有列审监一庭", 5),
        ("uneven-list", "没有列家事庭", 2),
    ],
    "shandong": [
        ("date-assumed", "2019-07-01", 1),
        ("two-offices", "“质量监测”列了 2 次", 1),
        ("no-owner", "“执行信息”对应的一格是空的", 1),
        ("scope-missing", "对应的一格是空的", 2),
        ("list-count", "", 0),
    ],
}


@pytest.fixture(scope="module", params=PACKS)
def pack(request):
    return load_pack(request.param)


def test_every_article_is_carried_out_or_says_why_not(pack):
    assert [row.article for row in coverage(pack) if row.gap] == []


def test_the_pack_itself_is_tidy(pack):
    assert [row for row in lint(pack) if row.code in OUR_OWN] == []


def test_no_code_of_a_finding_stands_twice_with_the_same_words(pack):
    assert [row for row, count in Counter(lint(pack)).items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name in PACKS if name in COMPUTED])
def test_lint_computes_what_the_text_gets_wrong(name):
    rows = lint(load_pack(name))
    for code, words, times in COMPUTED[name]:
        found = [row for row in rows if row.code == code and words in row.message]
        assert (code, words, len(found)) == (code, words, times)


def test_every_option_of_every_reading_can_be_taken(pack):
    for reading in pack.readings.values():
        for option in reading.options:
            assert pack.with_readings({reading.id: option}).clauses


@pytest.mark.parametrize("name", AMBIGUITIES)
def test_every_ambiguity_of_the_text_is_a_reading_or_a_finding(name):
    letter, count = AMBIGUITIES[name]
    pack = load_pack(name)
    told = {r.ambiguity for r in pack.readings.values()} | {f.ambiguity for f in pack.findings}
    assert {f"{letter}-A{n}" for n in range(1, count + 1)} - told == set()


@pytest.mark.parametrize(
    ("name", "letter", "count"),
    [("longkou", "", 13), *((n, f"{x}-", c) for n, (x, c) in AMBIGUITIES.items())],
)
def test_every_ambiguity_that_touches_the_software_is_a_reading(name, letter, count):
    told = {reading.ambiguity for reading in load_pack(name).readings.values()}
    assert {f"{letter}A{n}" for n in range(1, count + 1)} - told == set()


def test_citations_are_written_in_one_way(pack):
    for clause in pack.clauses:
        for text in clause.articles:
            assert str(ArticleRef.parse(text)) == text


def test_sentences_end(pack):
    texts = [a.gist for a in pack.articles] + [a.statement for a in pack.articles if a.statement]
    texts += [finding.message for finding in pack.findings]
    texts += [option.title for r in pack.readings.values() for option in r.options.values()]
    assert [text for text in texts if not text.endswith("。")] == []
    assert [r.id for r in pack.readings.values() if not r.question.endswith("？")] == []


def test_it_loads_in_half_a_second(pack):
    def load():
        started = time.process_time()
        load_pack(pack.folder)
        return time.process_time() - started

    # the least of three: in the middle of a suite one load may pay for the garbage of others
    assert min(load() for _ in range(3)) < 0.5


def test_the_indicators_of_jiaozuo_are_those_of_its_text():
    """15 applications, 17 numbers, two without; the entries of the responsible lists as printed."""
    pack = load_pack("jiaozuo")
    measures = pack.clauses_of("measure")
    assert len({measure.group for measure in measures}) == 15
    assert Counter(measure.target.kind for measure in measures) == {"number": 17, "none": 1, "external": 1}
    printed = [2, 2, 13, 17, 17, 2, 2, 17, 13, 2, 14, 2, 2, 5, 18]
    assert list(Counter(row["indicator"] for row in pack.tables["responsible"]).values()) == printed
    assert not any(measure.ranked for measure in measures)


@pytest.mark.parametrize(
    ("table", "vocabulary"), [("inspection_heads", "inspection_head"), ("powers", "power")]
)
def test_the_lists_of_shandong_are_the_same_in_table_and_words(table, vocabulary):
    pack = load_pack("shandong")
    column = {"inspection_heads": "head", "powers": "power"}[table]
    assert [row[column] for row in pack.tables[table]] == [t.label for t in pack.vocabulary(vocabulary)]


def test_the_duty_lists_of_shandong_have_six_seven_and_four_items():
    pack = load_pack("shandong")
    assert list(Counter(row["level"] for row in pack.tables["duty_lists"]).values()) == [6, 7, 4]
    assert [row["duty"] for row in pack.tables["duty_lists"]] == [
        term.label for term in pack.vocabulary("duty_item")
    ]


def files(pack):
    return [path for path in sorted(pack.folder.rglob("*")) if path.suffix in (".yaml", ".csv", ".md")]


def test_no_number_looks_like_a_telephone_and_no_address_like_a_mailbox(pack):
    for path in files(pack):
        text = path.read_text(encoding="utf-8")
        assert PHONE.findall(text) == [], path
        assert re.findall(r"\S+@\S+", text) == [], path


@pytest.mark.shared
def test_no_passage_of_the_regulation_is_copied(pack):
    source = SHARED / "regulations" / f"{pack.id}.txt"
    if not source.exists():
        pytest.skip("no regulation text")
    original = "".join(source.read_text(encoding="utf-8").split())
    runs = {original[at : at + RUN] for at in range(len(original) - RUN + 1)}
    for path in files(pack):
        ours = "".join(path.read_text(encoding="utf-8").split())
        shared = [ours[at : at + RUN] for at in range(len(ours) - RUN + 1) if ours[at : at + RUN] in runs]
        assert shared == [], path
