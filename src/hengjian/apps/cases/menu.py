"""Entries of this app in the left menu; shown only where case data is governed."""

from __future__ import annotations

from hengjian.apps.cases.access import case_installations, visible_findings, visible_tickets
from hengjian.apps.cases.models import Finding, Ticket
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav


def register() -> None:
    read = (Right.CASE_READ,)
    nav.add(
        nav.Entry("案件信息", "质检总览", "cases:home", read, 10, when=governed),
        nav.Entry("案件信息", "质检问题", "cases:findings", read, 20, count=waiting, hot=True, when=governed),
        nav.Entry("案件信息", "数据上传", "cases:uploads", (Right.CASE_UPLOAD,), 30, when=governed),
        nav.Entry(
            "案件信息", "质检周报", "cases:bundles", (Right.CASE_BUNDLE, Right.CASE_JUDGE), 40, when=governed
        ),
        nav.Entry("案件信息", "纠正", "cases:corrections", read, 50, when=governed),
        nav.Entry("案件信息", "技术问题", "cases:tickets", read, 60, count=tickets, when=governed),
        nav.Entry("案件信息", "随机抽查", "cases:draws", (Right.CASE_SAMPLE,), 70, when=governed),
        nav.Entry("案件信息", "质量报告", "cases:reports", read, 75, when=governed),
        nav.Entry(
            "案件信息", "质检规则", "cases:rules", (Right.CASE_RULES, Right.CASE_REPORT), 80, when=governed
        ),
    )


def governed(actor: Actor) -> bool:
    return bool(case_installations(actor))


def waiting(actor: Actor) -> int:
    """What the actor can do something about now."""
    states = []
    if actor.has(Right.CASE_JUDGE):
        states.append(Finding.State.BUNDLED)
    if actor.has(Right.CASE_CORRECT):
        states.append(Finding.State.WRONG)
    return visible_findings(actor).filter(state__in=states).count() if states else 0


def tickets(actor: Actor) -> int:
    if not actor.has(Right.TICKET_SOLVE):
        return 0
    return (
        visible_tickets(actor)
        .filter(state=Ticket.State.OPEN, holder__in=actor.units(Right.TICKET_SOLVE))
        .count()
    )
