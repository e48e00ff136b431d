"""What a predicate may say, and where it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.rules import parse_predicate

HERE = Place("rules.yaml", 3, 5)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a < b AND date_diff('day', a, b) > 3", ("a", "b")),
        ("unknown(substring(case_no, 7, 6), courts.code)", ("case_no",)),
        ("duplicate(a, b) OR bad_case_no(trim(a))", ("a", "b")),
        ("a::date > current_date - interval 3 month", ("a",)),
        ("a NOT BETWEEN 1 AND 2 OR a IN ('x', 'y') OR a LIKE '%z'", ("a",)),
        ("CASE WHEN a THEN b END IS NOT NULL", ("a", "b")),
    ],
)
def test_ordinary_conditions_are_read(text: str, columns: tuple[str, ...]) -> None:
    assert parse_predicate(text, HERE).columns == columns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a > 1 AND foo(a) > 1", "第 11 个字符处函数“foo”不在允许之列"),
        ("a IN (SELECT b FROM c)", "IN 里只能列出值"),
        ("(SELECT 1) = 1", "SELECT 1"),
        ("count(*) > 1", "count"),
        ("read_csv('/etc/passwd') IS NULL", "read_csv"),
        ("getenv('HOME') = 'x'", "getenv"),
        ("random() > 0.5", "rand"),
        ("row_number() OVER () > 1", "OVER"),
        ("a > 1; DROP TABLE x", "一个条件"),
        ("a <", "SQL"),
        ("a = ?", "?"),
        ("b.a > 1", "别的表"),
        ("unknown(a, b)", "对照表.列"),
        ("duplicate()", "参数"),
        ("duplicate(bad_uscc(a)) AND duplicate(duplicate(a))", "参数里不能再用"),
        ("(" * 200 + "a" + ")" * 200 + " > 1", "嵌套太深"),
        ("a = '" + "x" * 9000 + "'", "个字"),
    ],
)
def test_anything_else_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(HengjianError) as caught:
        parse_predicate(text, HERE)
    assert words in str(caught.value)
    assert str(caught.value).startswith("rules.yaml:3:5: ")


@given(st.text(max_size=40))
def test_nonsense_is_an_error_a_person_can_read(text: str) -> None:
    try:
        parse_predicate(text, HERE)
    except HengjianError as error:
        assert error.where is not None
