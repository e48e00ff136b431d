"""The clean text loses dirt and never loses its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.extract.clean import clean


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("审  判  员　　赵 甲", "审判员赵甲"),
        ("民 事 判 决 书", "民事判决书"),
        ("（２０１８）江０１民初１号", "（2018）江01民初1号"),
        ("清岚县人民法院&nbsp;民事判决书", "清岚县人民法院\n民事判决书"),
        ("<p>原告：甲</p>", "原告：甲"),
        ("原告甲。、被告乙。", "原告甲。\n被告乙。"),
        ("原告:甲、被告:乙。", "原告：甲\n被告：乙。"),
        ("审判长、赵甲、审判员、钱乙", "审判长、赵甲\n审判员、钱乙"),
        ("依照第二百二十\n五条", "依照第二百二十五条"),
        ("第一款\n第 3 页 共 13 页\n第二款", "第一款第二款"),
        ("一份、二份、三份", "一份、二份、三份"),
    ],
)
def test_takes_the_dirt_out(given: str, wanted: str) -> None:
    assert clean(given).text == wanted


_ALPHABET = "审判员甲乙。，；：、（）()[]<>&gt;nbsp; \n\u3000\t１２第页共-0"


@given(st.text(alphabet=_ALPHABET, max_size=200))
def test_every_character_leads_back_to_one_that_means_the_same(source: str) -> None:
    done = clean(source)
    for position, character in enumerate(done.text):
        start, end = done.span(position, position + 1)
        assert 0 <= start < end <= len(source)
        if character not in "\n&" and "&" not in source:
            assert clean(source[start:end]).text in (character, "") or character in "、"


@given(st.text(alphabet=_ALPHABET, max_size=200))
def test_spans_are_in_order(source: str) -> None:
    done = clean(source)
    starts = [done.span(i, i + 1)[0] for i in range(len(done.text))]
    assert starts == sorted(starts)


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("清岚县人民法院 民事判决书 （2024）江0101民初1号 原告：甲，男。 被告：乙。 审判员 赵甲").text
    assert clean(once).text == once
