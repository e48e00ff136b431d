"""The API does what the pages do, with the same rights and errors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hengjian.apps.points.conftest import Desk, closed_june
from hengjian.apps.points.models import LedgerLine, Notice

pytestmark = pytest.mark.django_db
API = "/api/points"


def send(client: Client, path: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


def test_scores_are_those_of_the_ledger_and_of_the_own_unit_only(desk: Desk) -> None:
    closed_june(desk)
    everything = {
        r["unit"]: float(r["points"]) for r in desk.story.client("editor").get(f"{API}/scores/2024-06").json()
    }
    assert everything[desk.story.unit("civil1").pk] == 8 and everything[None] == 2
    own = desk.story.client("neighbour").get(f"{API}/scores/2024-06").json()
    assert [r["unit"] for r in own] == [desk.story.unit("criminal").pk]
    lines = desk.story.client("neighbour").get(f"{API}/lines/2024").json()
    assert {line["unit"] for line in lines} == {desk.story.unit("criminal").pk}


def test_the_card_comes_as_data(desk: Desk) -> None:
    closed_june(desk)
    line = LedgerLine.objects.filter(points=5).first()
    assert line is not None
    card = desk.story.client("writer").get(f"{API}/line/{line.pk}").json()
    assert card["facts"][0]["recorded_by"] == "江采薇" and card["nearest"]
    missing = desk.story.client("neighbour").get(f"{API}/line/{line.pk}")
    assert missing.status_code == 404 and missing.json()["error"]["code"] == "missing"


def test_the_way_of_a_notice(desk: Desk) -> None:
    desk.fact("adopt", desk.item("civil1"), "2024-06-05T09:00", "bulletin")
    editor, president = desk.story.client("editor"), desk.story.client("president")
    assert send(editor, "/post").json()[0]["lines"] == 1
    notice = send(editor, "/notices", {"clause": "notices/monthly", "period": "2024-06"}).json()
    path = f"/notices/{notice['id']}"
    assert send(president, path + "/submit", {"version": notice["version"]}).status_code == 403
    stale = send(editor, path + "/submit", {"version": 99})
    assert stale.status_code == 422 and "已被改动" in stale.json()["error"]["message"]
    edit = {"version": notice["version"], "title": "标题", "remark": ""}
    version = send(editor, path + "/edit", edit).json()["version"]
    for client, verb in ((editor, "submit"), (editor, "recall"), (editor, "submit"), (president, "return"),
                         (editor, "submit"), (president, "approve"), (editor, "publish")):  # fmt: skip
        answer = send(
            client, f"{path}/{verb}", {"version": version, "text": "请核对" if verb == "return" else ""}
        )
        assert answer.status_code == 200, (verb, answer.content)
        version = answer.json()["version"]
    assert Notice.objects.get().state == Notice.State.PUBLISHED
    full = desk.story.client("writer").get(f"{API}{path}").json()
    assert full["content"]["totals"]["points"] == "5"


def test_an_appeal_is_filed_decided_and_withdrawn(desk: Desk) -> None:
    notice = closed_june(desk)
    Notice.objects.filter(pk=notice.pk).update(published_at="2099-01-01T00:00:00+08:00")
    line = LedgerLine.objects.get(points__lt=0)
    neighbour, president = desk.story.client("neighbour"), desk.story.client("president")
    body = {
        "notice": notice.pk,
        "unit": desk.story.unit("criminal").pk,
        "text": "未迟报。",
        "client_key": "k",
        "line": line.pk,
    }
    appeal = send(neighbour, "/appeals", body).json()
    assert send(neighbour, "/appeals", body).json()["id"] == appeal["id"]
    assert send(desk.story.client("writer"), "/appeals", body).status_code == 404
    assert send(desk.story.client("writer"), f"/appeals/{appeal['id']}/withdraw").status_code == 404
    verdict = {"upheld": True, "decision": "属实。", "withdraw": line.evidence}
    decided = send(president, f"/appeals/{appeal['id']}/decide", verdict).json()
    assert decided["state"] == "upheld" and decided["withdrawn_fact_ids"] == line.evidence
    assert send(neighbour, f"/appeals/{appeal['id']}/withdraw").status_code == 422
    assert [a["id"] for a in neighbour.get(f"{API}/appeals").json()] == [appeal["id"]]
    assert desk.story.client("writer").get(f"{API}/appeals").json() == []


def test_held_periods_and_what_if(desk: Desk) -> None:
    closed_june(desk)
    desk.fact("adopt", desk.item("filing", "dynamic"), "2024-06-28T09:00", "bulletin")
    editor = desk.story.client("editor")
    assert editor.get(f"{API}/held").json() == ["2024-06"]
    assert send(editor, "/held/2024-06/carry", {"reason": ""}).status_code == 422
    assert send(editor, "/held/2024-06/carry", {"reason": "迟到"}).json()["cause"] == "carried"
    assert send(editor, "/held/2024-06/restate", {"reason": "再来"}).status_code == 422
    body = {"first": "2024-06", "last": "2024-06", "values": {"bulletin.dynamic": "4"}}
    changes = {c["unit"]: c for c in send(editor, "/whatif", body).json()}
    assert float(changes[desk.story.unit("filing").pk]["after"]) == 4
    for path in ("/whatif", "/held/2024-06/carry"):
        assert send(desk.story.client("writer"), path, {**body, "reason": "x"}).status_code == 403
    assert desk.story.client("writer").get(f"{API}/held").status_code == 403


def test_items_workload_and_projection(desk: Desk) -> None:
    closed_june(desk)
    item = desk.item("civil1")
    client = desk.story.client("writer")
    assert client.get(f"{API}/items/{item.pk}/lines").json() == []
    assert len(client.get(f"{API}/items/{item.pk}/projection").json()) == 4
    [load] = client.get(f"{API}/workload/2024-06").json()
    assert (float(load["have"]), float(load["missing"])) == (1, 3)
    assert desk.story.client("neighbour").get(f"{API}/items/{item.pk}/lines").status_code == 404


def test_strangers_are_turned_away(desk: Desk) -> None:
    assert desk.story.client().get(f"{API}/scores/2024").status_code == 401
    assert desk.story.client("outsider").get(f"{API}/scores/2024").status_code == 404
