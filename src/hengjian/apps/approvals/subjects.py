"""What may be approved: an app names its model here, and what follows when the last signature is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from hengjian.apps.approvals.models import Course, CourseStep
from hengjian.apps.org.access import Actor

After = Callable[[Actor, Any, Course], None]
Fits = Callable[[Actor, Any, CourseStep], bool]
Limit = Callable[[Any, CourseStep], date | None]


def _nothing(actor: Actor, subject: Any, course: Course) -> None:
    return


@dataclass(frozen=True, slots=True)
class Subject:
    """``visible`` decides who sees the object and so its course; ``done`` and ``returned`` run in the same transaction.

    ``fits``: who of those in a fitting seat may sign for this very object (a team, not a whole office).
    ``limit``: the last day of a step, where one was set.
    ``says``: what the button of a step is called where “同意” would not say it; such a step is one's own work and has
    nothing to be returned.
    ``own_hand``: whether the person who began the course may also sign in it (a rule of the product, off by default).
    ``covers``: the signature of a higher officer is also his for the steps that follow, as far as he may sign them.
    ``stand_ins``: posts the regulation does not name sign for one it names whose rights they all carry.
    """

    model: type[Model]
    visible: Callable[[Actor], QuerySet[Any]]
    done: After = _nothing
    returned: After = _nothing
    signed: After = _nothing
    own_hand: bool = False
    covers: bool = False
    stand_ins: bool = False
    fits: Fits | None = None
    limit: Limit | None = None
    says: Mapping[str, str] = field(default_factory=dict)


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    _subjects[subject.model._meta.label_lower] = subject


def subject_of(course: Course) -> Subject:
    return _subjects[f"{course.subject_type.app_label}.{course.subject_type.model}"]


def all_subjects() -> list[Subject]:
    return list(_subjects.values())
