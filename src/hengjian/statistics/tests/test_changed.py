"""What a correction changes equals what computing everything twice finds."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from hengjian.statistics.cards import Cards
from hengjian.statistics.changed import changed_cells
from hengjian.statistics.model import Cell
from hengjian.statistics.spans import Span
from hengjian.statistics.table import values

COURTS = {"A": ("A",), "B": ("B",), "C": ("C",), "all": ("A", "B", "C")}
KEYS = ("opening", "filed", "closed", "pending", "closing_rate", "average_days", "clearance_rate")
SPANS = [Span.parse(text) for text in ("2026-01", "2026-02", "2026-03", "2026Q1", "2026-01~2026-02")]


def _case(rng: random.Random, number: int) -> tuple[str, str, str, str | None, str | None]:
    first = date(2025, 12, 1) + timedelta(days=rng.randrange(120))
    closed = first + timedelta(days=rng.randrange(-5, 60)) if rng.random() < 0.6 else None
    accepted = None if rng.random() < 0.05 else first.isoformat()
    return (
        f"k{number}",
        rng.choice("ABC"),
        rng.choice(["民事", "刑事"]),
        accepted,
        closed.isoformat() if closed else None,
    )


@pytest.mark.parametrize("seed", range(2))
def test_changed_cells_equal_a_brute_force_recomputation(court, cards: Cards, seed: int) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(seed)
    base = court.put(*(_case(rng, n) for n in range(60)))
    cells = [
        Cell(key, name, span.text, dims)
        for key in KEYS for name in COURTS for span in SPANS for dims in ((), (("case_kind", "民事"),))
    ]  # fmt: skip
    before = values(base, cards, cells, COURTS)
    for size in (1, 2, 6):
        now = court.put(*(_case(rng, n) for n in rng.sample(range(66), size)))
        after = values(now, cards, cells, COURTS)
        expected = {c: (before[c].value, after[c].value) for c in cells if before[c].value != after[c].value}
        found = changed_cells(base, now.version, cards, cells, COURTS)
        assert {one.cell: (one.old.value, one.new.value) for one in found} == expected
        back = changed_cells(now, base.version, cards, cells, COURTS)
        assert {one.cell for one in back} == set(expected)


def test_the_same_version_changes_nothing(small, cards: Cards) -> None:  # type: ignore[no-untyped-def]
    assert changed_cells(small, small.version, cards, [Cell("filed", "A", "2026-01")], COURTS) == []
