"""When each finding stood: intervals from its events, so that a past month can be counted as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from hengjian.apps.cases.models import Dataset, Finding, FindingEvent

OPENS = ("发现", "重新出现")
FIELDS = (
    "pk",
    "rule",
    "title",
    "owner",
    "case_id",
    "court",
    "department",
    "severity",
    "verdict",
    "judged_at",
)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch in which a finding stood; ``closed`` None: it stands still."""

    rule: str
    title: str
    owner: str
    case_id: str
    court: int
    department: int | None
    severity: str
    verdict: str
    judged_at: datetime | None
    opened: datetime
    closed: datetime | None

    def stood(self, moment: datetime) -> bool:
        return self.opened <= moment and (self.closed is None or self.closed > moment)

    def found(self, after: datetime, until: datetime) -> bool:
        return after < self.opened <= until

    def ended(self, after: datetime, until: datetime) -> bool:
        return self.closed is not None and after < self.closed <= until

    def judged(self, after: datetime, until: datetime) -> bool:
        return self.judged_at is not None and after < self.judged_at <= until


def spans(dataset: Dataset, since: datetime, until: datetime) -> list[Span]:
    """Stretches that touch the time between ``since`` and ``until``."""
    touching = Q(closed_at=None) | Q(closed_at__gt=since) | Q(reopened__gt=0)
    rows = Finding.objects.filter(touching, dataset=dataset, opened_at__lte=until).order_by()
    again = _again(dataset)
    found = []
    for row in rows.values(*FIELDS, "opened_at", "closed_at", "reopened").iterator(2_000):
        life = again.get(row["pk"]) if row["reopened"] else [(row["opened_at"], row["closed_at"])]
        for opened, closed in life or [(row["opened_at"], row["closed_at"])]:
            if opened <= until and (closed is None or closed > since):
                cells = {name: row[name] for name in FIELDS if name != "pk"}
                found.append(Span(**cells, opened=opened, closed=closed))
    return found


def _again(dataset: Dataset) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Intervals of the findings that came back."""
    events: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    rows = FindingEvent.objects.filter(finding__dataset=dataset, finding__reopened__gt=0).order_by("at", "id")
    for pk, at, what in rows.values_list("finding", "at", "what"):
        events[pk].append((at, what))
    ends = dict(Finding.objects.filter(dataset=dataset, reopened__gt=0).values_list("pk", "closed_at"))
    return {pk: list(_intervals(life, ends.get(pk))) for pk, life in events.items()}


def _intervals(
    life: list[tuple[datetime, str]], last: datetime | None
) -> Iterator[tuple[datetime, datetime | None]]:
    starts = [at for at, what in life if what in OPENS]
    stops = [at for at, what in life if what == "复检销号"]
    for number, start in enumerate(starts):
        following = starts[number + 1] if number + 1 < len(starts) else None
        if following is None:
            yield start, last
        else:
            yield start, next((at for at in reversed(stops) if start < at <= following), following)
