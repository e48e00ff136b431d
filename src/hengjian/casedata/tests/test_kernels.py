"""Check digits against python-stdnum and against plain arithmetic; speed is told by benchmarks/casedata."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from hengjian.casedata.facts import province_codes
from hengjian.casedata.kernels import bad_case_no, bad_resident_id, bad_uscc
from hengjian.casedata.kernels.resident import CHECK, WEIGHTS
from hengjian.casedata.kernels.uscc import ALPHABET

PROVINCES = sorted(province_codes())


def resident(province: str, rest: str, born: date, serial: int) -> str:
    body = f"{province}{rest}{born:%Y%m%d}{serial:03d}"
    return body + CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def plain_resident(text: str) -> bool:
    """The same judgement, one value at a time and slowly."""
    if not text.isascii() or len(text) not in (15, 18) or text[:2] not in PROVINCES:
        return False
    if len(text) == 15:
        text = text[:6] + "19" + text[6:] if text.isdigit() else ""
        return bool(text) and _is_date(text[6:14])
    if not text[:17].isdigit() or not 1800 <= int(text[6:10]) <= 2099 or not _is_date(text[6:14]):
        return False
    total = sum(
        (10 if c == "X" else int(c) if c.isdigit() else 99) * 2 ** (17 - i) for i, c in enumerate(text)
    )
    return text[17] in "0123456789X" and total % 11 == 1


def _is_date(text: str) -> bool:
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


residents = st.builds(
    resident,
    st.sampled_from(PROVINCES),
    st.from_regex(r"[0-9]{4}", fullmatch=True).map(
        lambda t: "".join(c for c in t if c.isascii())[:4].zfill(4)
    ),
    st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    st.integers(0, 999),
)
# a value with one character changed, added or removed
damaged = st.builds(
    lambda text, place, char: text[:place] + char + text[place + 1 :],
    residents,
    st.integers(0, 18),
    st.sampled_from(["", "0", "7", "X", "x", "Ｘ", "３", " ", "\n", "李", "é"]),
)
short = st.builds(lambda text: text[:6] + text[8:17], residents)


@given(st.lists(st.one_of(residents, damaged, short, st.text(max_size=20), st.none()), max_size=60))
def test_resident_ids_agree_with_plain_arithmetic(values: list[str | None]) -> None:
    assert bad_resident_id(pa.array(values, pa.string())).to_pylist() == [
        None if value is None else not plain_resident(value) for value in values
    ]


@given(residents)
def test_check_digits_of_resident_ids_agree_with_stdnum(value: str) -> None:
    assert ric.calc_check_digit(value) == value[-1]
    assert bad_resident_id(pa.array([value])).to_pylist() == [False]


@given(st.text(ALPHABET, min_size=9, max_size=9), st.from_regex(r"\A[0-9]{8}\Z"), st.text(max_size=18))
def test_credit_codes_agree_with_stdnum(tail: str, head: str, other: str) -> None:
    body = head + tail
    good = body + uscc.calc_check_digit(body)
    wrong = body + ALPHABET[(ALPHABET.index(good[-1]) + 1) % 31]
    assert bad_uscc(pa.array([good, wrong, other, None, good + "\n"])).to_pylist() == [
        False,
        True,
        not uscc.is_valid(other) or other != uscc.compact(other),
        None,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("11010519491231002X", False),
        ("11010519491231002x", True),  # the standard prints a capital
        ("11010519490229002X", True),  # 1949 had no 29 February
        ("990105194912310020", True),
        ("110105491231002", False),
        ("110105491331002", True),
        ("１10105491231002", True),
        ("11010519491231002X\n", True),
        (" 11010519491231002", True),
        ("", True),
        ("李", True),
    ],
)
def test_resident_ids_at_the_edges(text: str, bad: bool) -> None:
    assert bad_resident_id(pa.array([text])).to_pylist() == [bad]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("（2023）鲁0102民初123号", False),
        ("(2023)鲁0102民初123号", False),
        ("（2023)鲁0102民初123号", True),  # the brackets are no pair
        ("（2017）陕行申446号", False),
        ("（2019）最高法民终1号", False),
        ("（2023）鲁72民初1号", False),
        ("（2023）鲁010民初1号", True),
        ("（2023）鲁01023民初1号", True),
        ("（2023）泰0102民初1号", True),
        ("（2023）鲁0102民出1号", True),
        ("（2023）鲁0102民初01号", True),
        ("（2023）鲁0102民初号", True),
        ("（2023）鲁0102民初１号", True),
        ("（２０２３）鲁0102民初1号", True),
        ("（2023）鲁0102民初1号之一", True),
        ("（2023）鲁0102民初1号\n", True),
        (" （2023）鲁0102民初1号", True),
        ("（3023）鲁0102民初1号", True),
        ("（2014）历民初字第123号", False),
        ("（2015）海民初字第040768号", False),
        ("（2010）浦民一(民)初字第5号", False),
        ("（2016）历民初字第123号", True),  # the old form ended with 2015
        ("", True),
    ],
)
def test_case_numbers(text: str, bad: bool) -> None:
    assert bad_case_no(pa.array([text])).to_pylist() == [bad]


@given(st.data())
def test_slices_dictionaries_and_chunks_are_read_alike(data: st.DataObject) -> None:
    values = data.draw(st.lists(st.one_of(residents, damaged, st.none()), max_size=30))
    array = pa.array(values, pa.string())
    expected = bad_resident_id(array).to_pylist()
    start = data.draw(st.integers(0, len(values)))
    assert bad_resident_id(array[start:]).to_pylist() == expected[start:]
    assert bad_resident_id(array.dictionary_encode()).to_pylist() == expected
    assert bad_resident_id(array.cast(pa.large_string())).to_pylist() == expected
    assert bad_resident_id(pa.chunked_array([array[:start], array[start:]])).to_pylist() == expected
