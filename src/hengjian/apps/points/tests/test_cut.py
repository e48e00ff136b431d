"""A table of the best is cut at a place; equal rows stand or fall together, and the notice says how many fell."""

from __future__ import annotations

from typing import Any

from hengjian.apps.points.content import cut_at


def rows(*places: int | None) -> list[dict[str, Any]]:
    return [{"place": place, "points": "2"} for place in places]


def test_short_tables_stay_whole() -> None:
    assert cut_at(rows(1, 2, 3), 3, "篇") == (rows(1, 2, 3), "")
    assert cut_at(rows(1, 2, 2, None), 20, "篇") == (rows(1, 2, 2, None), "")


def test_what_comes_after_the_place_is_left_out() -> None:
    assert cut_at(rows(1, 2, 3, 4), 2, "篇")[0] == rows(1, 2)


def test_a_tie_that_would_burst_the_table_is_told_and_not_listed() -> None:
    kept, said = cut_at(rows(1, 2, 3, 3, 3), 3, "篇", "衡")
    assert kept == rows(1, 2) and said == "另有3篇并列第3名（各2衡），不逐一列出。"


def test_where_all_are_equal_all_are_listed() -> None:
    assert cut_at(rows(1, 1, 1), 2, "人") == (rows(1, 1, 1), "")
