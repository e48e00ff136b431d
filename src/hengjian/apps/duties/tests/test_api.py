from __future__ import annotations

import json

import pytest
from django.utils import timezone

from hengjian.apps.conftest import Story
from hengjian.apps.duties.models import Fulfilment, ZeroReport
from hengjian.base.periods import Period, PeriodKind

pytestmark = pytest.mark.django_db


def post(story: Story, who: str, path: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = story.client(who).post(f"/api/duties/{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_the_inbox_is_the_same_as_on_the_page(story: Story) -> None:
    rows = story.client("writer").get("/api/duties/inbox").json()
    html = story.client("writer").get("/").content.decode()
    assert rows and all(row["title"] in html for row in rows)
    assert "mail_title" not in rows[0]


def test_registers_and_overview_answer_by_right(story: Story) -> None:
    clauses = {row["clause"] for row in story.client("writer").get("/api/duties/registers").json()}
    assert {"longkou/registers/hearing", "longkou/registers/liaison"} <= clauses
    assert story.client("outsider").get("/api/duties/registers").json() == []
    assert len(story.client("president").get("/api/duties/overview").json()) == 7
    assert story.client("writer").get("/api/duties/overview").status_code == 403


def test_an_entry_is_made_and_withdrawn(story: Story) -> None:
    body = {
        "installation": story.installation.pk,
        "clause": "registers/training",
        "title": "培训",
        "happened_on": str(timezone.localdate()),
        "attendees": [story.person("writer").pk],
    }
    assert post(story, "writer", "registers/entries", **body)[0] == 403
    assert post(story, "outsider", "registers/entries", **body)[0] == 404
    status, made = post(story, "editor", "registers/entries", **body)
    assert status == 200
    status, refused = post(story, "editor", f"registers/entries/{made['id']}/withdraw", reason=" ")
    assert status == 422 and "理由" in str(refused)
    assert post(story, "writer", f"registers/entries/{made['id']}/withdraw", reason="x")[0] == 404
    assert post(story, "editor", f"registers/entries/{made['id']}/withdraw", reason="错了")[0] == 200
    assert Fulfilment.objects.get().withdrawn_reason == "错了"


def test_a_zero_report_is_signed(story: Story) -> None:
    week = str(Period.of(timezone.localdate(), PeriodKind.WEEK))
    body = {
        "installation": story.installation.pk,
        "unit": story.unit("civil1").pk,
        "clause": "duties/weekly-item",
    }
    assert post(story, "neighbour", "zero", period=week, **body)[0] == 404
    assert post(story, "writer", "zero", period=week, **body)[0] == 200
    assert ZeroReport.objects.count() == 1
