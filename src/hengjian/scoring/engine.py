"""The one engine: every clause adds explanation rows, scores are their GROUP BY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

import duckdb

from hengjian.base.periods import Period
from hengjian.policy import Pack, Param
from hengjian.scoring.clean import clean
from hengjian.scoring.collect import collect
from hengjian.scoring.result import ScoreResult
from hengjian.scoring.rules import rules_of
from hengjian.scoring.source import ScoreInput
from hengjian.scoring.tables import add_rows, add_scores, prepare


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
        prepare(self._con, rules, None if periods is None else list(periods))
        add_rows(self._con, rules)
        add_scores(self._con, rules)
        return collect(self._con, rules, shared=bool(data.authors))
