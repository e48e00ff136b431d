"""Scoring of files too large for lists: typed Parquet in, Parquet out, nothing passes through Python objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from hengjian.base.errors import HengjianError, Place
from hengjian.base.periods import Period
from hengjian.policy import Pack, Param
from hengjian.scoring.result import UNALLOCATED
from hengjian.scoring.rules import Rules, rules_of
from hengjian.scoring.source import TABLES, load
from hengjian.scoring.tables import add_rows, add_scores, prepare, shares

_LABELS = {"no": pa.int16(), "full_id": pa.string(), "article": pa.string(), "readings": pa.string()}
_NAMES = {"no": pa.int16(), "rule": pa.string(), "article": pa.string(), "version": pa.date32()}


def score_parquet(
    pack: Pack,
    folder: Path,
    out: Path,
    periods: Iterable[Period] | None = None,
    *,
    values: Mapping[str, Param] | None = None,
    known: date | None = None,
    settings: Mapping[str, str | int] | None = None,
) -> None:
    """Score ``units, items, events`` and, where present, ``authors`` of a folder of Parquet files.

    The files have the columns of ``source.TABLES`` and are taken as sound (``score`` checks, this does not).
    Written are ``explain.parquet``, ``scores.parquet`` and, with authors, ``persons.parquet``.
    ``settings`` are DuckDB's, such as ``threads`` and ``memory_limit``. HengjianError when a file is missing.
    """
    rules = rules_of(pack, values, known)
    out.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config=dict(settings or {})) as con:
        con.execute("SET preserve_insertion_order = false")
        _attach(con, folder)
        prepare(con, rules, None if periods is None else list(periods))
        add_rows(con, rules)
        add_scores(con, rules)
        _write(con, rules, out)
        if (folder / "authors.parquet").exists():
            for query in shares(rules):
                con.sql(query).write_parquet(str(out / "persons.parquet"))


def _attach(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name, types in TABLES.items():
        path = folder / f"{name}.parquet"
        if not path.exists():
            if name != "authors":
                raise HengjianError("没有这个文件，请放入输入文件夹。", where=Place(str(path)))
            continue
        columns = ", ".join(f'"{column}"' for column in types)
        con.read_parquet(str(path)).select(columns).create_view(name)


def _write(con: duckdb.DuckDBPyConnection, rules: Rules, out: Path) -> None:
    full = rules.pack.full_id
    load(
        con,
        "labels",
        _LABELS,
        [(c.no, full(c.clause), c.clause.articles[0], "；".join(c.readings)) for c in rules.clauses],
    )
    own = {c.no for c in rules.of("exclude")}
    load(
        con,
        "names",
        _NAMES,
        [(p.no, p.param, p.article or None, p.since if p.points is not None else None) for p in rules.prices],
    )
    of = ", ".join(str(no) for no in own) or "NULL"
    con.sql(
        f"""SELECT s.name AS period, coalesce(r.unit, '{UNALLOCATED}') AS unit, l.full_id AS clause,
            coalesce(n.rule, '') AS rule,
            CASE WHEN r.clause IN ({of}) THEN l.article ELSE coalesce(n.article, l.article) END AS article,
            n.version, r.points, r.evidence, r.item, l.readings, r.code, r.have, r.need, r.rival
        FROM rows r JOIN spans s ON s.first = r.period JOIN labels l ON l.no = r.clause
        LEFT JOIN names n ON n.no = r.price"""
    ).write_parquet(str(out / "explain.parquet"))
    con.sql("SELECT name AS period, unit, points, disqualified, evaluated, place FROM scores").write_parquet(
        str(out / "scores.parquet")
    )
