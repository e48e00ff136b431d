"""Doors that only a bureau or a province has: who comes in at the API, with real objects of theirs.

The matrix knocks as the people of a county court, to whom these do not exist.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from hengjian.apps.approvals import running
from hengjian.apps.bulletins.acts.receipt import set_box
from hengjian.apps.bulletins.commissions.acts.department import answer
from hengjian.apps.bulletins.commissions.acts.department import link as hand_in
from hengjian.apps.bulletins.commissions.acts.office import assign, register
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.conftest_bureau import PEOPLE as BUREAU
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.conftest_province import PEOPLE as PROVINCE
from hengjian.apps.conftest_province import Province, local
from hengjian.apps.duties.plans.acts.plan import draft
from hengjian.apps.duties.roster.acts import change as roster
from hengjian.apps.matters.acts.matter import record_matter
from hengjian.apps.matters.acts.progress import link as report_by

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


def test_items_of_a_commission(bureau: Bureau) -> None:
    editor, item = bureau.actor("editor"), bureau.filed("gate")
    row = register(
        editor, installation=bureau.installation, source="市局办公室", title="基层调解做法", asked_at=bureau.at,
        due_at=timezone.now() + timedelta(days=5), client_key=uuid4().hex,
    )  # fmt: skip
    row = answer(bureau.actor("head"), assign(editor, row, unit=bureau.unit("gate")), accepted=True)
    path = f"bulletins/commissions/{row.pk}/items"
    assert let_in(bureau, BUREAU, path, {"item": item.pk}) == {"staff", "writer", "head"}
    hand_in(bureau.actor("writer"), row, item)
    assert let_in(bureau, BUREAU, f"{path}/{item.pk}/remove", {}) == {"staff", "writer", "head"}


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
    made = report_by(province.actor("city_writer", "2024-03-07T09:00"), own, stage="plan", item=item)
    assert (
        let_in(province, PROVINCE, f"matters/reports/{made.pk}/undo", {"reason": "关联错了"}) == desk | city
    )


def test_changes_of_the_list(province: Province) -> None:
    editor, unit = province.actor("editor"), province.unit("point").pk
    change = roster.propose(editor, province.installation, reason="撤点", client_key=uuid4().hex)
    desk, path = OFFICE | {"editor2"}, f"duties/roster/changes/{change.pk}"
    body: Body = {"unit": unit, "key": "", "since": "2026-01-01"}
    assert let_in(province, PROVINCE, path) == desk | LEADERS | {"party"}, "a draft is not shown to units"
    assert let_in(province, PROVINCE, f"{path}/put", body) == desk
    roster.put_row(editor, change, unit=province.unit("point"), key="", since=date(2026, 1, 1))
    for verb, sent in (("drop", {"unit": unit}), ("submit", {}), ("discard", {})):
        assert let_in(province, PROVINCE, f"{path}/{verb}", sent) == desk
    assert let_in(province, PROVINCE, "duties/roster/changes", {"reason": "增点", "client_key": "g1"}) == desk
    assert {"city_writer", "point_head", "legal_head"} <= let_in(province, PROVINCE, "duties/roster")


def test_a_copy_is_signed_for_by_the_box_it_came_to(province: Province) -> None:
    for key, unit in (("mail_zhk", "general"), ("mail_dbk", "oversight"), ("mail_bwk", "stability")):
        set_box(province.actor("editor"), province.installation, key=key, unit=province.unit(unit))
    copies = province.filed("city", "2024-03-06T09:00").deliveries
    signers = {
        box: let_in(province, PROVINCE, f"bulletins/copies/{copies.get(box=box).pk}/sign", {})
        for box in ("mail_zhk", "mail_dbk")
    }
    assert signers == {"mail_zhk": {"editor", "office_head"}, "mail_dbk": {"editor2", "office_head"}}
