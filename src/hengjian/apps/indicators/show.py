"""Results as pages, exports and the API show them: one row, one wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengjian.apps.indicators.models import Benchmark
from hengjian.apps.indicators.queries import Point
from hengjian.apps.org.models import Unit
from hengjian.base.points import plain
from hengjian.documents.charts import sparkline
from hengjian.kpi import Result
from hengjian.kpi.notes import amount, brief
from hengjian.policy.clauses.measure import Measure

COLOURS = {
    "met": "green",
    "missed": "red",
    "no_target": "grey",
    "external_target": "grey",
    "no_data": "orange",
    "too_few": "grey",
}


@dataclass(frozen=True)
class Line:
    """One result with the words for it."""

    measure: Measure
    result: Result
    unit: Unit | None = None
    mark: Benchmark | None = None
    conflict: bool = False
    published: bool = True
    svg: str = ""
    change: str = ""
    led: bool = False
    units_missed: int = 0

    @property
    def value(self) -> str:
        return brief(self.measure, self.result.value, self.result.target)

    @property
    def target(self) -> str:
        return amount(self.measure, self.result.target) if self.result.target is not None else ""

    @property
    def counts(self) -> str:
        """Numerator and denominator come first: people count cases, not points of a percentage."""
        if self.result.denominator is None:
            return ""
        return f"{plain(self.result.numerator or Decimal(0))}／{plain(self.result.denominator)}"

    @property
    def missing(self) -> str:
        return f"还差 {self.result.short_by} 件" if self.result.short_by else ""

    @property
    def status(self) -> str:
        return self.result.status.label

    @property
    def colour(self) -> str:
        return COLOURS[self.result.status.value]

    @property
    def average(self) -> str:
        return brief(self.measure, self.mark.average) if self.mark else ""

    @property
    def excellent(self) -> str:
        return brief(self.measure, self.mark.excellent) if self.mark else ""

    @property
    def rank(self) -> str:
        if self.mark is None or self.mark.rank is None:
            return ""
        return f"第 {self.mark.rank} 名" + (f"／{self.mark.ranked}" if self.mark.ranked else "")

    @property
    def per_hundred(self) -> str:
        """For a meter: the value out of a hundred."""
        value = self.result.value
        return plain(value) if value is not None and self.measure.unit == "percent" else ""


def picture(measure: Measure, points: Sequence[Point], *, width: int = 96, height: int = 20) -> str:
    """The trend as a small SVG; what it shows is also its title."""
    values = [p.result.value if p.result else None for p in points]
    told = "，".join(
        f"{p.period.label}{brief(measure, v)}" for p, v in zip(points, values, strict=True) if v is not None
    )
    targets = [p.result.target if p.result else None for p in points]
    label = f"{measure.title}：{told or '没有数据'}"
    return sparkline(values, label=label, width=width, height=height, targets=targets)


def changed(measure: Measure, points: Sequence[Point]) -> str:
    """What changed since the period before, in words."""
    known = [p.result.value for p in points[-2:] if p.result and p.result.value is not None]
    if len(known) < 2:
        return ""
    places = Decimal("0.01") if measure.unit == "percent" else Decimal("0.0001")
    gap = (known[1] - known[0]).quantize(places)
    if not gap:
        return "持平"
    unit = " 个百分点" if measure.unit == "percent" else ""
    return f"{'升' if gap > 0 else '降'} {plain(abs(gap))}{unit}"
