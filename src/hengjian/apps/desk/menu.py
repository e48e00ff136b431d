"""Entries of the desk in the left menu, with what waits."""

from __future__ import annotations

from hengjian.apps.desk import queries
from hengjian.apps.desk.models import Ticket
from hengjian.apps.indicators.who import scene_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav


def register() -> None:
    members = (Right.DESK_HANDLE, Right.DESK_MANAGE, Right.KPI_READ_ALL)
    nav.add(
        nav.Entry("工作台", "问题单", "desk:tickets", order=60, count=tickets, hot=True, when=governed),
        nav.Entry("工作台", "例会", "desk:meetings", members, 62, count=decisions, hot=True, when=governed),
        nav.Entry("工作台", "年度清单", "desk:checklist", members, 64, when=governed),
        nav.Entry("工作台", "熟练应用", "desk:skills", (*members, Right.KPI_READ_UNIT), 66, when=governed),
        nav.Entry("制度", "系统登记", "desk:systems", members, 60, when=governed),
    )


def governed(actor: Actor) -> bool:
    scene = scene_of(actor)
    return scene is not None and queries.has_desk(scene)


def tickets(actor: Actor) -> int:
    """To route, for the office; to answer, for a unit."""
    scene = scene_of(actor)
    if scene is None:
        return 0
    found = queries.visible_tickets(scene)
    own = scene.seated(Right.DESK_HANDLE)
    count = found.filter(state=Ticket.State.ROUTED, handler_id__in=own).count()
    if actor.has(Right.DESK_MANAGE, scene.installation.unit_id):
        count += found.filter(state=Ticket.State.NEW).count()
    return count


def decisions(actor: Actor) -> int:
    scene = scene_of(actor)
    if scene is None:
        return 0
    own = scene.seated(Right.DESK_HANDLE)
    return queries.visible_decisions(scene).filter(done_at=None, unit_id__in=own).count()
