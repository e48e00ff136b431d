"""Counts of the overview and the monthly report: by court, rule, department and day. Counts before percentages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hengjian.apps.cases.models import Finding
from hengjian.apps.org.models import Unit

S = Finding.State
STANDING = (S.OPEN, S.BUNDLED, S.WRONG, S.CORRECTED)


@dataclass(frozen=True, slots=True)
class CourtRow:
    court: Unit
    standing: int
    open: int
    bundled: int
    wrong: int
    corrected: int
    closed: int
    reopened: int


def by_court(findings: QuerySet[Finding], courts: list[Unit]) -> list[CourtRow]:
    """One row a court, in the order of the organisation, zeros included."""
    rows: dict[int, dict[str, Any]] = {
        row["court"]: dict(row)
        for row in findings.order_by()
        .values("court")
        .annotate(
            standing=Count("pk", filter=Q(state__in=STANDING)),
            open=Count("pk", filter=Q(state=S.OPEN)),
            bundled=Count("pk", filter=Q(state=S.BUNDLED)),
            wrong=Count("pk", filter=Q(state=S.WRONG)),
            corrected=Count("pk", filter=Q(state=S.CORRECTED)),
            closed=Count("pk", filter=Q(state=S.CLOSED)),
            reopened=Count("pk", filter=Q(reopened__gt=0)),
        )
    }
    names = [name for name in CourtRow.__slots__ if name != "court"]
    return [CourtRow(court, **{n: rows.get(court.pk, {}).get(n, 0) for n in names}) for court in courts]


def by_rule(findings: QuerySet[Finding], most: int = 15) -> list[dict[str, Any]]:
    """The rules with the most standing findings."""
    standing = findings.filter(state__in=STANDING).order_by().values("rule", "title", "severity", "owner")
    counted = standing.annotate(n=Count("pk"), courts=Count("court", distinct=True))
    return [dict(row) for row in counted.order_by("-n", "rule")[:most]]
