"""What waits for a signature stands in the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.approvals.subjects import subject_of
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.base.times import start_of_day


@source
def signatures(look: Look) -> Iterator[DutyRow]:
    for step in steps_waiting_for(look.actor):
        course = step.course
        limit = subject_of(course).limit
        last = limit(course.subject, step) if limit is not None else None
        yield look.row(
            key=f"course:{step.pk}",
            kind="审批",
            title=course.title,
            url=course.url,
            next_step=f"{step.label}：同意或退回",
            unit=str(course.unit),
            article=next(iter(look.articles(course.installation, course.clause)), ""),
            clause=course.clause,
            due=start_of_day(last + timedelta(days=1)) if last else None,
            inclusive=False,
        )
