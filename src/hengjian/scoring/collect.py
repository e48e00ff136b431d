"""Tables back into the words of the pack, as Python values."""

from __future__ import annotations

from typing import Any

import duckdb

from hengjian.scoring import explain
from hengjian.scoring.result import UNALLOCATED, ExplanationRow, PersonPoints, Score, ScoreResult
from hengjian.scoring.rules import Rules
from hengjian.scoring.tables import shares

_ROWS = """SELECT s.name, r.clause, r.price, r.unit, r.item, r.points, r.evidence, r.code, r.have, r.need, r.rival
FROM rows r JOIN spans s ON s.first = r.period LEFT JOIN units u ON u.unit = r.unit
ORDER BY r.period, u.pos NULLS LAST, r.clause, r.fell, r.evidence, r.item, r.code"""
_SCORES = "SELECT name, unit, points, disqualified, evaluated, place FROM scores ORDER BY no, pos"


def collect(con: duckdb.DuckDBPyConnection, rules: Rules, *, shared: bool) -> ScoreResult:
    """Read rows, scores and, where there are authors, points of persons."""
    describe = _Describe(rules)
    rows = [describe(*row) for row in con.execute(_ROWS).fetchall()]
    scores = [Score(*row) for row in con.execute(_SCORES).fetchall()]
    persons = (
        [PersonPoints(*row) for q in shares(rules) for row in con.execute(q).fetchall()] if shared else []
    )
    return ScoreResult(rows, scores, persons)


class _Describe:
    def __init__(self, rules: Rules) -> None:
        full = rules.pack.full_id
        own_article = {c.no for c in rules.of("exclude")}
        self.clauses = {c.no: (full(c.clause), c.clause.articles[0], c.readings) for c in rules.clauses}
        self.prices = {
            p.no: (
                p.param,
                "" if p.clause in own_article else p.article,
                p.since if p.points is not None else None,
            )
            for p in rules.prices
        }
        self.own_article = own_article

    def __call__(
        self, period: str, no: int, price: int | None, unit: str | None, item: str | None, points: Any,
        evidence: str, code: int, have: Any, need: Any, rival: str | None,
    ) -> ExplanationRow:  # fmt: skip
        clause, article, readings = self.clauses[no]
        rule, priced, version = self.prices[price] if price is not None else ("", "", None)
        return ExplanationRow(
            period,
            UNALLOCATED if unit is None else unit,
            clause,
            rule,
            article if no in self.own_article else priced or article,
            version,
            readings,
            points,
            tuple(evidence.split("|")) if evidence else (),
            item or "",
            code,
            explain.note(code, have, need, rival or ""),
            have,
            need,
            rival or "",
        )
