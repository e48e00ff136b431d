"""What a check wrote, read back with columns of the cases beside each finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.store import Store

BATCH = 5_000


def findings_with(
    store: Store, table: str, version: int, out: Path, *, key: str, columns: Sequence[str], most: int = 0
) -> Iterator[tuple[Any, ...]]:
    """``(case, rule, *columns)`` for every finding in ``out``; at most ``most`` of them (0: all)."""
    wanted = "".join(f", c.{quoted(name)}" for name in columns)
    limit = f" LIMIT {int(most)}" if most else ""
    with store.connection() as con:
        rows = con.execute(
            f"SELECT f.case_id, f.rule_id{wanted} FROM read_parquet(?) f"
            f" JOIN {store.source(table, version)} c ON c.{quoted(key)} = f.case_id{limit}",
            [str(out / "findings.parquet")],
        )
        while batch := rows.fetchmany(BATCH):
            yield from batch


def judged_cases(out: Path) -> Iterator[str]:
    """Cases an incremental check looked at, batch by batch."""
    for batch in pq.ParquetFile(out / "judged.parquet").iter_batches(BATCH):
        yield from (str(case) for case in batch.column(0).to_pylist())


def partner_cases(out: Path) -> Iterator[tuple[str, str]]:
    """Cases it looked at besides for one rule each: (case, rule)."""
    for batch in pq.ParquetFile(out / "partners.parquet").iter_batches(BATCH):
        cases, rules = (batch.column(n).to_pylist() for n in (0, 1))
        yield from ((str(case), str(rule)) for case, rule in zip(cases, rules, strict=True))
