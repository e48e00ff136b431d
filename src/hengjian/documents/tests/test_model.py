"""The model refuses what cannot be set, and formats values the same for every writer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengjian.documents import Column, Figure, Format, Heading, Kind, OfficialDocument, Table
from hengjian.documents.model.measure import column_shares
from hengjian.documents.signing import signature_indents
from hengjian.documents.text import chinese_number, clean, one_line
from hengjian.documents.titles import break_title


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2"):
        Table((Column("a"),), (("x",), ("y", "z")))


def test_a_bulletin_without_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="edition"):
        OfficialDocument(kind=Kind.BULLETIN, title="t")


def test_headings_have_four_levels_and_figures_a_picture() -> None:
    with pytest.raises(ValueError, match="level"):
        Heading(5, "x")
    with pytest.raises(ValueError, match="svg or png"):
        Figure()


def test_an_empty_cell_is_a_dash_but_blank_in_a_total() -> None:
    table = Table(
        (Column("部门"), Column("分", Format.DECIMAL)), (("甲", None), (None, Decimal("3.50"))), total=True
    )
    assert table.cells() == (("甲", "—"), ("", "3.5"))


def test_values_are_written_as_their_column_says() -> None:
    columns = (Column("d", Format.DATE), Column("n", Format.DECIMAL, decimals=2), Column("b"))
    assert Table(columns, ((date(2024, 7, 1), Decimal("0.005"), True),)).cells() == (
        ("2024-07-01", "0.00", "是"),
    )


@given(st.text(max_size=60))
def test_clean_text_is_clean_and_stays_so(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()
    assert "\n" not in one_line(text)


@settings(deadline=None)  # the first long title loads the word list
@given(st.text(alphabet="关于的工作情况通报清岚县人民法院《》（）2024年", min_size=1, max_size=70))
def test_breaking_a_title_loses_nothing(text: str) -> None:
    assert "".join(break_title(text)) == one_line(text)


def test_line_ends_in_a_title_are_kept() -> None:
    assert break_title("关于甲\n的通知") == ("关于甲", "的通知")


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=5))
def test_column_shares_add_up_to_one(rows: list[tuple[str, str]]) -> None:
    assert sum(column_shares(Table((Column("甲"), Column("乙")), tuple(rows)))) == pytest.approx(1)


@given(st.text(alphabet="清岚县人民法院", min_size=1, max_size=26), st.booleans())
def test_signatures_stay_on_the_line(issuer: str, sealed: bool) -> None:
    issuer_right, day_right = signature_indents(issuer, "2024年12月31日", sealed=sealed)
    assert issuer_right >= 0 and day_right >= 0
    assert issuer_right + len(issuer) <= 28


def test_numbers_beyond_ninety_nine_are_written_in_figures() -> None:
    assert [chinese_number(n) for n in (0, 99, 100)] == ["0", "九十九", "100"]
