"""Plans, progress and what people have to show, by API: the same queries, acts and refusals as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from hengjian.apps.conftest_bureau import Bureau
from hengjian.apps.duties.models import Plan

pytestmark = pytest.mark.django_db


def asked(bureau: Bureau, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
    client = bureau.client(who)
    if body is None:
        return client.get(f"/api/{path}")
    return client.post(f"/api/{path}", body, content_type="application/json")


def test_a_plan_is_drafted_changed_and_sent_for_approval(bureau: Bureau) -> None:
    made = asked(bureau, "editor", "duties/plans", {"year": timezone.localdate().year}).json()
    rows = {row["name"]: row["numbers"] for row in made["rows"]}
    assert rows["公证处"]["minimum"] == 1
    path, unit = f"duties/plans/{made['id']}", str(bureau.unit("notary").pk)
    wanted = {"version": made["version"], "numbers": {unit: {"minimum": 3}}}
    changed = asked(bureau, "editor", f"{path}/change", wanted)
    assert changed.status_code == 200, changed.content
    assert {row["name"]: row["numbers"] for row in changed.json()["rows"]}["公证处"]["minimum"] == 3
    assert asked(bureau, "editor", f"{path}/change", wanted).status_code == 422, "somebody was faster"
    sent = asked(bureau, "editor", f"{path}/submit", {"version": changed.json()["version"]}).json()
    assert sent["state"] == Plan.State.SUBMITTED
    assert made["id"] in [row["id"] for row in asked(bureau, "editor", "duties/plans").json()]
    assert asked(bureau, "writer", path).status_code == 404, "a draft is not shown to a department"
    assert asked(bureau, "writer", "duties/plans", {"year": timezone.localdate().year + 1}).status_code == 403


def test_a_department_sees_its_own_progress_only(bureau: Bureau) -> None:
    everybody = asked(bureau, "editor", "duties/progress?year=2024").json()
    mine = asked(bureau, "writer", "duties/progress").json()
    assert [row["unit"] for row in mine] == [bureau.unit("gate").pk]
    assert len(everybody) > 3
    legal = next(row for row in everybody if row["name"] == "法制股")
    assert legal["year"]["needed"] == 4 and legal["parts"][0]["period"] == "2024Q1"


def test_what_people_and_departments_have_to_show(bureau: Bureau) -> None:
    bureau.filed("gate", title="甲")
    rows = asked(bureau, "editor", "points/people?period=2024Q2").json()
    assert [(row["submitted"], row["titles"]) for row in rows if row["unit"] == bureau.unit("gate").pk] == [
        (1, ["甲"])
    ]
    assert all("phone" not in key for row in rows for key in row)
    units = {row["unit"] for row in asked(bureau, "river_writer", "points/people?period=2024Q2").json()}
    assert bureau.unit("gate").pk not in units
    table = asked(bureau, "editor", "points/assessment?period=2024Q2").json()
    assert {row["name"]: row["submitted"] for row in table}["法制股"] == 0
    assert asked(bureau, "river_writer", "points/assessment?period=2024Q2").status_code == 403
    assert asked(bureau, "editor", "points/assessment?period=never").status_code in (404, 422)
