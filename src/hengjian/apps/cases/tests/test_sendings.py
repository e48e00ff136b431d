"""Large files in parts: broken off and gone on with, wrong places, doubled parts, other people's, too large, left lying."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hengjian.apps.cases import jobs, parts
from hengjian.apps.cases.acts import sending as acts
from hengjian.apps.cases.models import Sending, Upload
from hengjian.apps.cases.tests.story import AT, GOOD, HEAD, Province
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db
DATA = (HEAD + GOOD).encode("gb18030")
ADDRESS = "/api/cases/sendings"


def begin(client: Client, province: Province, size: int = len(DATA), name: str = "a.csv") -> Any:
    body = {"court": province.units["basic"].pk, "name": name, "size": size}
    return client.post(ADDRESS, json.dumps(body), "application/json")


def put(client: Client, pk: int, offset: int, data: bytes) -> Any:
    return client.put(f"{ADDRESS}/{pk}?offset={offset}", data, "application/octet-stream")


def finish(client: Client, pk: int, digest: str = "") -> Any:
    return client.post(f"{ADDRESS}/{pk}/finish", json.dumps({"digest": digest}), "application/json")


def test_a_file_broken_off_goes_on_where_it_was_and_becomes_one_upload(
    province: Province, django_capture_on_commit_callbacks: Any
) -> None:
    client = province.client("statistics")
    told = begin(client, province).json()
    assert (told["offset"], told["part"]) == (0, parts.PART)
    assert put(client, told["id"], 0, DATA[:100]).json()["offset"] == 100
    page = client.get("/cases/uploads/").content.decode()  # the connection broke; another day
    assert "没有传完的文件" in page and 'value="100"' in page
    again = begin(client, province).json()
    assert (again["id"], again["offset"]) == (told["id"], 100)
    assert finish(client, told["id"]).status_code == 422  # not all is here
    assert put(client, told["id"], 100, DATA[100:]).json()["offset"] == len(DATA)
    path = parts.path_of(Sending.objects.get())
    with django_capture_on_commit_callbacks(execute=True):
        sent = finish(client, told["id"], hashlib.sha256(DATA).hexdigest()).json()
    assert (sent["state"], sent["rows"], sent["columns"]["案件标识"]) == ("previewed", 1, "case_id")
    assert not path.exists()
    assert finish(client, told["id"]).json()["id"] == sent["id"]  # asked twice it is one
    assert Upload.objects.count() == 1
    assert client.get(ADDRESS).json() == []


def test_a_part_in_the_wrong_place_is_refused_and_a_doubled_one_is_none(province: Province) -> None:
    client = province.client("statistics")
    pk = begin(client, province).json()["id"]
    put(client, pk, 0, DATA[:100])
    gap = put(client, pk, 120, DATA[120:150])
    assert gap.status_code == 409 and "第 100 字节" in gap.json()["error"]["message"]
    assert put(client, pk, 0, DATA[:100]).json()["offset"] == 100
    assert put(client, pk, 50, DATA[50:100]).json()["offset"] == 100
    assert put(client, pk, 0, b"x" * 100).status_code == 409
    assert put(client, pk, 100, DATA[100:] + b"more").status_code == 422
    assert put(client, pk, 100, b"").status_code == 422
    assert parts.received(Sending.objects.get()) == 100


def test_what_came_otherwise_than_it_was_sent_is_not_taken(province: Province) -> None:
    client = province.client("statistics")
    pk = begin(client, province).json()["id"]
    put(client, pk, 0, b"x" * len(DATA))
    sent = finish(client, pk, hashlib.sha256(DATA).hexdigest()).json()
    assert sent["state"] == "refused" and "不一致" in sent["refusal"]
    assert Sending.objects.get().state == "dropped"
    assert begin(client, province).json()["id"] != pk


@pytest.mark.parametrize("who", ["stranger", "manager", "high"])
def test_nobody_else_reaches_a_file_that_is_half_way(province: Province, who: str) -> None:
    pk = begin(province.client("statistics"), province).json()["id"]
    other = province.client(who)
    assert other.get(f"{ADDRESS}/{pk}").status_code == 404
    assert put(other, pk, 0, DATA).status_code == 404
    assert finish(other, pk).status_code == 404
    assert other.post(f"{ADDRESS}/{pk}/drop").status_code == 404
    assert other.get(ADDRESS).status_code == 403 or other.get(ADDRESS).json() == []


def test_who_may_not_upload_for_a_court_begins_nothing(province: Province) -> None:
    assert begin(province.client("stranger"), province).status_code == 404
    assert begin(province.client("clerk"), province).status_code == 403
    assert not Sending.objects.exists()


def test_bounds_hold(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    client = province.client("statistics")
    assert begin(client, province, size=600 * 1024 * 1024).status_code == 422
    assert begin(client, province, size=0).status_code == 422
    pk = begin(client, province, size=9_000_000).json()["id"]
    assert put(client, pk, 0, b"x" * (parts.PART + 1)).status_code == 422
    for n in range(acts.MOST - 1):
        assert begin(client, province, name=f"{n}.csv").status_code == 200
    assert "没有传完" in begin(client, province, name="one more.csv").json()["error"]["message"]


def test_what_nobody_goes_on_with_is_cleared(
    province: Province, django_capture_on_commit_callbacks: Any
) -> None:
    actor = province.actor("statistics")
    left, fresh = (
        acts.begin(actor, province.dataset, province.units["basic"], name=name, size=10) for name in "ab"
    )
    later = AT + acts.KEPT + timedelta(hours=1)
    for row, when in ((left, AT), (fresh, later)):
        parts.put(row, 0, b"12345")
        os.utime(parts.path_of(row), (when.timestamp(),) * 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.half_way(later) == 1
    left.refresh_from_db()
    assert left.state == "expired" and not parts.path_of(left).exists()
    assert parts.received(fresh) == 5
    with pytest.raises(HengjianError, match="过期清除"):
        parts.put(left, 5, b"6")


def test_a_file_is_given_up_from_the_page(province: Province) -> None:
    client = province.client("statistics")
    pk = begin(client, province).json()["id"]
    assert client.post(f"/cases/uploads/sendings/{pk}/drop/").status_code == 302
    assert "没有传完的文件" not in client.get("/cases/uploads/").content.decode()
    assert client.post(f"/cases/uploads/sendings/{pk}/drop/").status_code in (409, 422)
