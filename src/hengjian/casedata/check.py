"""``hengjian data check``: rules over a file, findings and a summary out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from hengjian.base.errors import HengjianError, Place
from hengjian.casedata.compile.plan import Judged, Schema, resolve
from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.engine import duck
from hengjian.casedata.engine.changed import PARTNERS, ROWS
from hengjian.casedata.engine.partners import ITSELF
from hengjian.casedata.references import open_refs
from hengjian.casedata.rules.load import Loaded
from hengjian.casedata.rules.model import Rule
from hengjian.casedata.rules.usage import text_columns
from hengjian.casedata.source import Source, first_line, open_source
from hengjian.casedata.store.model import Changes

SUMMARY = ("rule_id", "checked", "failed", "severity", "owner", "title")
Say = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """``summary`` has a row for every rule that ran; ``refused`` an error for every one that did not."""

    summary: list[dict[str, object]] = field(default_factory=list)
    refused: list[HengjianError] = field(default_factory=list)
    checked: int = 0

    @property
    def failed(self) -> int:
        return sum(int(str(row["failed"])) for row in self.summary)


@dataclass(frozen=True, slots=True)
class Options:
    """``refs``: name → file; ``key``: the column that names a case; ``as_of``: the day of ``current_date``."""

    key: str = "case_id"
    refs: Mapping[str, Path] = field(default_factory=dict)
    as_of: date | None = None
    memory: str | None = None


def check(path: Path, loaded: Loaded, out: Path, options: Options, say: Say) -> Report:
    """Check a file with DuckDB and write ``findings.parquet`` and ``summary.csv`` into ``out``.

    HengjianError when the data can't be read; a rule that can't run is in ``Report.refused``.
    """
    con = duck.connect(options.memory)
    source: Source | None = None
    try:
        rules = [rule for rule in loaded.rules if rule.in_force(options.as_of)]
        source = open_source(con, path, text_columns(rules) | {options.key}, say)
        report = check_relation(con, source.sql, source.columns, rules, out, options, say)
        report.refused[:0] = loaded.errors
        return report
    except duckdb.Error as error:
        raise HengjianError(f"数据读不下去：{first_line(error)}。", where=Place(str(path))) from None
    finally:
        con.close()
        if source is not None:
            source.close()


def check_relation(
    con: duckdb.DuckDBPyConnection,
    data: str,
    columns: Mapping[str, str],
    rules: Sequence[Rule],
    out: Path,
    options: Options,
    say: Say,
    changes: Changes | None = None,
) -> Report:
    """The same over any relation of ``con``.

    ``changes``: then only what changed is judged, listed in ``judged.parquet`` (case_id), and the cases whose verdict
    it can alter, by the rules where it can: ``partners.parquet`` (case_id, rule_id).
    """
    refs = open_refs(con, options.refs, rules)
    own = frozenset({ITSELF} - refs.keys())
    refs.setdefault(ITSELF, (data, list(columns)))
    schema = Schema(columns, {name: list(found) for name, (_, found) in refs.items()}, own)
    key = schema.column(options.key)
    if key is None:
        raise HengjianError(f"数据里没有键列“{options.key}”，请用 --key 写明哪一列是案件标识。")
    judged, refused = resolve(rules, schema)
    needed = {schema.ref(*ref) for one in judged for ref in one.predicate.refs}
    for table, column in sorted(found for found in needed if found):
        if changes and table in own:
            duck.no_ref(con, table, column)
        else:
            duck.load_ref(con, table, column, refs[table][0])
    out.mkdir(parents=True, exist_ok=True)
    outcome, late = _run_all(con, data, schema, key, judged, out, options, say, changes)
    refused += late
    if changes:
        _write_judged(con, key, outcome.crossing, out)
    report = Report(refused=refused, checked=outcome.rows)
    report.summary = [
        summary_row(one.rule, checked, failed)
        for one, checked, failed in zip(outcome.rules, outcome.checked, outcome.failed, strict=True)
    ]
    write_summary(out / "summary.csv", report.summary)
    return report


def _run_all(
    con: duckdb.DuckDBPyConnection,
    data: str,
    schema: Schema,
    key: str,
    judged: list[Judged],
    out: Path,
    options: Options,
    say: Say,
    changes: Changes | None,
) -> tuple[duck.Outcome, list[HengjianError]]:
    """Run; when the data make a rule fail on the way, name it, leave it out and run again."""
    errors: list[HengjianError] = []
    while True:
        plan = duck.new_plan(schema, options.as_of)
        errors += duck.bind(con, plan, judged)
        judged = list(plan.rules)
        kind = con.execute(f"SELECT {quoted(key)} FROM {duck.SHAPE}").to_arrow_table().schema.field(0).type
        with FindingsWriter(out / "findings.parquet", kind) as writer:
            try:
                return duck.run(con, plan, data, key, writer.add, say, changes), errors
            except duckdb.Error as error:
                culprits = duck.culprits(con, plan, data)
                if not culprits:
                    raise
                errors += [
                    HengjianError(
                        f"规则 {one.rule.id}：数据里有值不能这样比较（{first_line(error)}），请先转换类型，如 try_cast。",
                        where=one.rule.place,
                    )
                    for one in culprits
                ]
                judged = [one for one in judged if one not in culprits]


def _write_judged(con: duckdb.DuckDBPyConnection, key: str, crossing: list[str], out: Path) -> None:
    """Which cases were judged by all rules, and which besides by which."""
    judged = con.execute(f"SELECT {quoted(key)} AS case_id FROM {ROWS} ORDER BY 1").to_arrow_table()
    pq.write_table(judged, out / "judged.parquet")
    pairs = con.execute(
        f"SELECT {quoted(key)} AS case_id, rule_id FROM {PARTNERS}, (SELECT unnest(?::VARCHAR[]) AS rule_id)"
        " ORDER BY 2, 1",
        [crossing],
    )
    pq.write_table(pairs.to_arrow_table(), out / "partners.parquet")


def summary_row(rule: Rule, checked: int, failed: int) -> dict[str, object]:
    return {
        "rule_id": rule.id,
        "checked": checked,
        "failed": failed,
        "severity": rule.severity.value,
        "owner": rule.owner.value,
        "title": rule.title,
    }


def write_summary(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SUMMARY, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class FindingsWriter:
    """``findings.parquet`` (case_id, rule_id), written beside and moved into place when complete."""

    def __init__(self, path: Path, key: pa.DataType) -> None:
        self.path = path
        self.schema = pa.schema([("case_id", key), ("rule_id", pa.string())])
        self._partial = path.with_suffix(".partial")

    def __enter__(self) -> FindingsWriter:
        self._writer = pq.ParquetWriter(self._partial, self.schema)
        return self

    def add(self, keys: pa.Array, rules: pa.Array) -> None:
        self._writer.write_batch(
            pa.record_batch([keys.cast(self.schema.field(0).type), rules], schema=self.schema)
        )

    def __exit__(self, kind: object, *_: object) -> None:
        self._writer.close()
        if kind is None:
            self._partial.replace(self.path)
        else:
            self._partial.unlink(missing_ok=True)
