"""Comparison by words: figures stay whole, paragraphs stand beside each other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.apps.bulletins.compare import changed_characters, compare, tokens


def pieces(row):
    return [(piece.kind, piece.text) for piece in row.inline]


def test_a_changed_figure_is_one_piece():
    (row,) = compare("共受理1,234件。", "共受理1,243件。")
    assert [p for p in pieces(row) if p[0] != "same"] == [("del", "1,234"), ("ins", "1,243")]


def test_a_changed_word_is_one_piece():
    (row,) = compare("法院依法判决被告赔偿", "法院依法调解被告赔偿")
    assert [p for p in pieces(row) if p[0] != "same"] == [("del", "判决"), ("ins", "调解")]


def test_paragraphs_that_came_or_went_stand_alone():
    rows = compare("甲。\n乙。", "甲。\n丙丁戊。\n乙。")
    assert [row.changed for row in rows] == [False, True, False]
    assert changed_characters(rows) == (4, 0)


def test_equal_texts_have_no_change():
    assert not any(row.changed for row in compare("甲\n乙", "甲\n乙"))


text = st.text(alphabet="甲乙丙丁1，。\n", max_size=40)


@settings(max_examples=60, deadline=None)
@given(text, text)
def test_both_sides_can_be_read_back_from_the_rows(old, new):
    rows = compare(old, new)
    for side, original in (("old", old), ("new", new)):
        lines = ["".join(p.text for p in getattr(row, side)) for row in rows]
        assert [line for line in lines if line] == [line for line in original.splitlines() if line]


@given(text)
def test_tokens_lose_nothing(value):
    assert "".join(tokens(value)) == value
