"""What waits for a signature stands in the inbox."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.approvals.queries import steps_waiting_for
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source


@source
def signatures(look: Look) -> Iterator[DutyRow]:
    for step in steps_waiting_for(look.actor):
        course = step.course
        yield DutyRow(
            key=f"course:{step.pk}",
            kind="审批",
            title=course.title,
            url=course.url,
            next_step=f"{step.label}：同意或退回",
            unit=str(course.unit),
            clause=course.clause,
        )
