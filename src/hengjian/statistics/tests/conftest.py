"""A small store of cases and a set of cards to count them by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from hengjian.casedata.store import Column, Store
from hengjian.statistics.cards import Cards, load_cards
from hengjian.statistics.tally import Data

ITEMS = {
    "case_id": "VARCHAR", "court": "VARCHAR", "case_kind": "VARCHAR", "procedure": "VARCHAR", "instance": "VARCHAR",
    "department": "VARCHAR", "source": "VARCHAR", "accepted_on": "DATE", "closed_on": "DATE", "due_on": "DATE",
    "closing_manner": "VARCHAR", "recovered_amount": "DECIMAL(18,2)",
}  # fmt: skip
Case = tuple[str, str, str, str | None, str | None]
"""id, court, kind, accepted, closed."""


@dataclass
class Court:
    store: Store

    def put(self, *cases: Case) -> Data:
        """Write the cases as a version; the data at it."""
        day = date.fromisoformat
        rows = {
            "case_id": [c[0] for c in cases],
            "court": [c[1] for c in cases],
            "case_kind": [c[2] for c in cases],
            "accepted_on": [day(c[3]) if c[3] else None for c in cases],
            "closed_on": [day(c[4]) if c[4] else None for c in cases],
        }
        types = [pa.string()] * 3 + [pa.date32()] * 2
        table = pa.table({k: pa.array(v, t) for (k, v), t in zip(rows.items(), types, strict=True)})
        at = datetime(2026, 1, 1)
        self.store.merge("cases", table, key="case_id", at=at, author="a", message="m")
        return Data(self.store, "cases", self.store.latest())


@pytest.fixture
def court(tmp_path: Path) -> Court:
    store = Store.open(tmp_path / "store")
    store.create("cases", [Column(name, kind) for name, kind in ITEMS.items()])
    return Court(store)


@pytest.fixture(scope="session")
def cards() -> Cards:
    return load_cards(Path(__file__).parents[4] / "packs" / "shandong" / "cards", list(ITEMS))


@pytest.fixture
def small(court: Court) -> Data:
    """Two courts: a1 old and closed, a2 old and pending, a3 and b1 new, b1 closed at once, b2 of another kind."""
    return court.put(
        ("a1", "A", "民事", "2025-11-01", "2026-01-10"),
        ("a2", "A", "刑事", "2025-12-31", None),
        ("a3", "A", "民事", "2026-01-01", None),
        ("b1", "B", "民事", "2026-01-05", "2026-01-31"),
        ("b2", "B", "行政", "2026-02-01", "2026-02-01"),
    )


def at(data: Data, version: int) -> Data:
    return replace(data, version=version)


def keys(found: Sequence[str]) -> str:
    return " ".join(found)
