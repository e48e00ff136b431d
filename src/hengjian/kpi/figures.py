"""What goes in: figures, benchmarks of the superior office, targets the office has set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hengjian.base.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure. ``value`` is in the indicator's unit (a percentage: 97.5, not 0.975).

    With numerator and denominator the value is computed from them. Nothing at all means: reported as unknown.
    """

    indicator: str
    unit: str
    period: Period
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    evidence: str = ""

    @property
    def empty(self) -> bool:
        return self.value is None and self.denominator is None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What the superior office published: average, excellent line, our rank among so many. Blank: not published."""

    indicator: str
    period: Period
    average: Decimal | None = None
    excellent: Decimal | None = None
    rank: int | None = None
    ranked: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeTarget:
    """A target the office has set or learnt: in force from ``since``; ``None`` ends it."""

    indicator: str
    since: date
    value: Decimal | None
    known: date | None = None
    source: str = ""


@dataclass(frozen=True)
class KpiInput:
    """``units``: unit → the collective it belongs to, for units the pack does not know by name.

    ``expected``: indicators asked for even when no figure came; indicators with a figure are always asked for.
    ``whole``: the name under which all units together are judged; they explain nothing as a whole.
    """

    figures: tuple[Figure, ...]
    benchmarks: tuple[Benchmark, ...] = ()
    targets: tuple[OfficeTarget, ...] = ()
    units: dict[str, str] = field(default_factory=dict)
    expected: frozenset[str] = frozenset()
    whole: str = ""

    def benchmark(self, indicator: str, period: Period) -> Benchmark | None:
        return next((b for b in self.benchmarks if (b.indicator, b.period) == (indicator, period)), None)


def asked(data: KpiInput, period: Period) -> frozenset[str]:
    """The indicators somebody reports, ranked for this period or asked for."""
    ranked = (b.indicator for b in data.benchmarks if b.period == period)
    return data.expected.union((f.indicator for f in data.figures), ranked)
