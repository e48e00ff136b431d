"""Three levels: the court's word, the cell, the cases; a planted disagreement is named with the case."""

from __future__ import annotations

from decimal import Decimal

from hengjian.statistics import agree
from hengjian.statistics.agree import Level, Reported, reconcile
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.tally import Data

COURTS = {"A": ("A",), "B": ("B",), "all": ("A", "B")}
FLOW = ("opening", "filed", "closed", "pending")
JANUARY = Span.parse("2026-01")
FILED = Cell("filed", "A", "2026-01")


def test_sound_data_agrees_on_all_levels(small: Data, cards: Cards) -> None:
    reported = {FILED: Reported(Decimal(1), small.version)}
    found = reconcile(
        small, cards, (*FLOW, "recovered", "closing_rate"), JANUARY, COURTS, reported, ("case_kind",)
    )
    assert found.found == ()
    assert (
        found.checked[Level.CASES] > 20 and found.checked[Level.COURT] == 1 and found.checked[Level.BELOW] > 5
    )


def test_a_correction_after_the_report_is_named_with_its_case(small: Data, court, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    later = court.put(("a3", "A", "民事", "2025-12-30", None), ("a9", "A", "民事", "2026-01-20", None))
    reported = {
        FILED: Reported(Decimal(1), small.version),
        Cell("opening", "A", "2026-01"): Reported(Decimal(2), small.version),
    }
    found = {one.cell: one for one in reconcile(later, cards, FLOW, JANUARY, COURTS, reported).found}
    assert found[Cell("opening", "A", "2026-01")].extra == ("a3",)
    assert FILED not in found, "one came and one went: the totals agree"


def test_a_list_of_cases_finds_what_equal_totals_hide(small: Data, court, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    reported = {FILED: Reported(Decimal(1), cases=("a7",))}
    found = reconcile(small, cards, FLOW, JANUARY, COURTS, reported).found
    assert [(one.level, one.missing, one.extra) for one in found] == [(Level.COURT, ("a7",), ("a3",))]


def test_a_number_made_up_is_named_though_nothing_proves_it(small: Data, cards: Cards) -> None:
    found = reconcile(small, cards, FLOW, JANUARY, COURTS, {FILED: Reported(Decimal(5))}).found
    assert [(one.said, one.counted) for one in found] == [(Decimal(5), Decimal(1))]


def test_cases_of_no_court_are_told(court, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    data = court.put(("x", "", "民事", "2026-01-02", None), ("y", "Z", "民事", "2026-01-02", None))
    found = reconcile(data, cards, FLOW, JANUARY, COURTS, {}).found
    assert {one.level for one in found} == {Level.NOWHERE}
    assert {key for one in found for key in one.extra} == {"x", "y"}


def test_a_cell_that_differs_from_its_cases_is_found(small: Data, cards: Cards, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """A fault planted into the table itself: the list of cases gives it away, and so does the sum over courts."""
    sound = agree.table

    def broken(*args, **kwargs):  # type: ignore[no-untyped-def]
        cells = sound(*args, **kwargs)
        value = cells[FILED]
        return cells | {FILED: type(value)(value.top + 1, None, value.top + 1)}

    monkeypatch.setattr(agree, "table", broken)
    found = reconcile(small, cards, FLOW, JANUARY, COURTS, {}).found
    assert {(one.level, one.cell.court) for one in found} == {(Level.CASES, "A"), (Level.BELOW, "all")}
