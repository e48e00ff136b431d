"""The same facts under one reading after another: they are checked and loaded once, only the clauses run again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

import duckdb
import pyarrow as pa

from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy import Pack
from hengjian.scoring.clean import clean
from hengjian.scoring.rules import rules_of
from hengjian.scoring.source import TABLES, Rows, ScoreInput
from hengjian.scoring.tables import add_rows, prepare
from hengjian.scoring.typed import TypedFacts, load_events


@dataclass(frozen=True)
class Sums:
    """What one run gives: points by (period, unit, clause), and for quotas how many of how many.

    The unit is None where nobody may have the points.
    """

    points: dict[tuple[str, str | None, str], Decimal]
    quotas: dict[tuple[str, str | None, str], tuple[Decimal, Decimal]]


class Replay:
    """Facts in a DuckDB of their own, ready for run after run. One run at a time; safe to share between threads.

    ``data`` must be sound under ``pack``; readings and values of later runs may differ, the words may not.
    """

    def __init__(
        self, pack: Pack, data: ScoreInput, threads: int = 2, facts: TypedFacts | None = None
    ) -> None:
        """``facts`` stand in for the events of ``data``; HengjianError where one of them may be refused."""
        self._con = duckdb.connect(config={"threads": threads})
        self._lock = Lock()
        rules = rules_of(pack)
        checked = clean(rules, data)
        checked.load(self._con)
        units, items = checked.tables["units"]["unit"], checked.tables["items"]["item"]
        if facts is not None and not load_events(self._con, rules, facts, units, items):
            raise HengjianError("有的事实需要逐行核对。")

    def sums(self, pack: Pack, periods: Iterable[Period], units: Rows | None = None) -> Sums:
        """Score ``periods`` under ``pack`` (its readings and values); ``units`` is the list as it stood then."""
        rules = rules_of(pack)
        with self._lock:
            if units is not None:
                self._list(pack, units)
            prepare(self._con, rules, list(periods))
            add_rows(self._con, rules)
            names = {c.no: pack.full_id(c.clause) for c in rules.clauses}
            found = self._con.execute(
                "SELECT s.name, r.unit, r.clause, sum(r.points) FROM rows r JOIN spans s ON s.first = r.period"
                " GROUP BY ALL"
            ).fetchall()
            quotas = [c.no for c in rules.of("quota_base")]
            counted = self._con.execute(
                "SELECT s.name, r.unit, r.clause, max(r.have), max(r.need) FROM rows r"
                " JOIN spans s ON s.first = r.period WHERE r.need IS NOT NULL AND list_contains($1, r.clause)"
                " GROUP BY ALL",
                [quotas],
            ).fetchall()
        return Sums(
            {(period, unit, names[no]): points for period, unit, no, points in found},
            {
                (period, unit, names[no]): (have or Decimal(0), need)
                for period, unit, no, have, need in counted
            },
        )

    def _list(self, pack: Pack, units: Rows) -> None:
        columns = clean(rules_of(pack), ScoreInput(units, (), ())).tables["units"]
        types = TABLES["units"]
        table = pa.table({key: pa.array(columns[key], kind) for key, kind in types.items()})
        self._con.register("incoming_units", table)
        self._con.execute("CREATE OR REPLACE TABLE units AS SELECT * FROM incoming_units")
        self._con.unregister("incoming_units")
