"""Case numbers taken apart and put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hengjian.casedata.caseno import CaseNo, parse_case_no
from hengjian.casedata.facts import court_words, type_words

courts = st.one_of(
    st.just("最高法"),
    st.builds(str.__add__, st.sampled_from(court_words()), st.sampled_from(["", "01", "0102", "72"])),
)
numbers = st.builds(
    CaseNo, st.integers(1940, 2099), courts, st.sampled_from(type_words()), st.integers(1, 99_999_999)
)


@given(numbers)
def test_what_is_written_is_read_again(number: CaseNo) -> None:
    assert parse_case_no(str(number)) == number
    assert parse_case_no(str(number).replace("（", "(").replace("）", ")")) == number


def test_the_longest_type_word_is_taken() -> None:
    number = parse_case_no("（2023）鲁01民辖终7号")
    assert number is not None and number.type == "民辖终"


def test_the_old_form_keeps_its_words_together() -> None:
    assert parse_case_no("（2014）历民初字第00123号") == CaseNo(2014, "历民初", "", 123, old=True)
