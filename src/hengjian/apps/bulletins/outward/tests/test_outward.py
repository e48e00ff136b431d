"""An item goes out: through the office and the leader's signature, or directly by the one exception."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back
from hengjian.apps.bulletins.models import Dispatch, Fact, Item
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.bulletins.outward.acts.send import mark_sent
from hengjian.apps.bulletins.outward.queries import sent_in, visible_dispatches
from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant


def ask(bureau: Bureau, item: Item, who: str = "editor", **fields: object) -> Dispatch:
    values: dict[str, object] = {"recipient": "市局办公室", "client_key": uuid4().hex, **fields}
    return propose(bureau.actor(who), item, **values)  # type: ignore[arg-type]


def sign(bureau: Bureau, dispatch: Dispatch, who: str) -> None:
    course = running.current(dispatch)
    assert course is not None
    agree(bureau.actor(who), course)
    dispatch.refresh_from_db()


def test_what_the_office_sends_up_needs_the_leader_and_becomes_a_fact(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    dispatch = ask(bureau, item, audience=["city_bureau"])
    with pytest.raises(HengjianError, match="审核同意以后"):
        mark_sent(bureau.actor("editor"), dispatch, sent_at=bureau.at)
    sign(bureau, dispatch, "president")
    assert dispatch.state == Dispatch.State.APPROVED
    mark_sent(bureau.actor("editor"), dispatch, sent_at=bureau.at)
    fact = Fact.objects.standing().get(item=item, kind="select")
    assert fact.publication == "市局办公室"
    day = timedelta(days=1)
    assert sent_in(bureau.installation, bureau.at - day, bureau.at + day) == {bureau.unit("gate").pk: 1}


def test_the_vice_cannot_sign_for_the_head_of_the_bureau(bureau: Bureau) -> None:
    dispatch = ask(bureau, bureau.filed("gate"))
    with pytest.raises(Denied):
        sign(bureau, dispatch, "vice")


def test_a_department_cannot_send_up_by_itself(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    with pytest.raises(Denied):
        ask(bureau, item, "writer")
    with pytest.raises(Denied):
        ask(bureau, item, "editor", way_out="direct", reason="市局处室要")


def test_the_exception_needs_the_vice_alone_and_leaves_a_copy_with_the_office(bureau: Bureau) -> None:
    item = bureau.filed("gate", received=False)
    dispatch = ask(bureau, item, "writer", way_out="direct", reason="市局社矫处电话要求当日报")
    sign(bureau, dispatch, "vice")
    assert dispatch.state == Dispatch.State.APPROVED
    assert dispatch.outlet == "direct"
    assert [row.kind for row in rows_for(bureau.actor("writer"))].count("对外报送") == 1
    mark_sent(bureau.actor("writer"), dispatch, sent_at=bureau.at, note="专网传输")
    assert list(visible_dispatches(bureau.actor("editor"))) == [dispatch]
    told = OutgoingMail.objects.filter(key__startswith=f"dispatch:{dispatch.pk}")
    assert bureau.person("editor").pk in told.values_list("person", flat=True)
    assert not Fact.objects.filter(kind="select").exists()


def test_the_exception_wants_a_reason_and_an_item_that_lies_with_the_office(bureau: Bureau) -> None:
    item = bureau.draft("gate")
    with pytest.raises(HengjianError, match="报送以后"):
        ask(bureau, item, "writer", way_out="direct", reason="要")
    filed = bureau.filed("gate", title="另一篇")
    with pytest.raises(HengjianError, match="理由"):
        ask(bureau, filed, "writer", way_out="direct", reason=" ")


def test_a_refused_proposal_may_be_made_again(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    dispatch = ask(bureau, item)
    course = running.current(dispatch)
    assert course is not None
    send_back(bureau.actor("president"), course, reason="数据再核")
    dispatch.refresh_from_db()
    assert dispatch.state == Dispatch.State.REFUSED
    assert ask(bureau, item).pk != dispatch.pk


def test_the_same_form_twice_proposes_once(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    assert ask(bureau, item, client_key="one").pk == ask(bureau, item, client_key="one").pk


def test_the_neighbour_sees_nothing_of_it(bureau: Bureau) -> None:
    dispatch = ask(bureau, bureau.filed("gate"))
    assert not visible_dispatches(bureau.actor("river_head")).exists()
    assert bureau.client("river_head").get(f"/bulletins/outward/{dispatch.pk}/").status_code == 404


def test_sensitive_items_do_not_take_the_open_way(bureau: Bureau) -> None:
    item = bureau.filed("gate")
    Item.objects.filter(pk=item.pk).update(grade="sensitive")
    item.refresh_from_db()
    with pytest.raises(HengjianError, match="敏感"):
        ask(bureau, item)


def test_pages_of_the_whole_way(bureau: Bureau) -> None:
    item = bureau.filed("gate", to_instant(datetime(2024, 6, 5, 9)))
    editor, president = bureau.client("editor"), bureau.client("president")
    shown = editor.get(f"/bulletins/items/{item.pk}/").content.decode()
    assert "提请上报" in shown
    url = f"/bulletins/outward/items/{item.pk}/"
    assert editor.get(url).status_code == 200
    answer = editor.post(
        url, {"recipient": "市局办公室", "audience": ["city_bureau"], "client_key": "k"}, follow=True
    )
    assert answer.status_code == 200
    dispatch = Dispatch.objects.get()
    page = president.get(f"/bulletins/outward/{dispatch.pk}/").content.decode()
    assert "主要领导审核" in page
    course = running.current(dispatch)
    assert course is not None
    president.post(f"/approvals/{course.pk}/agree/", {"version": course.version, "text": ""})
    dispatch.refresh_from_db()
    sent = {"sent_at": "2024-06-05T09:30", "note": "", "version": dispatch.version}
    assert editor.post(f"/bulletins/outward/{dispatch.pk}/", sent).status_code == 302
    assert "已报出" in editor.get("/bulletins/outward/").content.decode()
    assert editor.get("/bulletins/outward/?export=xlsx").content[:2] == b"PK"
