"""A rule tried on the rows its author wrote: what must be found is found, what must not is not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.apps.cases.dictionary import KEY, CaseItem, items
from hengjian.apps.cases.models import Dataset, Rule
from hengjian.apps.cases.rulebook import compiled
from hengjian.base.errors import HengjianError
from hengjian.casedata.check import Options, check
from hengjian.casedata.rules.load import Loaded

ARROW = {"DATE": pa.date32(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "VARCHAR": pa.string()}


def failing_trials(dataset: Dataset, rule: Rule) -> list[str]:
    """A sentence for every trial row that comes out otherwise, or for a rule that can't run."""
    known = items(dataset)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pq.write_table(_table(known, rule.tests), folder / "rows.parquet")
        loaded = Loaded([compiled(rule)])
        try:
            report = check(folder / "rows.parquet", loaded, folder / "out", Options(key=KEY), lambda _: None)
        except HengjianError as error:
            return [error.message]
        if report.refused:
            return [error.message for error in report.refused]
        found = set(pq.read_table(folder / "out" / "findings.parquet")["case_id"].to_pylist())
    told = []
    for number, test in enumerate(rule.tests, start=1):
        if (str(number) in found) != bool(test["found"]):
            told.append(
                f"试验行第 {number} 行{'没有查出' if test['found'] else '查出了'}，与所写的不符，请改条件或者改试验行"
            )
    return told


def _table(known: dict[str, CaseItem], tests: list[dict[str, Any]]) -> pa.Table:
    columns = {}
    for key, item in known.items():
        cells = [item.read(str(test["values"].get(key) or "")) for test in tests]
        kind = pa.decimal128(18, 2) if item.type.startswith("DECIMAL") else ARROW[item.type]
        columns[key] = pa.array(cells, kind)
    columns[KEY] = pa.array([str(n) for n in range(1, len(tests) + 1)], pa.string())
    return pa.table(columns)
