"""Numbers the way judgments write them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.extract.numbers import AMOUNT, DATE, TERM, read_amount, read_date, read_int, read_term


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("五千元", "5000"),
        ("人民币1.5万元", "15000"),
        ("0.6万元", "6000"),
        ("九元九角", "9.9"),
        ("5，599.06元", "5599.06"),
        ("400，000元", "400000"),
        ("陆佰万元", "6000000"),
        ("五万零五百七十五元", "50575"),
        ("3千元", "3000"),
        ("1500.00元", "1500"),
        ("一百五十元整", "150"),
    ],
)
def test_amounts(written: str, yuan: str) -> None:
    match = re.fullmatch(AMOUNT, written)
    assert match and read_amount(match) == Decimal(yuan)


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("六个月", "6"),
        ("三年零二个月", "38"),
        ("二年又十个月", "34"),
        ("十五年", "180"),
        ("2年6个月", "30"),
        ("二个月十五日", "2.5"),
    ],
)
def test_terms(written: str, months: str) -> None:
    match = re.fullmatch(TERM, written)
    term = read_term(match) if match else None
    assert term and term.months == Decimal(months)


def test_a_term_without_the_word_month_says_so() -> None:
    match = re.match(TERM, "六个；")
    term = read_term(match) if match else None
    assert term and term.months == 6 and term.short


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("二〇一七年十一月二十一日", "2017-11-21"),
        ("二○○九年三月二十日", "2009-03-20"),
        ("二O一八年五月三十日", "2018-05-30"),
        ("二零一九年元月一日", "2019-01-01"),
        ("2018年05月07日", "2018-05-07"),
        ("二〇二〇年二月廿九日", "2020-02-29"),
    ],
)
def test_dates(written: str, iso: str) -> None:
    match = re.fullmatch(DATE, written)
    day = read_date(match) if match else None
    assert day and day.date.isoformat() == iso and not day.lost


def test_a_lost_character_in_a_chinese_year_is_the_circle() -> None:
    match = re.fullmatch(DATE, "二O一?年七月五日")
    day = read_date(match) if match else None
    assert day and day.date.isoformat() == "2010-07-05" and day.lost


def test_a_day_that_does_not_exist_is_none() -> None:
    match = re.fullmatch(DATE, "2019年2月30日")
    assert match and read_date(match) is None


@given(st.integers(1, 99_999))
def test_numbers_survive_writing_in_chinese(number: int) -> None:
    assert read_int(_written(number)) == number


def _written(number: int) -> str:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千", "万"]
    out, zero = "", False
    for place in range(4, -1, -1):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + units[place]
        zero = digit == 0
    return out
