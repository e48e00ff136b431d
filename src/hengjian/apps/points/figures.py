"""What a notice tells of a unit beside points and counts: its class, how much was due, base and quality, the parts of a year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from hengjian.apps.points import queries, words
from hengjian.apps.points.engine import Scored
from hengjian.apps.regs.members import VOCABULARY, classes_on
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.policy import Pack

ZERO = Decimal(0)
UNSTATED = "未规定"
PARTS = ("q1", "q2", "q3", "q4")
COLUMNS = frozenset({"class", "quota", "counted", "base", "quality", *PARTS})


@dataclass(frozen=True)
class Figures:
    """By unit id; a unit that is in none of them has nothing of it."""

    classes: dict[int, str]
    due: dict[int, tuple[Decimal, Decimal]]
    base: dict[int, Decimal]
    rest: dict[int, Decimal]
    parts: dict[int | None, dict[str, Decimal]]

    def of(self, unit: int) -> dict[str, Any]:
        """The cells of one unit, as text; what the text of the regulation does not fix says so."""
        need, have = self.due.get(unit, (None, None))
        row: dict[str, Any] = {
            "class": self.classes.get(unit, "") or UNSTATED,
            "quota": UNSTATED if need is None else plain(need),
            "counted": UNSTATED if have is None else plain(have),
            "base": plain(self.base.get(unit, ZERO)),
            "quality": plain(self.rest.get(unit, ZERO)),
        }
        mine = self.parts.get(unit, {})
        return row | {f"q{n}": plain(mine.get(key, ZERO)) for n, key in enumerate(sorted(self._keys()), 1)}

    def _keys(self) -> set[str]:
        return {key for found in self.parts.values() for key in found}


def figures(installation: Installation, pack: Pack, period: Period, result: Scored) -> Figures:
    """From the ledger and the engine's own rows, the same that the points were made of."""
    named = dict(words.terms(pack, VOCABULARY))
    classes = {u: named.get(key, "") for u, key in classes_on(installation, pack, period.last).items()}
    quotas = quota_clauses(pack)
    base: dict[int, Decimal] = defaultdict(Decimal)
    rest: dict[int, Decimal] = defaultdict(Decimal)
    lines = queries.lines_of(installation, str(period)).filter(unit__isnull=False).order_by()
    for unit, clause, points in lines.values_list("unit_id", "clause").annotate(s=Sum("points")):
        (base if clause in quotas else rest)[unit or 0] += points
    due = {
        row.unit: (row.need, row.have or ZERO)
        for row in result.of(str(period))
        if row.clause in quotas and row.unit is not None and row.need is not None
    }
    parts: dict[int | None, dict[str, Decimal]] = {}
    if period.kind is PeriodKind.YEAR:
        quarters = {str(part): ZERO for part in period.parts(PeriodKind.QUARTER)}
        for unit, found in queries.scores_by_period(installation, str(period)).items():
            parts[unit] = quarters | {k: p for k, p in found.items() if k in quarters}
    return Figures(classes, due, dict(base), dict(rest), parts)


def quota_clauses(pack: Pack) -> frozenset[str]:
    """Full ids of the clauses that pay for reaching a quota."""
    return frozenset(pack.full_id(c) for c in pack.clauses_of("points") if c.shape == "quota_base")
