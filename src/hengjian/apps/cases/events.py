"""The life of findings, written down as it happens."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.cases.models import Finding, FindingEvent
from hengjian.apps.org.access import Actor

BATCH = 2_000


def note(actor: Actor, findings: Iterable[Finding], what: str, text: str = "") -> int:
    """One line for each finding; returns how many."""
    rows = [
        FindingEvent(finding=finding, at=actor.at, person=actor.person, what=what, text=text[:500])
        for finding in findings
    ]
    FindingEvent.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
