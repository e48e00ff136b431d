"""The signatures of a notice become courses of approval; each round is one course, its rows of one key one step."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db import migrations

OPEN, DONE, RETURNED, WITHDRAWN = "open", "done", "returned", "withdrawn"


def carry_over(apps: Any, schema_editor: Any) -> None:
    notices = apps.get_model("points", "Notice").objects.filter(steps__isnull=False).distinct()
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="points", model="notice"
    )
    for notice in notices.select_related("period").order_by("pk"):
        rows = notice.steps.order_by("round", "position")
        for _, steps in groupby(rows, key=lambda row: row.round):
            _course(apps, kind, notice, list(steps))


def _course(apps: Any, kind: Any, notice: Any, rows: list[Any]) -> None:
    state = _state(rows)
    decided = [row.decided_at for row in rows if row.decided_at]
    first = rows[0]
    course = apps.get_model("approvals", "Course").objects.create(
        subject_type_id=kind.pk,
        subject_id=notice.pk,
        installation_id=notice.period.installation_id,
        clause=first.clause,
        title=notice.title[:200],
        url=f"/points/notices/{notice.pk}/",
        unit_id=first.unit_id,
        state=state,
        begun_at=first.opened_at or notice.prepared_at,
        begun_by_id=notice.prepared_by_id,
        ended_at=None if state == OPEN else max(decided, default=notice.prepared_at),
    )
    for position, (_, group) in enumerate(groupby(rows, key=lambda row: row.key), start=1):
        _step(apps, course, position, list(group))


def _state(rows: list[Any]) -> str:
    states = {row.state for row in rows}
    if "returned" in states:
        return RETURNED
    if states == {"approved"}:
        return DONE
    return WITHDRAWN if "void" in states else OPEN


def _step(apps: Any, course: Any, position: int, rows: list[Any]) -> None:
    first, states = rows[0], [row.state for row in rows]
    state = next((s for s in ("returned", "open", "waiting", "void") if s in states), "approved")
    step = apps.get_model("approvals", "CourseStep").objects.create(
        course=course,
        position=position,
        key=first.key,
        label=first.label,
        role=first.role,
        or_above=first.or_above,
        beside=first.beside,
        persons=len(rows),
        unit_id=first.unit_id,
        state=state,
        opened_at=first.opened_at,
    )
    for row in rows:
        if row.decided_at is None:
            continue
        apps.get_model("approvals", "Signature").objects.create(
            step=step,
            person_id=row.decided_by_id,
            signed_as=row.decided_as,
            at=row.decided_at,
            agrees=row.state == "approved",
            opinion=row.opinion,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("points", "0004_notice_steps"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("NoticeStep"),
    ]
