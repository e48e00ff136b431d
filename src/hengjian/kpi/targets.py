"""The target of a period: the pack's dated value or the one the office has set since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hengjian.base.periods import Period
from hengjian.kpi.figures import OfficeTarget
from hengjian.policy import DatedValue, Pack
from hengjian.policy.clauses.measure import Measure
from hengjian.policy.values import value_at


@dataclass(frozen=True, slots=True)
class TargetAt:
    """The target that applies, and the one at the other end of the period where it differs."""

    value: Decimal | None = None
    since: date | None = None
    other: Decimal | None = None
    other_since: date | None = None

    @property
    def changed(self) -> bool:
        return self.since != self.other_since


def history(pack: Pack, measure: Measure, targets: Iterable[OfficeTarget]) -> list[DatedValue]:
    """All dated targets of a measure: those of the pack, then those of the office (the later one wins a tie)."""
    written = pack.params[measure.target.param].values if measure.target.param else ()
    own = [
        DatedValue.model_validate({"from": t.since, "known": t.known, "value": t.value, "document": t.source})
        for t in targets
        if t.indicator == measure.indicator
    ]
    last = {v.since: v for v in own}
    return [*(v for v in written if v.since not in last), *own]


def target_at(
    pack: Pack,
    measure: Measure,
    period: Period,
    targets: Iterable[OfficeTarget] = (),
    known: date | None = None,
) -> TargetAt:
    """The target of a period by its last day or, where the clause says so, its first."""
    values = history(pack, measure, targets)
    ends = (period.first, period.last)
    day, other_day = ends if measure.target_of == "first_day" else ends[::-1]
    chosen, other = value_at(values, day, known), value_at(values, other_day, known)
    return TargetAt(
        chosen.value if chosen else None,
        chosen.since if chosen and chosen.value is not None else None,
        other.value if other else None,
        other.since if other and other.value is not None else None,
    )
