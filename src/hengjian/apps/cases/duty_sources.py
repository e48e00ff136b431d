"""What case data put into the inbox: technical problems a level has to solve or pass on."""

from __future__ import annotations

from collections.abc import Iterator

from hengjian.apps.cases.models import Ticket
from hengjian.apps.cases.terms import duty_of, limit_of
from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow
from hengjian.apps.duties.sources import source
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.apps.org.roles import Right


def desks(actor: Actor) -> set[int]:
    """Courts at which the actor solves problems: those of his posts, not those below."""
    posts = {grant.unit_id for grant in actor.grants if Right.TICKET_SOLVE in grant.rights}
    return {house_of(unit).pk for unit in Unit.objects.filter(pk__in=posts)}


@source
def tickets(look: Look) -> Iterator[DutyRow]:
    """With whoever has the problem now; passed on, it is in the inbox of the next level."""
    mine = desks(look.actor)
    rows = Ticket.objects.filter(holder__in=mine, state=Ticket.State.OPEN)
    for row in rows.select_related("installation__unit", "holder", "court") if mine else ():
        duty, limit = duty_of(row, look.now), limit_of(row, look.now)
        step = "解决并答复，或者报上一级"
        yield look.row(
            key=f"case-ticket:{row.pk}:{row.holder_id}", kind="技术问题", title=row.title,
            url=address("cases:ticket", row.pk), next_step=step, unit=str(row.court),
            article=duty.articles[0] if duty else "", clause=duty.id if duty else "",
            due=limit.at if limit else None, inclusive=limit.inclusive if limit else True,
            remind=duty.remind if duty else None, remaining="" if limit else "未规定期限",
        )  # fmt: skip
