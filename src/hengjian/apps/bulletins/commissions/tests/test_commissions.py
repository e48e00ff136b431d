"""约稿: asked, given, accepted or declined, written, handed in by the node."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.commissions import queries
from hengjian.apps.bulletins.commissions.acts.department import answer, link
from hengjian.apps.bulletins.commissions.acts.office import assign, cancel, register
from hengjian.apps.bulletins.commissions.statistics import statistics
from hengjian.apps.bulletins.models import Commission, Item
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.rows import Urgency
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


def asked(bureau: Bureau, days: float = 5, **fields: object) -> Commission:
    values: dict[str, object] = {
        "source": "市局办公室",
        "title": "基层调解做法",
        "asked_at": bureau.at,
        "due_at": bureau.at + timedelta(days=days),
        "client_key": uuid4().hex,
        **fields,
    }
    return register(bureau.actor("editor"), installation=bureau.installation, **values)  # type: ignore[arg-type]


def given(bureau: Bureau, **fields: object) -> Commission:
    row = asked(bureau, **fields)  # type: ignore[arg-type]
    row = assign(bureau.actor("editor"), row, unit=bureau.unit("gate"))
    return answer(bureau.actor("head"), row, accepted=True)


def again(bureau: Bureau, row: Commission) -> Commission:
    return queries.visible_commissions(bureau.actor("editor")).get(pk=row.pk)


def kinds(bureau: Bureau, who: str, at: datetime | None = None) -> list[str]:
    return [r.next_step for r in rows_for(bureau.actor(who, at)) if r.kind == "约稿"]


def test_it_goes_from_desk_to_desk_in_the_inbox(bureau: Bureau) -> None:
    row = asked(bureau)
    assert kinds(bureau, "editor") == ["分配给业务部门"]
    row = assign(bureau.actor("editor"), row, unit=bureau.unit("gate"))
    assert kinds(bureau, "editor") == []
    assert kinds(bureau, "writer") == ["答复是否承办"]
    assert kinds(bureau, "river_writer") == []
    answer(bureau.actor("writer"), row, accepted=True)
    assert kinds(bureau, "head") == ["撰写、登记稿件并报送"]


def test_the_node_is_kept_by_the_item_that_reaches_the_office(bureau: Bureau) -> None:
    row, pack = given(bureau), pack_for(bureau.installation, bureau.at)
    item = bureau.draft("gate")
    link(bureau.actor("writer"), row, item)
    assert queries.handed_in(again(bureau, row)) is None
    later = bureau.at + timedelta(days=1)
    submit(bureau.actor("writer", later), item)
    for who in ("head", "vice"):
        item.refresh_from_db()
        approve(bureau.actor(who, later), item)
    clock = queries.clock_of(again(bureau, row), pack, later)
    assert clock is not None
    assert not clock.violated
    assert kinds(bureau, "writer", later) == []


def test_a_passed_node_is_overdue_and_counted_late(bureau: Bureau) -> None:
    row = given(bureau, days=2)
    later = bureau.at + timedelta(days=3)
    rows = [r for r in rows_for(bureau.actor("writer", later)) if r.kind == "约稿"]
    assert [r.state for r in rows] == [Urgency.OVERDUE]
    clock = queries.clock_of(again(bureau, row), pack_for(bureau.installation, later), later)
    assert clock is not None
    assert clock.violated
    figures = statistics(bureau.actor("editor", later)).by_unit
    assert [(f.name, f.asked, f.kept, f.late, f.running) for f in figures] == [("城关司法所", 1, 0, 1, 0)]


def test_exactly_at_the_node_is_in_time(bureau: Bureau) -> None:
    row = given(bureau, days=1)
    item = bureau.filed("gate", row.due_at)
    link(bureau.actor("writer", row.due_at), row, item)
    Item.objects.filter(pk=item.pk).update(filed_at=row.due_at)
    clock = queries.clock_of(again(bureau, row), pack_for(bureau.installation, row.due_at), row.due_at)
    assert clock is not None
    assert not clock.violated


def test_declining_is_the_heads_and_needs_a_reason(bureau: Bureau) -> None:
    row = assign(bureau.actor("editor"), asked(bureau), unit=bureau.unit("gate"))
    with pytest.raises(Denied):
        answer(bureau.actor("writer"), row, accepted=False, reason="忙")
    with pytest.raises(HengjianError, match="理由"):
        answer(bureau.actor("head"), row, accepted=False)
    row = answer(bureau.actor("head"), row, accepted=False, reason="不属本所业务")
    assert kinds(bureau, "editor") == ["分配给业务部门"]
    row = assign(bureau.actor("editor"), row, unit=bureau.unit("river"))
    assert row.state == Commission.State.ASSIGNED
    assert row.reason == ""


def test_only_own_items_answer_a_commission(bureau: Bureau) -> None:
    row = given(bureau)
    with pytest.raises(HengjianError, match="不是城关司法所的信息"):
        link(bureau.actor("writer"), row, bureau.draft("river"))
    with pytest.raises(Denied):
        link(bureau.actor("river_writer"), row, bureau.draft("river"))


def test_the_neighbour_sees_none_of_it(bureau: Bureau) -> None:
    row = given(bureau)
    assert not queries.visible_commissions(bureau.actor("river_head")).exists()
    assert bureau.client("river_head").get(f"/bulletins/commissions/{row.pk}/").status_code == 404


def test_a_node_before_the_asking_is_refused(bureau: Bureau) -> None:
    with pytest.raises(HengjianError, match="节点"):
        asked(bureau, days=-1)


def test_a_stale_page_is_refused(bureau: Bureau) -> None:
    row = asked(bureau)
    assign(bureau.actor("editor"), row, unit=bureau.unit("gate"), version=row.version)
    with pytest.raises(HengjianError, match="已有变动"):
        cancel(bureau.actor("editor"), row, reason="撤回", version=row.version)


def test_pages_from_entering_to_the_new_item(bureau: Bureau) -> None:
    editor, writer = bureau.client("editor"), bureau.client("writer")
    form = {
        "source": "市局办公室", "title": "法治宣传做法", "brief": "写两个例子", "category": "experience",
        "asked_at": "2024-06-05T09:00", "due_at": "2044-06-10T18:00", "unit": bureau.unit("gate").pk, "client_key": "c1",
    }  # fmt: skip
    assert editor.get("/bulletins/commissions/new/").status_code == 200
    assert editor.post("/bulletins/commissions/new/", form).status_code == 302
    row = Commission.objects.get()
    url = f"/bulletins/commissions/{row.pk}/"
    assert "承办" in writer.get(url).content.decode()
    assert writer.post(url, {"do": "accept", "version": row.version}).status_code == 302
    assert writer.post(url, {"do": "assign", "version": 1}).status_code == 404
    page = writer.get(
        f"/bulletins/items/new/?commission={row.pk}&unit={bureau.unit('gate').pk}"
    ).content.decode()
    assert "法治宣传做法" in page
    item = {
        "title": "法治宣传做法", "body": "正文。", "form": "info", "category": "experience", "grade": "internal",
        "joint": "alone", "client_key": "i1", "unit": bureau.unit("gate").pk,
    }  # fmt: skip
    answer = writer.post(f"/bulletins/items/new/?commission={row.pk}", item)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert [str(i) for i in row.items.all()] == ["法治宣传做法"]
    assert "城关司法所" in editor.get("/bulletins/commissions/").content.decode()


def test_the_api_does_the_same(bureau: Bureau) -> None:
    editor, head = bureau.client("editor"), bureau.client("head")
    data = {
        "installation": bureau.installation.pk, "source": "市局", "title": "约一篇",
        "asked_at": "2024-06-05T09:00", "due_at": "2044-06-10T18:00", "client_key": "a1",
    }  # fmt: skip
    made = editor.post("/api/bulletins/commissions", data, content_type="application/json").json()
    unit = {"unit": bureau.unit("gate").pk}
    base = f"/api/bulletins/commissions/{made['id']}"
    assert editor.post(f"{base}/assign", unit, content_type="application/json").json()["state"] == "assigned"
    answer_ = {"accepted": False, "reason": "不属本所业务"}
    assert head.post(f"{base}/answer", answer_, content_type="application/json").json()["state"] == "declined"
    assert bureau.client("river_head").get(base).status_code == 404


def test_longkou_has_no_commissions_in_its_menu(story: object) -> None:
    client = story.client("editor")  # type: ignore[attr-defined]
    page = client.get("/").content.decode()
    assert "/bulletins/commissions/" not in page
    assert "/bulletins/outward/" not in page
