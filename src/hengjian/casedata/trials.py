"""Trial rows of rules: a small table of cases each rule must find and of cases it must not.

``cases/*.csv`` beside the rules: ``rule, found (yes | no), case, values`` (a JSON object, item → value). Rows of one
rule and one verdict are one table, so a rule about uniqueness can be tried too.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.check import Options, check
from hengjian.casedata.rules.load import Loaded
from hengjian.casedata.rules.model import Rule

KEY = "case_id"
_ARROW = {"DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"), "INTEGER": pa.int32(), "BIGINT": pa.int64()}
_ARROW |= {"DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}


@dataclass(frozen=True, slots=True)
class Trial:
    """One row: ``found`` says whether its rule must find it."""

    rule: str
    found: bool
    case: str
    values: Mapping[str, Any]
    place: Place

    @property
    def key(self) -> str:
        return f"{self.rule}#{'yes' if self.found else 'no'}#{self.case}"


def read_trials(folder: Path) -> list[Trial]:
    """All rows of ``folder/*.csv``; HengjianError at the row that can't be read."""
    trials = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), 2):
                trials.append(_trial(row, Place(str(path), line)))
    return trials


def _trial(row: Mapping[str, str], place: Place) -> Trial:
    try:
        values = json.loads(row["values"])
        return Trial(row["rule"], {"yes": True, "no": False}[row["found"]], row["case"], values, place)
    except (KeyError, ValueError, TypeError):
        raise HengjianError(
            "试验行要有 rule、found（yes 或 no）、case、values（JSON），请改正。", where=place
        ) from None


def failing_trials(
    rules: Sequence[Rule], trials: Iterable[Trial], items: Mapping[str, str], options: Options | None = None
) -> list[HengjianError]:
    """An error for every row that comes out otherwise and every rule without a row of either kind.

    ``items``: item → DuckDB type; a value of an unknown item is an error.
    """
    by_rule: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_rule[trial.rule].append(trial)
    errors = [
        HengjianError(
            f"规则 {rule.id} 缺少{'应当' if found else '不应'}查出的试验行，请补上。", where=rule.place
        )
        for rule in rules
        for found in (True, False)
        if not any(trial.found is found for trial in by_rule.get(rule.id, ()))
    ]
    # a rule that compares rows is tried on its own rows alone; the others share one table
    together = [rule for rule in rules if not _compares_rows(rule)]
    shared = [trial for rule in together for trial in by_rule.get(rule.id, ())]
    errors += _differences(together, shared, items, options or Options())
    for rule in rules:
        for found in (True, False):
            rows = [trial for trial in by_rule.get(rule.id, ()) if trial.found is found]
            if _compares_rows(rule) and rows:
                errors += _differences([rule], rows, items, options or Options(), any_row=found)
    return errors


def _compares_rows(rule: Rule) -> bool:
    text = rule.fails_when.lower()
    return "duplicate(" in text or "cases." in text


def _differences(
    rules: Sequence[Rule],
    trials: Sequence[Trial],
    items: Mapping[str, str],
    options: Options,
    *,
    any_row: bool = False,
) -> list[HengjianError]:
    if not trials:
        return []
    with tempfile.TemporaryDirectory(prefix="hengjian-") as name:
        folder = Path(name)
        pq.write_table(_table(trials, items), folder / "rows.parquet")
        report = check(folder / "rows.parquet", Loaded(list(rules)), folder / "out", options, lambda _: None)
        if not (folder / "out" / "findings.parquet").exists():
            return report.refused
        found = pq.read_table(folder / "out" / "findings.parquet").to_pydict()
    pairs = set(zip(found["case_id"], found["rule_id"], strict=True))
    if any_row and any(rule == rules[0].id for _, rule in pairs):
        return report.refused
    return report.refused + [
        HengjianError(
            f"规则 {trial.rule} {'没有查出' if trial.found else '查出了'}这一行，与所写的不符，请改条件或改试验行。",
            where=trial.place,
        )
        for trial in trials
        if ((trial.key, trial.rule) in pairs) is not trial.found
    ]


def _table(trials: Sequence[Trial], items: Mapping[str, str]) -> pa.Table:
    for trial in trials:
        strange = sorted(set(trial.values) - set(items))
        if strange:
            raise HengjianError(f"信息项里没有“{strange[0]}”，请改正试验行。", where=trial.place)
    columns = {
        name: pa.array([_text(trial.values.get(name)) for trial in trials], pa.string()).cast(_arrow(kind))
        for name, kind in items.items()
    }
    return pa.table(columns | {KEY: [trial.key for trial in trials]})


def _arrow(kind: str) -> pa.DataType:
    return pa.decimal128(18, 2) if kind.startswith("DECIMAL") else _ARROW.get(kind, pa.string())


def _text(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
