"""A flow clause is run over any object: order, several persons, return, level by level, nobody for himself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from hengjian.apps.approvals import running, subjects
from hengjian.apps.approvals.acts.decide import StaleCourse, agree, send_back, withdraw
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.queries import steps_waiting_for, visible_courses
from hengjian.apps.audit.acting import act, log
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass
from hengjian.apps.org.queries import visible_units
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.policy.clauses.flow import Flow, Step

pytestmark = pytest.mark.django_db
DONE: list[str] = []


@pytest.fixture(autouse=True)
def unit_as_subject(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any model can be decided about; here a department stands for the object."""
    DONE.clear()
    subject = subjects.Subject(
        Unit,
        visible_units,
        done=lambda actor, unit, course: DONE.append(f"done {unit}"),
        returned=lambda actor, unit, course: DONE.append(f"returned {unit}"),
    )
    monkeypatch.setitem(subjects._subjects, "org.unit", subject)
    yield


@act("test.approvals.begin", "提出（测试）")
def start(actor: Actor, subject: Unit, installation: Installation, flow: Flow | str) -> Course:
    course = running.begin(actor, subject, installation, flow, unit=subject, title="测试事项", url="/")
    log(course)
    return course


def flow(*steps: Step) -> Flow:
    return Flow(
        id="flows/t", kind="flow", title="测试流转", articles=("1",), since=date(2020, 1, 1), steps=steps
    )


HEAD = Step(key="head", title="部门负责人审核", role="dept_head")
LEADER = Step(key="leader", title="分管领导审批", role="supervising_leader")


def test_steps_open_one_after_another_and_the_object_learns_of_the_end(story: Story) -> None:
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD, LEADER))
    assert [s.label for s in steps_waiting_for(story.actor("head"))] == ["部门负责人审核"]
    assert steps_waiting_for(story.actor("leader")) == []
    with pytest.raises(Denied, match="不在您的岗位"):
        agree(story.actor("leader"), course)
    agree(story.actor("head"), course)
    agree(story.actor("leader"), course, opinion="照办。")
    course.refresh_from_db()
    assert course.state == Course.State.DONE
    assert DONE == ["done 民一庭"]
    with pytest.raises(HengjianError, match="不用再办理"):
        agree(story.actor("leader"), course)


def test_a_return_needs_a_reason_and_ends_the_course(story: Story) -> None:
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD, LEADER))
    with pytest.raises(HengjianError, match="退回的理由"):
        send_back(story.actor("head"), course, reason=" ")
    send_back(story.actor("head"), course, reason="数字不实")
    assert DONE == ["returned 民一庭"]
    again = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD))
    assert again.pk != course.pk


def test_two_persons_are_two_people(story: Story) -> None:
    twice = HEAD.model_copy(update={"persons": 2})
    with pytest.raises(HengjianError, match=r"由3人办理.*只有2人"):
        start(
            story.actor("writer"), story.unit("civil1"), story.installation,
            flow(HEAD.model_copy(update={"persons": 3})),
        )  # fmt: skip
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(twice))
    agree(story.actor("head"), course)
    course.refresh_from_db()
    assert course.state == Course.State.OPEN
    with pytest.raises(Denied):
        agree(story.actor("head"), course)


def test_nobody_decides_his_own_request(story: Story) -> None:
    course = start(story.actor("head"), story.unit("civil1"), story.installation, flow(HEAD))
    assert steps_waiting_for(story.actor("head")) == []
    with pytest.raises(Denied, match="自己提出"):
        agree(story.actor("head"), course)
    withdraw(story.actor("head"), course)
    assert DONE == ["returned 民一庭"]


def test_only_one_course_at_a_time_and_no_stale_decision(story: Story) -> None:
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD, LEADER))
    with pytest.raises(HengjianError, match="已在审批中"):
        start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD))
    agree(story.actor("head"), course, version=1)
    with pytest.raises(StaleCourse, match="已被办理"):
        agree(story.actor("leader"), course, version=1)


def test_steps_beside_each_other_need_not_wait(story: Story) -> None:
    beside = LEADER.model_copy(update={"same_time_as": "head"})
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD, beside))
    agree(story.actor("leader"), course)
    agree(story.actor("head"), course)
    course.refresh_from_db()
    assert course.state == Course.State.DONE


def test_a_course_is_seen_by_those_who_see_the_object(story: Story) -> None:
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD))
    assert course in visible_courses(story.actor("neighbour"))
    assert course not in visible_courses(story.actor("outsider"))
    assert story.client("outsider").post(f"/approvals/{course.pk}/agree/", {"version": 1}).status_code == 404


def test_level_by_level_every_court_above_signs_with_its_own_seat(story: Story) -> None:
    day = date(2020, 1, 1)
    high = Unit.objects.create(code="T-high", name="江岚省高级人民法院", kind="court")
    middle = Unit.objects.create(code="T-mid", name="澜州市中级人民法院", kind="court", parent=high)
    court = story.unit("court")
    court.parent = middle
    court.save()
    for unit, level in ((high, "high"), (middle, "intermediate")):
        UnitClass.objects.create(unit=unit, pack="longkou", key=level, valid_from=day)
        person = Person.objects.create(name=f"{unit}编辑", staff_no=f"T{unit.pk}", unit=unit)
        post = Post.objects.create(unit=unit, role="editor", title="编辑", subtree=True, valid_from=day)
        Appointment.objects.create(post=post, person=person, valid_from=day)
    steps = (
        Step(key="own", title="本院受理", role="editor"),
        Step(key="up", title="逐级上报", role="editor", up_to="high"),
        Step(key="end", title="授权", role="editor"),
    )
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(*steps))
    rows = running.steps_of(course)
    assert [(s.label, s.house_id) for s in rows] == [
        ("本院受理", court.pk),
        ("逐级上报（澜州市中级人民法院）", middle.pk),
        ("逐级上报（江岚省高级人民法院）", high.pk),
        ("授权", high.pk),
    ]
    agree(story.actor("editor"), course)
    with pytest.raises(Denied):
        agree(story.actor("editor"), course)


def test_the_panel_signs_by_post(story: Story) -> None:
    course = start(story.actor("writer"), story.unit("civil1"), story.installation, flow(HEAD))
    answer = story.client("head").post(f"/approvals/{course.pk}/agree/", {"version": 1, "text": "同意上报"})
    assert answer.status_code == 302
    assert DONE == ["done 民一庭"]
