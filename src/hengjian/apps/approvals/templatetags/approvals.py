"""``{% approval subject %}``: how far the decision is, and the buttons for whose turn it is."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from hengjian.apps.approvals import running
from hengjian.apps.approvals.subjects import subject_of
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.regs.queries import pack_for

register = template.Library()


@register.inclusion_tag("approvals/panel.html", takes_context=True)
def approval(context: dict[str, Any], subject: Model) -> dict[str, Any]:
    course = running.current(subject)
    if course is None:
        return {"course": None}
    actor = actor_of(context["request"])
    steps = running.steps_of(course)
    begun = actor.person is not None and course.begun_by_id == actor.person.pk
    mine = running.own_step(actor, course, steps)
    return {
        "course": course,
        "article": pack_for(course.installation, course.begun_at).clause(course.clause).articles[0],
        "steps": steps,
        "mine": mine,
        "says": subject_of(course).says.get(mine.key, "") if mine else "",
        "may_withdraw": begun and course.state == course.State.OPEN,
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }
