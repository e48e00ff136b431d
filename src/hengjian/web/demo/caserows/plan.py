"""What the maker of cases is told: the courts, their size and care, the days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
NAT_DAY = np.datetime64("NaT", "D")
Columns = dict[str, Array]
"""Column → values: text as objects (None = empty), days as datetime64[D] (NaT = empty), numbers as float (NaN = empty)."""


@dataclass(frozen=True, slots=True)
class CourtPlan:
    """``yearly``: first-instance cases a year. ``sloppiness``: how many times the usual share of mistakes.

    ``departments``: kind of case (filing, civil, criminal, admin, execution) → names of the departments that try it.
    """

    code: str
    name: str
    level: str
    parent: str
    yearly: int
    sloppiness: float
    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surge:
    """A month in which a court was filed far more cases of a kind than usual."""

    court: str
    type: str
    first: date
    last: date
    cases: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Cases accepted from ``first`` to ``last``, both included."""

    courts: tuple[CourtPlan, ...]
    first: date
    last: date
    seed: int
    outage: tuple[str, date] | None = None
    """A court whose entries came in late for the working week from a day on, because a system stood still."""
    surges: tuple[Surge, ...] = ()

    def of_level(self, level: str) -> list[int]:
        return [n for n, court in enumerate(self.courts) if court.level == level]

    def parent_of(self) -> Array:
        """Index of the court above each court; -1 for the topmost."""
        place = {court.code: n for n, court in enumerate(self.courts)}
        return np.array([place.get(court.parent, -1) for court in self.courts])
