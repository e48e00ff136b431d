"""Operations on what is being decided; the same acts as the panel on the pages."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts import decide as acts
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.queries import steps_waiting_for, visible_courses
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of

router = Router(tags=["approvals"])


class StepOut(Schema):
    label: str
    role: str
    state: str
    signatures: list[str]


class CourseOut(Schema):
    id: int
    title: str
    clause: str
    state: str
    version: int
    url: str
    begun_at: datetime
    steps: list[StepOut]


class DecideIn(Schema):
    model_config = {"extra": "forbid"}
    version: int
    text: str = ""


def _out(course: Course) -> CourseOut:
    steps = [
        StepOut(
            label=s.label,
            role=s.role,
            state=s.state,
            signatures=[f"{g.signed_as}：{g.opinion}" for g in s.signatures.all()],
        )
        for s in running.steps_of(course)
    ]
    return CourseOut(
        id=course.pk,
        title=course.title,
        clause=course.clause,
        state=course.state,
        version=course.version,
        url=course.url,
        begun_at=course.begun_at,
        steps=steps,
    )


@router.get("/waiting", response=list[CourseOut])
def waiting(request: HttpRequest) -> list[CourseOut]:
    """What waits for one's signature."""
    courses = {step.course_id: step.course for step in steps_waiting_for(actor_of(request))}
    return [_out(course) for course in courses.values()]


@router.get("/{pk}", response=CourseOut)
def one(request: HttpRequest, pk: int) -> CourseOut:
    """A course with its steps and signatures."""
    return _out(fetch(visible_courses(actor_of(request)), pk=pk))


@router.post("/{pk}/agree", response=CourseOut)
def agree(request: HttpRequest, pk: int, data: DecideIn) -> CourseOut:
    """Sign the step that waits for one."""
    actor = actor_of(request)
    course = fetch(visible_courses(actor), pk=pk)
    return _out(acts.agree(actor, course, version=data.version, opinion=data.text))


@router.post("/{pk}/return", response=CourseOut)
def send_back(request: HttpRequest, pk: int, data: DecideIn) -> CourseOut:
    """Send back with the reason."""
    actor = actor_of(request)
    course = fetch(visible_courses(actor), pk=pk)
    return _out(acts.send_back(actor, course, version=data.version, reason=data.text))


@router.post("/{pk}/withdraw", response=CourseOut)
def withdraw(request: HttpRequest, pk: int, data: DecideIn) -> CourseOut:
    """Take back what one began."""
    actor = actor_of(request)
    return _out(acts.withdraw(actor, fetch(visible_courses(actor), pk=pk), version=data.version))
