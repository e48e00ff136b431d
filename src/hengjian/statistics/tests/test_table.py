"""Tables over a version of the data, and the cases behind every cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from hengjian.base.errors import HengjianError
from hengjian.statistics.balance import breaches
from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import cases_of, counted, table, values
from hengjian.statistics.tally import Data

COURTS = {"A": ("A",), "B": ("B",), "all": ("A", "B")}
FLOW = ("opening", "filed", "closed", "pending")
JANUARY, FEBRUARY = Span.parse("2026-01"), Span.parse("2026-02")


def test_stock_and_flow_of_a_month(small: Data, cards: Cards) -> None:
    found = table(small, cards, FLOW, [JANUARY], COURTS, ("case_kind",))
    shown = {court: [int(found[Cell(key, court, "2026-01")].top) for key in FLOW] for court in COURTS}
    assert shown == {"A": [2, 1, 1, 2], "B": [0, 1, 1, 0], "all": [2, 2, 2, 2]}
    assert found[Cell("filed", "all", "2026-01", (("case_kind", "民事"),))].value == 2


def test_rates_come_from_their_counts_and_have_no_value_over_nothing(small: Data, cards: Cards) -> None:
    found = table(small, cards, ["closing_rate", "average_days"], [JANUARY, FEBRUARY], COURTS)
    assert found[Cell("closing_rate", "A", "2026-01")].value == Decimal("33.33")
    assert found[Cell("average_days", "all", "2026-01")].value == Decimal("48.0")
    assert found[Cell("average_days", "A", "2026-02")].value is None


def test_every_cell_counts_exactly_the_cases_behind_it(small: Data, cards: Cards) -> None:
    spans = [JANUARY, FEBRUARY, Span.parse("2026Q1"), Span.parse("2026-01~2026-02")]
    found = table(small, cards, FLOW, spans, COURTS, ("case_kind",))
    assert len(found) > 60
    with small.open() as con:
        for cell, value in found.items():
            assert len(cases_of(replace(small, con=con), cards, cell, COURTS).top) == value.top, cell


def test_the_way_back_from_a_case_is_exactly_the_way_to_it(small: Data, cards: Cards) -> None:
    keys = sorted(cards.on(JANUARY.first))
    with small.open() as con:
        ids = [str(row[0]) for row in con.execute(f'SELECT "{small.key}" FROM {small.sql}').fetchall()]
    assert len(ids) > 3
    for span in (JANUARY, FEBRUARY, Span.parse("2026Q1")):
        behind = {key: cases_of(small, cards, Cell(key, "all", span.text), COURTS).all for key in keys}
        for one in ids:
            assert counted(small, cards, one, span) == {key for key in keys if one in behind[key]}, (
                one,
                span,
            )
    assert counted(small, cards, "nowhere'", JANUARY) == frozenset()


def test_cells_asked_for_one_by_one_equal_those_of_the_table(small: Data, cards: Cards) -> None:
    keys = (*FLOW, "closing_rate", "average_days")
    found = table(small, cards, keys, [JANUARY, FEBRUARY], COURTS, ("case_kind",))
    assert values(small, cards, found, COURTS) == found


def test_the_identity_holds_on_sound_data(small: Data, cards: Cards) -> None:
    assert breaches(small, cards, [JANUARY, FEBRUARY, Span.parse("2026")], "case_kind") == []


def test_a_breach_names_court_kind_span_and_cases(court, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    data = court.put(
        ("bad", "A", "民事", "2026-01-09", "2025-12-30"), ("good", "A", "民事", "2026-01-02", None),
        ("undated", "A", "民事", None, "2026-01-03"),
    )  # fmt: skip
    found = breaches(data, cards, [JANUARY], "case_kind")
    assert [(b.court, b.kind, b.span, b.cases, b.by) for b in found] == [
        ("A", "民事", "2026-01", ("bad", "undated"), 0)
    ], "two faults that outweigh each other are told all the same"
    assert "bad" in str(found[0]) and "2026年1月" in str(found[0])


def test_a_past_version_is_counted_as_it_was(small: Data, court, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    cell = Cell("filed", "A", "2026-01")
    later = court.put(("a3", "A", "民事", "2025-12-01", None))
    assert values(small, cards, [cell], COURTS)[cell].value == 1
    assert values(later, cards, [cell], COURTS)[cell].value == 0
    assert cases_of(small, cards, cell, COURTS).top == ("a3",)


def test_a_period_before_the_card_is_refused_with_a_sentence(small: Data, cards: Cards) -> None:
    with pytest.raises(HengjianError, match="口径"):
        table(small, cards, FLOW, [Span.parse("2018-01")], COURTS)
