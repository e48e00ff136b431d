"""What releases put into the inbox: figures that a correction would change."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.releases.desk import seated
from hengjian.apps.releases.models import Doubt
from hengjian.apps.releases.queries import visible_doubts


@source
def doubts(look: Look) -> Iterator[DutyRow]:
    if not seated(look.actor):
        return
    for doubt in visible_doubts(look.actor).filter(state=Doubt.State.OPEN):
        yield look.row(
            key=f"doubt:{doubt.pk}",
            kind="更正影响",
            title=str(doubt.figure),
            url=address("releases:doubts"),
            next_step="决定重述或者加注",
            unit=str(doubt.figure.release.unit),
            article="",
            remaining="",
        )
