"""Carriers with a rhythm and a value of their own: what is printed there is adopted there."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.desk.acts.edition import issue, open_edition, plan_editions, put_item
from hengjian.apps.bulletins.models import Edition, Fact
from hengjian.apps.conftest_province import Province, local
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.queries import score_of

pytestmark = pytest.mark.django_db


def test_what_the_work_brief_prints_earns_its_points(province: Province) -> None:
    item = province.filed("city", "2024-03-05T15:00", "typical", grade="internal", outlet="work_brief")
    editor = province.actor("editor", "2024-03-08T09:00")
    edition = open_edition(editor, province.installation, outlet="work_brief", recipients=[])
    put_item(editor, edition, item)
    edition.refresh_from_db()
    issue(editor, edition, version=edition.version)
    assert Fact.objects.get(kind="adopt").value == "work_brief"
    post_open(editor, province.installation)
    assert score_of(province.installation, province.unit("city"), "2024Q1") == 5


def test_the_monthly_carrier_without_a_value_is_planned_and_earns_nothing(province: Province) -> None:
    editor = province.actor("editor", "2024-03-08T09:00")
    [edition] = plan_editions(editor, province.installation, day=local("2024-03-08T00:00").date())
    assert (edition.series, edition.due_on.isoformat()) == ("leader_reference", "2024-03-31")
    item = province.filed(
        "city", "2024-03-05T15:00", "difficulty", grade="internal", outlet="leader_reference"
    )
    put_item(editor, edition, item)
    edition = Edition.objects.get()
    issue(editor, edition, version=edition.version)
    post_open(editor, province.installation)
    assert Fact.objects.get(kind="adopt").value == "leader_reference"
    assert score_of(province.installation, province.unit("city"), "2024Q1") == 0
