"""The one engine: every clause adds explanation rows, scores are their GROUP BY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

import duckdb
import pyarrow as pa

from hengjian.base.periods import Period, PeriodKind
from hengjian.policy import Pack, Param
from hengjian.policy.clauses.points import Alternatives, QuotaBase, Rank
from hengjian.scoring import explain
from hengjian.scoring.clean import clean
from hengjian.scoring.render import Texts, fill, statement
from hengjian.scoring.result import UNALLOCATED, ExplanationRow, PersonPoints, Score, ScoreResult
from hengjian.scoring.rules import Rules, rules_of
from hengjian.scoring.source import ScoreInput, load
from hengjian.scoring.spans import Calendar, calendar, thursdays

_ROWS = """CREATE OR REPLACE TABLE rows (clause SMALLINT, price SMALLINT, unit VARCHAR, item VARCHAR,
    fell TIMESTAMP, period DATE, points DECIMAL(18, 2), evidence VARCHAR, code TINYINT, have DECIMAL(18, 2),
    need DECIMAL(18, 2), rival VARCHAR)"""
_DAY, _TEXT, _INT = pa.date32(), pa.string(), pa.int32()
_PRICES = {"no": pa.int16(), "clause": pa.int16(), "use": _TEXT, "key": _TEXT, "since": _DAY, "until": _DAY,
           "points": pa.decimal128(18, 2)}  # fmt: skip
_SPANS = {"first": _DAY, "last": _DAY, "weeks": _INT}
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


def score(
    pack: Pack,
    data: ScoreInput,
    periods: Iterable[Period] | None = None,
    *,
    values: Mapping[str, Param] | None = None,
    known: date | None = None,
) -> ScoreResult:
    """Score facts by a pack under its chosen readings.

    ``periods``: those to write (without: every period of account and year in which anything happened).
    ``values`` replaces the pack's table of values; ``known`` leaves out values and facts recorded later.
    Raises ManyErrors naming every faulty row of the input.
    """
    with Scorer() as scorer:
        return scorer.score(pack, data, periods, values=values, known=known)


class Scorer:
    """Keeps one DuckDB in memory for several scorings; not for use by several threads at once."""

    def __init__(self, threads: int = 1) -> None:
        self._con = duckdb.connect(config={"threads": threads})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    def score(
        self,
        pack: Pack,
        data: ScoreInput,
        periods: Iterable[Period] | None = None,
        *,
        values: Mapping[str, Param] | None = None,
        known: date | None = None,
    ) -> ScoreResult:
        """As the function ``score``."""
        rules = rules_of(pack, values, known)
        clean(rules, data, known).load(self._con)
        spans = prepare(self._con, rules, None if periods is None else list(periods))
        add_rows(self._con, rules)
        return _collect(self._con, rules, spans, bool(data.authors))


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
    load(con, "spans", _SPANS, [(p.first, p.last, thursdays(p)) for p in plan.base])
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


def _collect(con: duckdb.DuckDBPyConnection, rules: Rules, plan: Calendar, shared: bool) -> ScoreResult:
    return ScoreResult(_rows(con, rules, plan), _scores(con, rules), _persons(con, rules) if shared else [])


def _rows(con: duckdb.DuckDBPyConnection, rules: Rules, plan: Calendar) -> list[ExplanationRow]:
    names = {period.first: str(period) for period in plan.base}
    sql = (
        "SELECT r.* FROM rows r SEMI JOIN spans s ON s.first = r.period LEFT JOIN units u ON u.unit = r.unit"
        " ORDER BY r.period, u.pos NULLS LAST, r.clause, r.fell, r.evidence, r.item, r.code"
    )
    describe = _Describe(rules)
    return [describe(row, names[row[5]]) for row in con.execute(sql).fetchall()]


class _Describe:
    """Turns numbers of a row back into the words of the pack."""

    def __init__(self, rules: Rules) -> None:
        pack = rules.pack
        self.clauses = {
            c.no: (pack.full_id(c.clause), c.clause.articles[0], c.readings) for c in rules.clauses
        }
        self.prices = {p.no: p for p in rules.prices}
        self.own_article = {c.no for c in rules.of("exclude")}

    def __call__(self, row: tuple[Any, ...], period: str) -> ExplanationRow:
        no, price_no, unit, item, _, _, points, evidence, code, have, need, rival = row
        clause, article, readings = self.clauses[no]
        price = self.prices.get(price_no)
        if price and price.article and no not in self.own_article:
            article = price.article
        return ExplanationRow(
            period=period,
            unit=UNALLOCATED if unit is None else unit,
            clause=clause,
            rule=price.param if price else "",
            article=article,
            version=price.since if price and price.points is not None else None,
            readings=readings,
            points=points,
            evidence=tuple(evidence.split("|")) if evidence else (),
            item=item or "",
            code=code,
            note=explain.note(code, have, need, rival or ""),
            have=have,
            need=need,
            rival=rival or "",
        )


def _scores(con: duckdb.DuckDBPyConnection, rules: Rules) -> list[Score]:
    listed = _LISTED.format("w.last") if rules.total.appraised == "listed_on_last_day" else "NULL::BOOLEAN"
    con.execute("CREATE OR REPLACE TABLE scores AS " + fill("total", appraised=listed))
    places = _places(con, rules)
    sql = "SELECT no, name, unit, points, disqualified, evaluated FROM scores ORDER BY no, pos"
    return [
        Score(name, unit, points, disqualified, evaluated, places.get((no, unit)))
        for no, name, unit, points, disqualified, evaluated in con.execute(sql).fetchall()
    ]


def _places(con: duckdb.DuckDBPyConnection, rules: Rules) -> dict[tuple[int, str], int]:
    ranks: list[Rank] = [c.clause for c in rules.of("rank")]
    if not ranks:
        return {}
    ranked = "coalesce(evaluated, true)"
    if ranks[0].disqualified == "left_out":
        ranked += " AND NOT coalesce(disqualified, false)"
    function = {"1224": "rank()", "1223": "dense_rank()"}[ranks[0].ties]
    return {
        (no, unit): place
        for no, unit, place in con.execute(fill("rank", rank=function, ranked=ranked)).fetchall()
    }


def _persons(con: duckdb.DuckDBPyConnection, rules: Rules) -> list[PersonPoints]:
    found: list[PersonPoints] = []
    for numbered in rules.of("share"):
        of = ", ".join(f"{no:d}" for no in rules.numbers(numbered.clause.of)) or "NULL"
        found += [PersonPoints(*row) for row in con.execute(fill("share", of=of)).fetchall()]
    return found
