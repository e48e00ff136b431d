"""Entries of the left menu."""

from __future__ import annotations

from hengjian.apps.inspections.access import (
    answering_units,
    visible_findings,
    visible_inspections,
    visible_rectifications,
    visible_requests,
)
from hengjian.apps.inspections.models import Finding, Inspection, Rectification, Request
from hengjian.apps.inspections.words import installation_for
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav

SECTION = "监督检查"
KEEPERS = (Right.INSPECT_READ, Right.INSPECT_ANSWER)
REVIEWERS = (Right.INSPECT_MANAGE, Right.POST_GRANT)


def register() -> None:
    nav.add(
        nav.Entry(SECTION, "检查", "inspections:home", order=10, count=open_ones, when=governed),
        nav.Entry(SECTION, "答复和整改", "inspections:mine", order=20, count=owed, hot=True, when=concerned),
        nav.Entry(SECTION, "整改台账", "inspections:rectifications", order=30, when=governed),
        nav.Entry(SECTION, "不配合登记", "inspections:refusals", order=40, when=governed),
        nav.Entry(SECTION, "好的做法", "inspections:practices", order=50, when=governed),
        nav.Entry(SECTION, "责任登记", "inspections:responsibility", KEEPERS, 60, when=governed),
        nav.Entry(SECTION, "职责清单", "inspections:duties", KEEPERS, 70, when=governed),
        nav.Entry(SECTION, "权限复核", "inspections:reviews", REVIEWERS, 80, when=governed),
        nav.Entry(SECTION, "考核通报", "inspections:exams", KEEPERS, 90, when=governed),
    )


def governed(actor: Actor) -> bool:
    return installation_for(actor) is not None


def concerned(actor: Actor) -> bool:
    return governed(actor) and actor.person is not None


def open_ones(actor: Actor) -> int:
    ended = (Inspection.State.CLOSED, Inspection.State.CANCELLED)
    return visible_inspections(actor).exclude(state__in=ended).count()


def owed(actor: Actor) -> int:
    """Letters, problems and rectification that wait for the actor's own units or himself."""
    own = answering_units(actor)
    letters = visible_requests(actor).filter(unit__in=own, state=Request.State.ISSUED).count()
    problems = visible_findings(actor).filter(unit__in=own, state=Finding.State.HANDED).count()
    mine = visible_findings(actor).filter(person=actor.person, intent=Finding.Intent.REPLY)
    work = visible_rectifications(actor).filter(unit__in=own, state=Rectification.State.OPEN).count()
    return letters + problems + work + mine.exclude(state=Finding.State.DRAFT).count()
