"""Notices signed before courses existed keep who signed, as what, when and in which words."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hengjian.apps.approvals import running
from hengjian.apps.approvals.models import Course
from hengjian.apps.points.acts import notices
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.models import Notice

carry_over = import_module("hengjian.apps.points.migrations.0005_notices_run_courses").carry_over


@pytest.fixture
def old(db: None) -> Any:
    """The models as they were, with the table of the steps (gone with the test's transaction)."""
    loader = MigrationLoader(connection)
    apps = loader.project_state([("points", "0004_notice_steps"), ("approvals", "0001_initial")]).apps
    editor = connection.SchemaEditorClass(connection)
    editor.deferred_sql = []
    statement, parameters = editor.table_sql(apps.get_model("points", "NoticeStep"))
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
    return apps


@pytest.fixture
def notice(old: Any, desk: Desk) -> Notice:
    desk.fact("adopt", desk.item("civil1"), "2024-06-05T09:00", "bulletin")
    at = "2024-07-01T09:00"
    return notices.prepare(
        desk.editor(at), desk.story.installation, clause="notices/monthly", period="2024-06"
    )


def add(old: Any, desk: Desk, notice: Notice, number: int, *rows: tuple[str, str, str]) -> None:
    """``rows``: role, state, who decided."""
    for position, (role, state, who) in enumerate(rows, start=1):
        old.get_model("points", "NoticeStep").objects.create(
            notice_id=notice.pk, round=number, position=position, clause="longkou/flows/notice", key=role,
            label=f"{role}签", role=role, unit_id=desk.story.unit("management").pk, state=state,
            opened_at=desk.story.at, decided_at=desk.story.at + timedelta(hours=position) if who else None,
            decided_by_id=desk.story.person(who).pk if who else None, decided_as=who, opinion="阅。" if who else "",
        )  # fmt: skip


def test_rounds_become_courses(old: Any, desk: Desk, notice: Notice) -> None:
    add(old, desk, notice, 1, ("editor", "approved", "editor"), ("president", "returned", "president"))
    add(old, desk, notice, 2, ("editor", "approved", "editor"), ("president", "open", ""))
    carry_over(old, None)
    first, second = notice.courses.order_by("pk")
    assert (first.state, second.state) == (Course.State.RETURNED, Course.State.OPEN)
    assert first.ended_at == desk.story.at + timedelta(hours=2) and second.ended_at is None
    assert first.begun_by == notice.prepared_by and first.subject == notice
    signed = [
        (s.person, s.signed_as, s.agrees) for step in running.steps_of(first) for s in step.signatures.all()
    ]
    people = desk.story.person
    assert signed == [(people("editor"), "editor", True), (people("president"), "president", False)]
    assert [step.state for step in running.steps_of(second)] == ["approved", "open"]


def test_two_rows_of_one_key_are_one_step_for_two(old: Any, desk: Desk, notice: Notice) -> None:
    add(old, desk, notice, 1, ("dept_head", "approved", "head"), ("dept_head", "approved", "leader"))
    carry_over(old, None)
    (course,) = notice.courses.all()
    (step,) = running.steps_of(course)
    assert (course.state, step.persons, step.signatures.count()) == (Course.State.DONE, 2, 2)


def test_a_recalled_round_is_withdrawn(old: Any, desk: Desk, notice: Notice) -> None:
    add(old, desk, notice, 1, ("editor", "approved", "editor"), ("president", "void", ""))
    carry_over(old, None)
    assert notice.courses.get().state == Course.State.WITHDRAWN
