"""Entries of this app in the left menu, with what waits for the person."""

from __future__ import annotations

from hengjian.apps.bulletins.offices import takes_items
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.points import approval
from hengjian.apps.points.assessment import handed_over
from hengjian.apps.points.engine import keeps_points
from hengjian.apps.points.models import Appeal, Notice
from hengjian.apps.points.queries import visible_appeals, visible_notices
from hengjian.apps.regs.queries import packs_of
from hengjian.apps.ui import nav


def register() -> None:
    nav.add(
        nav.Entry(
            "考评", "积分台账", "points:ledger", (Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT), 10, key="p",
            when=has_points,
        ),
        nav.Entry(
            "考评", "通报", "points:notices", order=20, count=notices_waiting, hot=True, when=takes_items
        ),
        nav.Entry(
            "考评", "主笔情况", "points:people", (Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT), 22, when=counts_only
        ),
        nav.Entry("考评", "任务完成情况", "points:assessment", (Right.POINTS_READ_ALL,), 24, when=assessed),
        nav.Entry(
            "考评", "申诉", "points:appeals",
            (Right.APPEAL_FILE, Right.APPEAL_DECIDE, Right.POINTS_POST), 30, count=appeals_waiting, hot=True,
            when=has_points,
        ),
        nav.Entry("考评", "待更正", "points:held", (Right.POINTS_POST,), 40, when=has_points),
        nav.Entry("考评", "规则试算", "points:whatif", (Right.WHATIF_RUN,), 50, when=has_points),
    )  # fmt: skip


def counts_only(actor: Actor) -> bool:
    """Whether a regulation of the actor's office appraises by counts, without points."""
    if not takes_items(actor):
        return False
    return any(not keeps_points(pack) and pack.clauses_of("notice") for pack in packs_of(actor))


def assessed(actor: Actor) -> bool:
    """Whether what was done is handed to an assessor: by a duty of the regulation, or because it counts without points."""
    return counts_only(actor) or any(handed_over(pack) for pack in packs_of(actor))


def has_points(actor: Actor) -> bool:
    """Whether a regulation of the actor's office gives points at all."""
    return any(keeps_points(pack) for pack in packs_of(actor))


def notices_waiting(actor: Actor) -> int:
    """Notices whose next step is the actor's: to sign, or signed and to be published, or returned."""
    waiting = approval.waiting_for(actor)
    if actor.has(Right.NOTICE_PREPARE):
        mine = (Notice.State.APPROVED, Notice.State.RETURNED)
        waiting += visible_notices(actor).filter(state__in=mine).count()
    return waiting


def appeals_waiting(actor: Actor) -> int:
    if not actor.has(Right.APPEAL_DECIDE):
        return 0
    return visible_appeals(actor).filter(state=Appeal.State.FILED).count()
