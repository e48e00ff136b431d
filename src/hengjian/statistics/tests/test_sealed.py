"""Whatever is left to be counted, a sealed figure cannot be worked out of it: not by sums, differences or identities."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest

from hengjian.statistics.cards import Cards
from hengjian.statistics.model import Card
from hengjian.statistics.sealed import Seal, seal_of, telling
from hengjian.statistics.spans import Span

MONTHS = [f"2026-0{n}" for n in range(1, 6)]
SPANS = [
    Span.parse(a if a == b else f"{a}~{b}") for a, b in [*((m, m) for m in MONTHS), *combinations(MONTHS, 2)]
]
COURTS = {"a": ("a",), "b": ("b",), "a+": ("a", "b")}
STOCK = {"shape": "stock", "begun": "accepted_on", "ended": "closed_on"}
PARTS = {
    "opening": {**STOCK, "at": "first"},
    "filed": {"shape": "count", "date": "accepted_on"},
    "closed": {"shape": "count", "date": "closed_on"},
    "pending": {**STOCK, "at": "end"},
    "rate": {"shape": "ratio", "top": ["closed"], "bottom": ["opening", "filed"]},
}
CARDS = Cards(
    tuple(
        Card.model_validate({"key": k, "title": k, "owner": "o", "since": date(2020, 1, 1), **said})
        for k, said in PARTS.items()
    )
)
FLOWS = ("filed", "closed")


def row(key: str, court: str, span: Span) -> np.ndarray:
    """A cell as a sum of what is unknown: the stock of each court at the start, its flows in each month."""
    months = [Span.parse(text) for text in MONTHS]
    found = np.zeros((2, 1 + 2 * len(months)))
    for n, one in enumerate("ab"):
        if one not in COURTS[court]:
            continue
        if key in FLOWS:
            inside = [m for m, month in enumerate(months) if span.first <= month.first < span.end]
            found[n, [1 + 2 * m + FLOWS.index(key) for m in inside]] = 1
            continue
        until = span.first if key == "opening" else span.end
        before = [m for m, month in enumerate(months) if month.first < until]
        found[n, 0] = 1
        found[n, [1 + 2 * m for m in before]] = 1
        found[n, [2 + 2 * m for m in before]] = -1
    return found.ravel()


def left(seal: Seal) -> list[np.ndarray]:
    return [
        row(key, court, span)
        for key in ("opening", "filed", "closed", "pending")
        for court, codes in COURTS.items()
        for span in SPANS
        if not seal.covers(codes, span)
    ]


def worked_out(wanted: np.ndarray, rows: list[np.ndarray]) -> bool:
    if not rows:
        return False
    return bool(np.linalg.matrix_rank(np.array([*rows, wanted])) == np.linalg.matrix_rank(np.array(rows)))


@pytest.mark.parametrize("key", ["opening", "filed", "closed", "pending"])
@pytest.mark.parametrize("court", list(COURTS))
def test_no_sum_or_difference_of_what_is_left_gives_the_sealed_figure(key: str, court: str) -> None:
    for span in SPANS:
        seal = seal_of(CARDS, key, span, COURTS[court])
        assert seal is not None
        assert not worked_out(row(key, court, span), left(seal)), span


def test_the_check_finds_a_hole() -> None:
    """Without the moments a stock would come out of the next month."""
    span = Span.parse("2026-02")
    whole = seal_of(CARDS, "pending", span, ("a",))
    assert whole is not None and whole.moments == (date(2026, 3, 1),)
    assert worked_out(row("pending", "a", span), left(Seal(whole.courts, whole.first, whole.end)))


def test_what_lies_apart_is_left_alone() -> None:
    seal = seal_of(CARDS, "filed", Span.parse("2026-02"), ("a",))
    assert seal is not None
    assert not seal.covers(["b"], Span.parse("2026-02"))
    assert not seal.covers(["a"], Span.parse("2026-01")) and not seal.covers(["a"], Span.parse("2026-03"))


def test_a_rate_rests_on_the_stocks_of_its_parts() -> None:
    seal = seal_of(CARDS, "rate", Span.parse("2026-02"), ("a",))
    assert seal is not None and seal.moments == (date(2026, 2, 1),)


def test_a_concept_that_is_not_counted_seals_nothing() -> None:
    assert seal_of(CARDS, "staff", Span.parse("2026-02"), ("a",)) is None


def test_a_total_is_no_matter_for_who_sees_too_few_of_its_courts() -> None:
    total = seal_of(CARDS, "filed", Span.parse("2026-02"), ("a", "b"))
    assert total is not None
    assert telling([total], ["b"]) == () and telling([total], ["b", "a"]) == (total,)
