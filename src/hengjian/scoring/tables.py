"""The tables of one scoring in DuckDB: prices and periods, explanation rows, scores."""

from __future__ import annotations

from datetime import date

import duckdb
import pyarrow as pa

from hengjian.base.periods import Period, PeriodKind
from hengjian.policy.clauses.points import Alternatives, QuotaBase, Rank
from hengjian.scoring.render import statement
from hengjian.scoring.rules import Rules
from hengjian.scoring.source import load
from hengjian.scoring.spans import Calendar, calendar, thursdays
from hengjian.scoring.templates import Texts, fill

_ROWS = """CREATE OR REPLACE TABLE rows (clause SMALLINT, price SMALLINT, unit VARCHAR, item VARCHAR,
    fell TIMESTAMP, period DATE, points DECIMAL(18, 2), evidence VARCHAR, code TINYINT, have DECIMAL(18, 2),
    need DECIMAL(18, 2), rival VARCHAR)"""
_DAY, _TEXT, _INT = pa.date32(), pa.string(), pa.int32()
_PRICES = {"no": pa.int16(), "clause": pa.int16(), "use": _TEXT, "key": _TEXT, "since": _DAY, "until": _DAY,
           "points": pa.decimal128(18, 2)}  # fmt: skip
_SPANS = {"first": _DAY, "last": _DAY, "weeks": _INT, "name": _TEXT}
_PARTS = {"first": _DAY, "wanted": _INT}
_WANTED = {"no": _INT, "name": _TEXT, "last": _DAY, "flags": pa.bool_()}
FACT_SHAPES = ("points_per", "table", "once_per", "highest_of", "heaviest_of")
_ACCOUNT = {
    "month": "date_trunc('month', x)::DATE",
    "quarter": "date_trunc('quarter', x)::DATE",
    "half": "make_date(year(x), CASE WHEN month(x) < 7 THEN 1 ELSE 7 END, 1)",
    "year": "date_trunc('year', x)::DATE",
}
_LISTED = (
    "coalesce(u.listed_from, DATE '0001-01-01') <= {0} AND coalesce(u.listed_to, DATE '9999-12-31') >= {0}"
)


def prepare(con: duckdb.DuckDBPyConnection, rules: Rules, wanted: list[Period] | None) -> Calendar:
    """Create the price and period tables beside ``units``, ``items`` and ``events``."""
    kind = rules.total.period
    con.execute(f"CREATE OR REPLACE TEMP MACRO account(x) AS {_ACCOUNT[kind]}")
    con.execute(_ROWS)
    load(
        con,
        "prices",
        _PRICES,
        [(p.no, p.clause, p.use, p.key, p.since, p.until, p.points) for p in rules.prices],
    )
    plan = calendar(PeriodKind(kind), _happened(con, rules), wanted)
    load(con, "spans", _SPANS, [(p.first, p.last, thursdays(p), str(p)) for p in plan.base])
    load(con, "parts", _PARTS, [(p.first, no) for p, no in plan.parts])
    flags = {c.clause.period for c in rules.of("flag")}
    load(
        con,
        "wanted",
        _WANTED,
        [(no, str(p), p.last, str(p.kind) in flags) for no, p in enumerate(plan.wanted)],
    )
    return plan


def _happened(con: duckdb.DuckDBPyConnection, rules: Rules) -> list[date]:
    """First days of the periods of account in which a fact fell while the regulation was in force."""
    since = min(c.since for c in rules.clauses)
    until = max(c.until for c in rules.clauses)
    sql = "SELECT DISTINCT account(ts) FROM events WHERE ts >= $1 AND ts < $2"
    return [row[0] for row in con.execute(sql, [since, until]).fetchall()]


def add_rows(con: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Run every clause; then what depends on the whole: who is appraised, the floor."""
    numbers = {c.clause.id: c.no for c in rules.clauses}
    present = {row[0] for row in con.execute("SELECT DISTINCT type FROM events").fetchall()}
    texts = Texts()
    queries = [
        statement(numbered, numbers, texts)
        for shapes in (FACT_SHAPES, ("quota_base", "flag"), ("exclude",))
        for numbered in rules.of(*shapes)
        if isinstance(numbered.clause, QuotaBase) or _may_match(numbered.clause.when, present)
    ]
    texts.bind(con)
    for query in queries:
        con.execute(f"INSERT INTO rows {query}")
    if rules.total.appraised == "listed_on_last_day":
        con.execute(
            "UPDATE rows SET points = 0, code = 10 FROM units u, spans s WHERE s.first = rows.period"
            f" AND u.unit = rows.unit AND NOT ({_LISTED.format('s.last')})"
        )
    if rules.total.floor == "zero":
        con.execute(fill("floor", clause=f"{rules.of('total')[0].no:d}"))


def _may_match(alternatives: Alternatives, present: set[str]) -> bool:
    """Whether any fact has a type the clause asks for; a clause that asks for none always may."""
    return any(not match.get("type") or present & set(match["type"]) for match in alternatives)


def add_scores(con: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Create ``scores``: the GROUP BY of the rows, with places."""
    listed = _LISTED.format("w.last") if rules.total.appraised == "listed_on_last_day" else "NULL::BOOLEAN"
    ranks: list[Rank] = [c.clause for c in rules.of("rank")]
    ranked, function = "false", "rank()"
    if ranks:
        function = {"1224": "rank()", "1223": "dense_rank()"}[ranks[0].ties]
        ranked = "coalesce(evaluated, true)"
        if ranks[0].disqualified == "left_out":
            ranked += " AND NOT coalesce(disqualified, false)"
    query = fill("rank", rank=function, ranked=ranked, scores=fill("total", appraised=listed))
    con.execute(f"CREATE OR REPLACE TABLE scores AS {query}")


def shares(rules: Rules) -> list[str]:
    """The queries that divide points among authors."""
    numbers = [rules.numbers(c.clause.of) for c in rules.of("share")]
    return [fill("share", of=", ".join(f"{no:d}" for no in found) or "NULL") for found in numbers]
