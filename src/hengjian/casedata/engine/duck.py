"""Run rules in DuckDB: one scan, one mask a row, findings from the rows with a bit set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hengjian.base.errors import HengjianError
from hengjian.casedata.compile.dialects import DUCKDB
from hengjian.casedata.compile.plan import BITS, Judged, Plan, Schema
from hengjian.casedata.csvtypes import quoted
from hengjian.casedata.engine.changed import PARTNERS, ROWS, narrow, ref_table, unknown_columns
from hengjian.casedata.engine.kernelcall import KERNELS_HERE, register
from hengjian.casedata.engine.partners import unique_tables
from hengjian.casedata.engine.threads import FEW, one_thread
from hengjian.casedata.kernels import KERNELS
from hengjian.casedata.kernels.buffers import is_true, numbers, texts, whole
from hengjian.casedata.source import first_line
from hengjian.casedata.store.model import Changes

BATCH = 100_000
SHAPE = "hj_shape"
"""The data without rows: :func:`bind` makes it."""
Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """Failed and checked rows per rule, in the order of ``rules``; ``rows`` were judged by all of them.

    ``crossing``: ids of the rules that an incremental run asked about more rows than changed.
    """

    rules: list[Judged] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    checked: list[int] = field(default_factory=list)
    rows: int = 0
    crossing: list[str] = field(default_factory=list)


def connect(memory: str | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that loads nothing by itself."""
    con = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    con.execute("SET enable_progress_bar = false")
    if memory:
        con.execute("SET memory_limit = ?", [memory])
    return con


def new_plan(schema: Schema, as_of: date | None) -> Plan:
    """An empty plan for this engine."""
    return Plan(DUCKDB, schema, as_of, kernels=KERNELS_HERE)


def bind(con: duckdb.DuckDBPyConnection, plan: Plan, judged: Sequence[Judged]) -> list[HengjianError]:
    """Add the rules DuckDB can bind on an empty table of the same columns; the errors of the others."""
    shape = ", ".join(f"{quoted(name)} {kind}" for name, kind in plan.schema.columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE {SHAPE} ({shape})")
    question = _Question.of(plan, judged)
    known = _bound.get(question)
    if known is not None:
        plan.take(known)
        plan.rules = list(judged)
        return []
    whole = _all_of(plan, judged)
    if whole is not None and not _unbound(con, whole):
        _keep(question, whole)
        plan.take(whole)
        return []
    errors = []
    for one in judged:  # some rule is at fault: each alone
        try:
            trial = Plan(plan.dialect, plan.schema, plan.as_of, kernels=plan.kernels)
            trial.add(one)
            fault = _unbound(con, trial)
        except HengjianError as error:
            fault = error.message
        if fault:
            errors.append(HengjianError(f"规则 {one.rule.id}：{fault}", where=one.rule.place))
        else:
            plan.add(one)
    return errors


@dataclass(frozen=True, slots=True)
class _Question:
    """All that the words of a plan hang on, and whether DuckDB takes them."""

    conditions: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    refs: tuple[tuple[str, tuple[str, ...]], ...]
    own: frozenset[str]
    as_of: date | None
    kernels: frozenset[str]

    @classmethod
    def of(cls, plan: Plan, judged: Sequence[Judged]) -> _Question:
        schema = plan.schema
        return cls(
            tuple(one.rule.fails_when for one in judged),
            tuple(schema.columns.items()),
            tuple((name, tuple(columns)) for name, columns in schema.refs.items()),
            schema.own,
            plan.as_of,
            plan.kernels,
        )


_bound: dict[_Question, Plan] = {}
"""Plans DuckDB took: a process that checks day after day translates and tries the same rules once."""
_MOST = 16


def _keep(question: _Question, plan: Plan) -> None:
    if len(_bound) >= _MOST:
        _bound.clear()
    kept = Plan(plan.dialect, plan.schema, plan.as_of, kernels=plan.kernels)
    kept.take(plan)
    _bound[question] = kept


def _all_of(plan: Plan, judged: Sequence[Judged]) -> Plan | None:
    """A plan of all rules; None when one cannot be said."""
    trial = Plan(plan.dialect, plan.schema, plan.as_of, kernels=plan.kernels)
    try:
        for one in judged:
            trial.add(one)
    except HengjianError:
        return None
    return trial


def _unbound(con: duckdb.DuckDBPyConnection, trial: Plan) -> str:
    """What keeps DuckDB from taking the rules of ``trial``; empty when nothing does."""
    register(con, trial)
    flags = "".join(f", FALSE AS {quoted(alias)}" for alias in (*trial.duplicates, *trial.unknowns))
    values = "".join(
        f", {value}" for value in (*trial.duplicates.values(), *(v for v, _ in trial.unknowns.values()))
    )
    inner = f"SELECT 1{', ' + trial.projection() if trial.projection() else ''}{flags}{values} FROM {SHAPE}"
    tests = ", ".join(f"({text})" for text in trial.predicates)
    try:
        kinds = con.execute(f"DESCRIBE SELECT {tests} FROM ({inner})").fetchall() if tests else []
    except duckdb.Error as error:
        return f"条件的类型不对（{first_line(error)}），请改正。"
    if any(kind[1] not in ("BOOLEAN", '"NULL"') for kind in kinds):
        return "条件的结果不是真假，请写成比较。"
    return ""


def run(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    data: str,
    key: str,
    take: Callable[[pa.Array, pa.Array], None],
    say: Say,
    changes: Changes | None = None,
) -> Outcome:
    """Judge every row of ``data`` and hand the findings to ``take`` in batches.

    ``data`` stands after FROM. With ``changes`` only these rows are judged, and by the rules that look across rows
    those whose verdict they can alter; the tables of :mod:`hengjian.casedata.engine.changed` then say which.
    """
    outcome = Outcome(list(plan.rules), [0] * len(plan.rules), [0] * len(plan.rules))
    if changes is None:
        outcome.rows = _count(con, data)
        extra = unique_tables(con, plan, data, say) + unknown_columns(plan) if outcome.rows else []
        _judge(con, plan, data, key, extra, take, outcome, say)
        return outcome
    touched = narrow(con, plan, data, key, changes)
    outcome.rows = _count(con, ROWS)
    outcome.crossing = [one.rule.id for one in touched.crossing.rules]
    with one_thread(con, when=outcome.rows < FEW):
        _judge(con, plan, ROWS, key, touched.all_extra, take, outcome, say)
        _judge(con, touched.crossing, PARTNERS, key, touched.extra, take, outcome, say)
    return outcome


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    found = con.execute(f"SELECT count(*) FROM {rows}").fetchone()
    return int(found[0]) if found else 0


def _judge(
    con: duckdb.DuckDBPyConnection,
    plan: Plan,
    rows: str,
    key: str,
    extra: list[str],
    take: Callable[[pa.Array, pa.Array], None],
    outcome: Outcome,
    say: Say,
) -> None:
    """The rules of ``plan`` over ``rows``; what they come to is added to ``outcome``."""
    count = _count(con, rows)
    places = [outcome.rules.index(one) for one in plan.rules]
    for place in places:
        outcome.checked[place] += count
    if not plan.rules or not count:
        return
    register(con, plan)
    ids = texts([one.rule.id for one in plan.rules])
    say(f"逐行检查 {count} 行、{len(plan.rules)} 条规则")
    reader = con.execute(_query(plan, rows, key, extra)).to_arrow_reader(BATCH)
    failed = [0] * len(plan.rules)
    for keys, rules in _findings(reader, len(plan.rules), plan.apart, failed):
        take(keys, ids.take(rules))
    for place, number in zip(places, failed, strict=True):
        outcome.failed[place] += number


def _query(plan: Plan, data: str, key: str, extra: list[str]) -> str:
    columns = [f"{quoted(key)} AS hj_key", *([plan.projection()] if plan.projection() else []), *extra]
    masks = ", ".join(f"{text} AS m{index}" for index, text in enumerate(plan.masks()))
    values = "".join(
        f", {quoted(column)} AS v{index}" for index, column in enumerate(_columns_apart(plan.apart))
    )
    # all rows come back with their masks: a filter would make DuckDB compute them twice, UNNEST costs four times more
    return f"SELECT hj_key, {masks}{values} FROM (SELECT {', '.join(columns)} FROM {data})"


def _columns_apart(apart: Mapping[int, tuple[str, str]]) -> list[str]:
    """The columns that come back beside the masks, to be judged here."""
    return list(dict.fromkeys(column for _, column in apart.values()))


def load_ref(con: duckdb.DuckDBPyConnection, table: str, column: str, relation: str) -> None:
    """Distinct values as text, without NULL (or NOT IN would pass everything)."""
    name = quoted(column)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {ref_table(table, column)} AS "
        f"SELECT DISTINCT CAST({name} AS VARCHAR) AS v FROM {relation} WHERE {name} IS NOT NULL"
    )


