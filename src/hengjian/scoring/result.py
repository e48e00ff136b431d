"""What a scoring returns: explanation rows, scores and points of persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

UNALLOCATED = "(unallocated)"


@dataclass(frozen=True, slots=True)
class ExplanationRow:
    """Why a unit has these points in a period of account.

    ``unit`` is ``(unallocated)`` where the text names no recipient. ``code`` says how the row came to be
    (see ``explain.NOTES``), ``note`` says it in a sentence. ``have`` and ``need`` are what was reached and due
    (quota), or what had been reached before (highest). ``readings`` are those that touch the clause.
    """

    period: str
    unit: str
    clause: str
    rule: str
    article: str
    version: date | None
    readings: tuple[str, ...]
    points: Decimal
    evidence: tuple[str, ...]
    item: str
    code: int
    note: str
    have: Decimal | None = None
    need: Decimal | None = None
    rival: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """``disqualified`` is None for periods that carry no such state, ``evaluated`` where all are appraised.

    ``place`` is None for a unit that is not ranked.
    """

    period: str
    unit: str
    points: Decimal
    disqualified: bool | None
    evaluated: bool | None
    place: int | None


@dataclass(frozen=True, slots=True)
class PersonPoints:
    period: str
    unit: str
    person: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """Totals are the GROUP BY of ``rows``: for every unit and period of account they add up to the score."""

    rows: list[ExplanationRow]
    scores: list[Score]
    persons: list[PersonPoints]
