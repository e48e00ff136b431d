"""The API of the log is for auditors."""

from __future__ import annotations

import pytest

from hengjian.apps.audit import acting
from hengjian.apps.conftest import Story

pytestmark = pytest.mark.django_db


@acting.act("test.api.note", "测试：记一笔")
def note(actor: acting.Actor, label: str) -> None:
    acting.log(label=label)


@pytest.mark.parametrize("path", ["entries", "entries/1", "verify"])
def test_only_auditors(story: Story, path: str) -> None:
    note(story.actor("writer"), "甲")
    assert story.client("auditor").get(f"/api/audit/{path}").status_code == 200
    assert story.client("sysadmin").get(f"/api/audit/{path}").status_code == 403
    assert story.client().get(f"/api/audit/{path}").status_code == 401


def test_the_filter_and_the_export_are_those_of_the_page(story: Story) -> None:
    note(story.actor("writer"), "甲")
    note(story.actor("editor"), "乙")
    client = story.client("auditor")
    assert [row["object_label"] for row in client.get("/api/audit/entries", {"who": "江"}).json()] == ["乙"]
    export = client.post("/api/audit/export?who=江&format=csv").content.decode("utf-8-sig")
    assert "乙" in export and "甲" not in export
    assert client.post("/api/audit/export?format=pdf").status_code == 422
    assert story.client("writer").post("/api/audit/export").status_code == 403


def test_the_chain_is_verified(story: Story) -> None:
    note(story.actor("writer"), "甲")
    assert story.client("auditor").get("/api/audit/verify").json()["first_bad"] is None
