"""The API of the desk does what the pages do, with the same rights."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from hengjian.apps.bulletins.models import Edition, Fact, FaultCase

pytestmark = pytest.mark.django_db
API = "/api/bulletins"


def post(client, address, **data):
    return client.post(f"{API}{address}", json.dumps(data), content_type="application/json")


def test_an_edition_is_composed_issued_and_recalled(story, received, weekly):
    item, editor = received(), story.client("editor")
    put = post(editor, f"/editions/{weekly.pk}/items", item=item.pk)
    assert put.status_code == 200, put.content
    weekly.refresh_from_db()
    assert put.json()["entries"] == list(weekly.entries.values_list("pk", flat=True))
    stale = post(editor, f"/editions/{weekly.pk}/issue", version=weekly.version - 1)
    assert stale.status_code == 422 and "改动" in stale.json()["error"]["message"]
    issued = post(editor, f"/editions/{weekly.pk}/issue", version=weekly.version)
    assert issued.json()["state"] == Edition.State.ISSUED
    assert Fact.objects.standing().filter(item=item, kind="adopt").count() == 1
    assert post(editor, f"/editions/{weekly.pk}/recall", reason="排版有误").status_code == 200
    assert not Fact.objects.standing().filter(item=item, kind="adopt").exists()
    taken = post(editor, f"/editions/{weekly.pk}/items/take", item=item.pk)
    assert taken.json()["entries"] == []


def test_an_adoption_is_recorded_and_taken_back(story, received):
    item, editor = received(), story.client("editor")
    made = post(
        editor,
        f"/items/{item.pk}/adoptions",
        tier="city",
        publication="法院简报",
        happened_at=story.at.isoformat(),
    )
    assert made.status_code == 201, made.content
    fact = Fact.objects.get(pk=made.json()["fact"])
    assert (fact.kind, fact.value) == ("adopt", "city")
    assert post(editor, f"/facts/{fact.pk}/withdraw", reason="登记错了").status_code == 200
    assert not Fact.objects.standing().filter(pk=fact.pk).exists()


def test_a_fault_is_proposed_answered_and_decided_by_somebody_else(story, received):
    item = received()
    said = {
        "unit": item.unit_id,
        "kind": "error",
        "description": "年份写错一处。",
        "severity": "minor",
        "sent_up": True,
    }
    moment = (story.at - timedelta(hours=1)).isoformat()
    made = post(story.client("editor"), f"/items/{item.pk}/faults", happened_at=moment, **said)
    assert made.status_code == 201, made.content
    place = f"/faults/{made.json()['id']}"
    assert (
        post(story.client("neighbour"), f"{place}/decide", confirmed=True, reason="属实").status_code == 404
    )
    assert post(story.client("writer"), f"{place}/reply", text="确有笔误。").json()["reply"] == "确有笔误。"
    own = post(story.client("editor"), f"{place}/decide", confirmed=True, reason="属实")
    assert own.status_code in (403, 422)
    assert FaultCase.objects.get().state == FaultCase.State.PROPOSED
    decided = post(story.client("office_head"), f"{place}/decide", confirmed=True, reason="属实。")
    assert decided.json()["state"] == FaultCase.State.CONFIRMED, decided.content
    assert [row["id"] for row in story.client("editor").get(f"{API}/faults?state=confirmed").json()]
    assert post(story.client("office_head"), f"{place}/withdraw", reason="重新核对").status_code == 200
