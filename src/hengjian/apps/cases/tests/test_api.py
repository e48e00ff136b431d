"""The circle by the API: the same acts, the same refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hengjian.apps.cases.models import CaseLook
from hengjian.apps.cases.tests.story import BAD, GOOD, HEAD, Province, find, the_finding, upload

pytestmark = pytest.mark.django_db


def post(province: Province, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return province.client(who).post(f"/api/cases/{path}", json.dumps(body or {}), "application/json")


def test_a_file_goes_in_by_the_api_and_its_bad_rows_come_back(province: Province) -> None:
    file = SimpleUploadedFile("a.csv", (HEAD + GOOD + GOOD).encode())
    client = province.client("statistics")
    got = client.post("/api/cases/uploads", {"court": province.units["basic"].pk, "file": file})
    assert got.status_code == 200, got.content
    sent = got.json()
    done = post(province, "statistics", f"uploads/{sent['id']}/apply", {"columns": sent["columns"]}).json()
    assert (done["accepted"], done["rejected"]) == (1, 1)
    back = client.get(f"/api/cases/uploads/{sent['id']}/rejects")
    assert "案件标识重复" in b"".join(back.streaming_content).decode("utf-8-sig")
    assert province.client("stranger").get(f"/api/cases/uploads/{sent['id']}").status_code == 404


def test_a_finding_is_read_judged_and_corrected_by_the_api(province: Province) -> None:
    upload(province, BAD)
    find(province)
    finding = the_finding(province)
    seen = province.client("it").get(f"/api/cases/findings/{finding.pk}").json()
    assert "丙某" not in json.dumps(seen, ensure_ascii=False)
    assert CaseLook.objects.count() == 1
    word = {"version": finding.version, "verdict": "entry"}
    assert post(province, "statistics", f"findings/{finding.pk}/judge", word).status_code == 403
    assert post(province, "stranger", f"findings/{finding.pk}/judge", word).status_code == 404
    assert post(province, "manager", f"findings/{finding.pk}/judge", word).json()["state"] == "wrong"
    new = {"finding": finding.pk, "changes": {"closed_on": "2026-02-02"}, "reason": "结案审批表"}
    made = post(province, "clerk", "corrections", new).json()
    assert made["state"] == "proposed"
    assert province.client("clerk").get("/api/cases/corrections").json()[0]["id"] == made["id"]


def test_lists_show_each_court_its_own(province: Province) -> None:
    upload(province, GOOD, BAD)
    find(province)
    for path in ("uploads", "findings", "corrections", "bundles", "tickets"):
        assert province.client("stranger").get(f"/api/cases/{path}").json() == []
    assert province.client("high").get("/api/cases/findings").json()
    assert province.client("high").get("/api/cases/runs").json()[0]["state"] == "done"
    assert post(province, "clerk", "runs").status_code == 403
    assert post(province, "high", "runs", {"full": True}).json()["state"] == "asked"
