"""How many cases something happened to in a month, court by court, and how many of them are among given ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.population import KINDS
from hengjian.casedata.store import Store


@dataclass(frozen=True, slots=True)
class Touched:
    """Of one court: cases on the books, cases touched in the period, those of them among the given ones."""

    population: int = 0
    touched: int = 0
    failed: int = 0


def touched(
    store: Store, table: str, version: int, first: date, end: date, *, given: Iterable[str], key: str
) -> dict[str, Touched]:
    """Court code (empty: none) → counts from ``first`` to before ``end``, of one version of the table."""
    within = " OR ".join(
        f"(c.{quoted(day)} >= $first AND c.{quoted(day)} < $end)" for day in KINDS["touched"]
    )
    with store.connection() as con:
        con.register("given_cases", pa.table({key: pa.array(sorted(set(given)), pa.string())}))
        rows = con.execute(
            f"SELECT coalesce(c.court, ''), count(*), count(*) FILTER (WHERE {within}),"
            f" count(g.{quoted(key)}) FILTER (WHERE {within}) FROM {store.source(table, version)} c"
            f" LEFT JOIN given_cases g USING ({quoted(key)}) GROUP BY 1 ORDER BY 1",
            {"first": first, "end": end},
        ).fetchall()
    return {str(court): Touched(*map(int, counts)) for court, *counts in rows}
