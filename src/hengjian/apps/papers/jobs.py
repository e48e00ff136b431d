"""Background work: documents handed in together are read one by one."""

from __future__ import annotations

from datetime import datetime

import structlog

from hengjian.apps.org.access import system_actor
from hengjian.apps.papers.acts.hand_in import give_up, read
from hengjian.apps.papers.models import Paper

log = structlog.get_logger()
AT_ONCE = 200
"""Documents of one tick; the rest waits for the next."""


def waiting(now: datetime) -> int:
    """Each document in its own transaction: what is read stays read whatever happens next."""
    rows = Paper.objects.filter(state=Paper.State.WAITING).order_by("made_at", "pk")[:AT_ONCE]
    for paper in rows:
        _one(paper, now)
    return len(rows)


def _one(paper: Paper, now: datetime) -> None:
    """A document nobody foresaw fails alone and is named; the others behind it are read all the same."""
    actor = system_actor("文书核对", now)
    try:
        read(actor, paper)
    except Exception as error:
        log.exception("document not read", paper=paper.pk)
        give_up(actor, paper, error=f"读取时出错（{type(error).__name__}），请把这份文书交给系统管理员。")


JOBS = [("papers.read", 5, waiting)]
