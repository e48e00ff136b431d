"""Doors that only a bureau or a province has: who comes in at the API, with real objects of theirs.

The matrix knocks as the people of a county court, to whom these do not exist.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from hengjian.apps.approvals import running
from hengjian.apps.bulletins.commissions.acts.office import assign, register
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.conftest_bureau import PEOPLE as BUREAU
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.conftest_province import PEOPLE as PROVINCE
from hengjian.apps.conftest_province import Province, local
from hengjian.apps.duties.plans.acts.plan import draft
from hengjian.apps.matters.acts.matter import record_matter

pytestmark = pytest.mark.django_db
AWAY = (401, 403, 404)
OFFICE, LEADERS = {"editor", "office_head"}, {"vice", "president"}
Body = dict[str, Any] | list[int] | None


def let_in(world: Bureau | Province, people: dict[str, Any], path: str, body: Body = None) -> set[str]:
    """Who is not turned away; what each one does is undone before the next one comes."""
    found = set()
    for who in people:
        with transaction.atomic():
            client = world.client(who)
            url = f"/api/{path}"
            answer = (
                client.get(url) if body is None else client.post(url, body, content_type="application/json")
            )
            transaction.set_rollback(True)
        assert answer.status_code < 500
        if answer.status_code not in AWAY:
            found.add(who)
    return found


def test_commissions(bureau: Bureau) -> None:
    editor = bureau.actor("editor")
    row = register(
        editor, installation=bureau.installation, source="市局办公室", title="基层调解做法", asked_at=bureau.at,
        due_at=timezone.now() + timedelta(days=5), client_key=uuid4().hex,
    )  # fmt: skip
    row = assign(editor, row, unit=bureau.unit("gate"))
    path, river, v = f"bulletins/commissions/{row.pk}", bureau.unit("river").pk, row.version
    assert let_in(bureau, BUREAU, path) == OFFICE | LEADERS | {"writer", "head", "staff"}
    assert let_in(bureau, BUREAU, f"{path}/answer", {"accepted": True, "version": v}) == {"writer", "head"}
    assert let_in(bureau, BUREAU, f"{path}/assign", {"unit": river, "version": v}) == OFFICE
    assert let_in(bureau, BUREAU, f"{path}/cancel", {"reason": "上级撤回", "version": v}) == OFFICE


def test_plans_and_their_approval(bureau: Bureau) -> None:
    plan = draft(bureau.actor("editor"), bureau.installation, table="plan_2022", year=2024)
    path = f"duties/plans/{plan.pk}"
    assert let_in(bureau, BUREAU, path) == OFFICE | LEADERS, "a draft is not shown to departments"
    assert let_in(bureau, BUREAU, f"{path}/change", {"version": plan.version, "numbers": {}}) == OFFICE
    assert let_in(bureau, BUREAU, f"{path}/submit", {"version": plan.version}) == OFFICE
    bureau.client("editor").post(
        f"/api/{path}/submit", {"version": plan.version}, content_type="application/json"
    )
    course = running.current(plan)
    assert course is not None
    path = f"approvals/{course.pk}"
    assert let_in(bureau, BUREAU, path) == OFFICE | LEADERS
    body: Body = {"version": course.version, "text": "请核对"}
    for verb, who in (("agree", "president"), ("return", "president"), ("withdraw", "editor")):
        assert let_in(bureau, BUREAU, f"{path}/{verb}", body) == {who}


def test_outward(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    sent = propose(bureau.actor("editor"), item, recipient="市局办公室", client_key=uuid4().hex)
    assert (
        let_in(
            bureau,
            BUREAU,
            f"bulletins/outward/{sent.pk}/sent",
            {"sent_at": "2026-01-05T10:00:00+08:00", "version": sent.version},
        )
        == OFFICE
    )


def test_matters(province: Province) -> None:
    units = [province.unit("city"), province.unit("legal")]
    matter = record_matter(
        province.actor("editor", "2024-03-04T15:00"), province.installation, kind="meeting", title="工作会议",
        happened_at=local("2024-03-04T09:00"), client_key=uuid4().hex, units=units,
    )  # fmt: skip
    own = matter.assignments.get(unit=province.unit("city"))
    item = province.item("city", at="2024-03-06T09:00")
    desk, city = OFFICE | {"editor2"}, {"city_writer", "city_head"}
    readers = desk | city | LEADERS | {"party", "legal_head"}
    assert let_in(province, PROVINCE, f"matters/{matter.pk}") == readers
    assert let_in(province, PROVINCE, f"matters/{matter.pk}/withdraw", {"reason": "登记重复"}) == desk
    assert let_in(province, PROVINCE, f"matters/{matter.pk}/units", [province.unit("city2").pk]) == desk
    assert let_in(province, PROVINCE, f"matters/units/{own.pk}/close", {"reason": "已办结"}) == desk
    assert (
        let_in(province, PROVINCE, f"matters/units/{own.pk}/link", {"stage": "plan", "item": item.pk})
        == desk | city
    )
