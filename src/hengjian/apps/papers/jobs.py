"""Background work: documents handed in together are read one by one."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.org.access import system_actor
from hengjian.apps.papers.acts.hand_in import read
from hengjian.apps.papers.models import Paper

AT_ONCE = 200
"""Documents of one tick; the rest waits for the next."""


def waiting(now: datetime) -> int:
    """Each document in its own transaction: what is read stays read whatever happens next."""
    rows = Paper.objects.filter(state=Paper.State.WAITING).order_by("made_at", "pk")[:AT_ONCE]
    for paper in rows:
        read(system_actor("文书核对", now), paper)
    return len(rows)


JOBS = [("papers.read", 5, waiting)]
