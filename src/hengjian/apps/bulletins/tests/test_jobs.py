from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.jobs import plan_all
from hengjian.apps.bulletins.models import Edition
from hengjian.apps.conftest import Story
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db


def test_issues_of_the_running_cycle_are_planned_once(story: Story) -> None:
    wednesday = to_instant(datetime(2024, 6, 5, 10))
    assert plan_all(wednesday) == 1
    assert set(Edition.objects.values_list("series", "period")) == {
        ("weekly", "2024W23"),
        ("half_monthly", "2024-06-A"),
    }
    assert plan_all(wednesday) == 0
    assert Entry.objects.filter(action="bulletins.edition.plan").count() == 1


def test_the_next_week_gets_its_issue_on_monday(story: Story) -> None:
    plan_all(to_instant(datetime(2024, 6, 9, 23, 59)))
    plan_all(to_instant(datetime(2024, 6, 10, 0, 0)))
    assert Edition.objects.filter(series="weekly").count() == 2
    assert Edition.objects.filter(series="half_monthly").count() == 1
