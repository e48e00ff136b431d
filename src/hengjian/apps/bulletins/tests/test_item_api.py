"""The API does what the pages do, with the same rights, refusals and versions."""

from __future__ import annotations

import json

import pytest

from hengjian.apps.bulletins.models import FaultCase, Item

BASE = "/api/bulletins"


class Caller:
    def __init__(self, client):
        self.client = client

    def __call__(self, verb, path, data=None):
        send = getattr(self.client, verb)
        if data is None:
            return send(BASE + path)
        return send(BASE + path, json.dumps(data), content_type="application/json")


@pytest.fixture
def call(story):
    return lambda key: Caller(story.client(key))


def new(story, **changes):
    unit = story.unit("civil1").pk
    return {
        "unit": unit,
        "title": "题",
        "body": "文。",
        "category": "experience",
        "client_key": "k" * 8,
        **changes,
    }


def test_an_item_goes_the_whole_way(story, call):
    made = call("writer")("post", "/items", new(story))
    assert made.status_code == 201
    done = made.json()
    for key, verb in [("writer", "submit"), ("head", "approve"), ("editor", "receive")]:
        answer = call(key)("post", f"/items/{done['id']}/{verb}", {"version": done["version"]})
        assert answer.status_code == 200, answer.content
        done = answer.json()
    assert done["state"] == "received"
    shown = call("editor")("get", f"/items/{done['id']}").json()
    assert (shown["number"], "return" in shown["can"], shown["body"]) == (done["number"], True, "文。")
    assert [r["n"] for r in call("head")("get", f"/items/{done['id']}/revisions").json()] == [1]


def test_creating_twice_creates_once(story, call):
    ids = {call("writer")("post", "/items", new(story)).json()["id"] for _ in range(2)}
    assert len(ids) == 1


def test_editing_needs_the_version_that_stands(desk, call):
    item = desk.draft()
    data = {"title": "新题", "body": "新文。", "category": "experience", "version": item.version}
    assert call("staff")("put", f"/items/{item.pk}", data).status_code == 200
    stale = call("writer")("put", f"/items/{item.pk}", data)
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "stale")
    assert "苏小满" in stale.json()["error"]["message"]


REFUSED = [
    ("neighbour", "submit", {}, 404),
    ("outsider", "approve", {}, 404),
    ("leader", "receive", {}, 404),
    ("staff", "submit", {}, 403),
    ("writer", "submit", {"unknown": 1}, 422),
    ("writer", "cancel", {"reason": ""}, 422),
    ("writer", "receive", {}, 403),
    ("writer", "explode", {}, 404),
]


@pytest.mark.parametrize(("who", "verb", "data", "status"), REFUSED)
def test_refusals_are_those_of_the_pages(desk, call, who, verb, data, status):
    item = desk.draft()
    answer = call(who)("post", f"/items/{item.pk}/{verb}", {"version": item.version, **data})
    assert answer.status_code == status
    item.refresh_from_db()
    assert item.state == "draft"


def test_the_other_verbs_answer_too(desk, call):
    item = desk.in_review()

    def go(who, verb, **data):
        answer = call(who)("post", f"/items/{item.pk}/{verb}", {"version": item.version, **data})
        assert answer.status_code == 200, answer.content
        item.refresh_from_db()
        return item.state

    assert go("writer", "withdraw") == "draft"
    assert go("writer", "submit") == "in_review"
    assert go("head", "send-back", reasons=["facts"]) == "returned"
    assert go("head", "undo") == "in_review"
    assert go("head", "amend", title="新题", body="新文。") == "in_review"
    assert go("writer", "way-out", way_out="direct", reason="庭长外出") == "filed"
    assert go("editor", "retype", category="problem", reason="实为问题") == "filed"
    assert go("editor", "return", opinion="请补充") == "returned"
    assert go("writer", "cancel", reason="不报了") == "cancelled"
    assert go("writer", "restore") == "draft"


def test_emergencies_calls_stages_and_late_proposals(story, call):
    data = {
        "unit": story.unit("civil1").pk,
        "what": "持械伤人",
        "where": "大厅",
        "occurred_at": "2024-06-05T09:00",
        "client_key": "e" * 8,
    }
    done = call("writer")("post", "/emergency", data)
    assert done.status_code == 201
    pk = done.json()["id"]
    clocks = call("writer")("get", f"/items/{pk}/clocks").json()
    assert clocks[0]["state"] == "late"
    phone = {
        "called_at": "2024-06-05T09:30",
        "caller": "甲",
        "receiver": "乙",
        "receiver_office": "室",
        "content": "情",
    }
    assert call("duty")("post", f"/items/{pk}/calls", phone).status_code == 201
    stage = {"stage": "supplement", "text": "详情", "client_key": "s" * 8}
    assert call("writer")("post", f"/items/{pk}/stages", stage).json()["n"] == 2
    report = Item.objects.get(pk=pk).stage_reports.first()
    assert call("duty")("post", f"/stages/{report.pk}/received").status_code == 200
    late = call("editor")("post", f"/items/{pk}/late", {"reference": "duties/report-sensitive.first"})
    assert late.json() == {"fault": FaultCase.objects.get().pk}
    foreign = {**data, "unit": story.unit("criminal").pk, "client_key": "f" * 8}
    assert call("writer")("post", "/emergency", foreign).status_code == 404
    item = Item.objects.get(pk=pk)
    left = call("editor")("post", f"/items/{pk}/leave-lane", {"version": item.version, "reason": "并非突发"})
    assert left.json()["state"] == "returned"


def test_shares_are_set_confirmed_and_signed(desk, story, call):
    item = desk.draft()
    unit = story.unit("civil1").pk
    rows = [{"person": story.person("staff").pk, "weight": 3}]
    answer = call("writer")("put", f"/items/{item.pk}/shares/{unit}", {"shares": rows})
    seen = answer.json()["seen"]
    assert call("staff")("post", f"/items/{item.pk}/shares/confirm", {"seen": seen}).json() == {"weight": 3}
    signed = call("head")("post", f"/items/{item.pk}/shares/{unit}/sign", {"seen": seen})
    assert signed.json() == {"authors": 1}


def test_files_go_up_and_away(desk, story, tmp_path, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    item, client = desk.draft(), story.client("writer")
    sent = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    pk = client.post(f"{BASE}/items/{item.pk}/files", sent).json()["id"]
    answer = client.get(f"{BASE}/files/{pk}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert story.client("neighbour").post(f"{BASE}/files/{pk}/remove").status_code == 404
    assert client.post(f"{BASE}/files/{pk}/remove").status_code == 204


def test_a_text_is_checked_without_being_kept(story, call):
    data = {"body": "2024年13月1日开庭。", "fields": {"category": "dynamic"}}
    found = call("writer")("post", "/items/check", data).json()
    assert "dates.impossible" in {one["code"] for one in found}
    assert not Item.objects.exists()


@pytest.mark.parametrize("query", ["?state=%27--", "?page=99999", "?since=x", "?nonsense=1", "?unit=-1"])
def test_odd_questions_get_an_answer_not_a_crash(call, query):
    assert call("editor")("get", f"/items{query}").status_code in (200, 422)


def test_a_stranger_gets_nothing(story):
    assert story.client().get(f"{BASE}/items").status_code == 401