def no_ref(con: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """The same without values; an incremental run fills in those it needs."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE {ref_table(table, column)} (v VARCHAR)")


def _findings(
    reader: pa.RecordBatchReader, rules: int, apart: Mapping[int, tuple[str, str]], failed: list[int]
) -> Iterator[tuple[pa.Array, pa.Array]]:
    """Keys and rule numbers of each batch, rule by rule; counts go to ``failed``."""
    words = (rules + BITS - 1) // BITS
    for batch in reader:
        masks = [whole(batch.column(1 + word)) for word in range(words)]
        _judge_apart(batch, masks, apart)
        failing = np.flatnonzero(np.bitwise_or.reduce(masks)) if words > 1 else np.flatnonzero(masks[0])
        if not len(failing):
            continue
        keys = batch.column(0).take(numbers(failing))
        kept = [mask[failing] for mask in masks]
        for number in range(rules):
            rows = np.flatnonzero(kept[number // BITS] & np.int64(1 << number % BITS))
            if len(rows):
                failed[number] += len(rows)
                yield keys.take(numbers(rows)), numbers(np.full(len(rows), number, np.int32))


def _judge_apart(
    batch: pa.RecordBatch, masks: list[npt.NDArray[np.int64]], apart: Mapping[int, tuple[str, str]]
) -> None:
    """Set the bits of the rules that are one kernel over one column: a hundred thousand rows a call."""
    places = {column: 1 + len(masks) + index for index, column in enumerate(_columns_apart(apart))}
    bad = {one: is_true(KERNELS[one[0]](batch.column(places[one[1]]))) for one in set(apart.values())}
    for number, one in apart.items():
        word, bit = divmod(number, BITS)
        masks[word] = masks[word] | bad[one].astype(np.int64) << bit


def culprits(con: duckdb.DuckDBPyConnection, plan: Plan, data: str) -> list[Judged]:
    """The rules whose evaluation fails on these data, each tried alone."""
    found = []
    for one in plan.rules:
        trial = Plan(plan.dialect, plan.schema, plan.as_of, kernels=plan.kernels)
        trial.add(one)
        try:
            register(con, trial)
            extra = unique_tables(con, trial, data, lambda _: None) + unknown_columns(trial)
            columns = ", ".join(["1 AS one", *([trial.projection()] if trial.projection() else []), *extra])
            con.execute(
                f"SELECT count(*) FILTER ({trial.predicates[0]}) FROM (SELECT {columns} FROM {data})"
            ).fetchone()
        except duckdb.Error:
            found.append(one)
    return found
