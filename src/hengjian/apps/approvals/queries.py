"""Reads: what one may see, what waits for one."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course, CourseStep
from hengjian.apps.approvals.subjects import all_subjects
from hengjian.apps.org.access import Actor
from hengjian.apps.org.substitutes import standing_by


def visible_courses(actor: Actor) -> QuerySet[Course]:
    """Whoever sees the object sees how it is decided."""
    wanted = Q(pk__in=())
    for subject in all_subjects():
        kind = ContentType.objects.get_for_model(subject.model)
        ids = subject.visible(actor).values("pk")
        wanted |= Q(subject_type=kind, subject_id__in=ids)
    return Course.objects.filter(wanted)


def steps_waiting_for(actor: Actor) -> list[CourseStep]:
    """Open steps the actor may sign now, oldest first; few queries however many steps."""
    seats = (*actor.grants, *standing_by(actor))
    if actor.person is None or not seats:
        return []
    roles = [grant.role for grant in seats]
    reach = frozenset().union(*(grant.unit_ids for grant in seats))
    wanted = Q(role__in=roles)
    for role in set(roles):
        wanted |= Q(or_above__contains=role) if _json_contains() else Q(or_above__icontains=f'"{role}"')
    steps = (
        CourseStep.objects.filter(wanted, state=CourseStep.State.OPEN, course__state=Course.State.OPEN)
        .filter(Q(house__in=reach) | Q(house=None, unit__in=reach))
        .select_related("course__subject_type", "course__installation", "course__unit", "house", "unit")
        .prefetch_related("signatures")
        .order_by("opened_at", "pk")
    )
    return [step for step in steps[:200] if running.own_step(actor, step.course, [step]) is not None]


def _json_contains() -> bool:
    from django.db import connection

    return bool(connection.features.supports_json_field_contains)
