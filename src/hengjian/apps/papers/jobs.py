"""Background work: documents handed in together are read one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import structlog

from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.papers import beside
from hengjian.apps.papers.acts.hand_in import draw, give_up, read
from hengjian.apps.papers.models import Paper

log = structlog.get_logger()
T = TypeVar("T")
AT_ONCE = 200
"""Documents of one tick; the rest waits for the next."""


TOGETHER = 50
"""Documents whose cases are asked of the store in one question: it costs as much for one."""


def waiting(now: datetime) -> int:
    """Each document in its own transaction: what is read stays read whatever happens next."""
    rows = list(
        Paper.objects.filter(state=Paper.State.WAITING)
        .select_related("dataset", "court", "department")
        .order_by("made_at", "pk")[:AT_ONCE]
    )
    for first in range(0, len(rows), TOGETHER):
        _some(rows[first : first + TOGETHER], system_actor("文书核对", now))
    return len(rows)


def _some(papers: list[Paper], actor: Actor) -> None:
    """A document nobody foresaw fails alone and is named; the others behind it are read all the same."""
    drawn = {paper.pk: one for paper in papers if (one := _guarded(actor, paper, draw))}
    for paper in papers:
        paper.case_no = drawn[paper.pk].case_no if paper.pk in drawn else ""
    cases = beside.cases_of(papers)
    for paper in papers:
        if paper.pk in drawn:
            _guarded(actor, paper, lambda p: read(actor, p, drawn[p.pk], find=lambda row: cases.get(row.pk)))


def _guarded(actor: Actor, paper: Paper, work: Callable[[Paper], T]) -> T | None:
    try:
        return work(paper)
    except Exception as error:
        log.exception("document not read", paper=paper.pk)
        give_up(actor, paper, error=f"读取时出错（{type(error).__name__}），请把这份文书交给系统管理员。")
        return None


JOBS = [("papers.read", 5, waiting)]
