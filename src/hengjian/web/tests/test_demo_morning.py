"""Who signs in on the first morning of the demo finds something to do."""

from __future__ import annotations

from datetime import datetime
from random import Random

import pytest
from django.test import Client

from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.court import make_court
from hengjian.web.demo.lives import World
from hengjian.web.demo.offices.county_court import mornings

pytestmark = pytest.mark.django_db
NOW = to_instant(datetime(2024, 6, 5, 8))


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("xinxiyuan", "退回"),
        ("tingzhang", "部门领导审核"),
        ("fenguan", "主管院领导审核"),
        ("yuanzhang", "呈送"),
    ],
)
def test_the_inbox_is_not_empty(login: str, told: str) -> None:
    court = make_court(system_actor("演示", NOW), since=datetime(2023, 6, 1).date())
    clockwork = Clockwork(NOW)
    clockwork.start(mornings(World(court, Random(1), set(), NOW)))
    clockwork.run()
    client = Client()
    client.force_login(court.users[login])
    page = client.get("/").content.decode()
    assert "现在没有要办的事" not in page
    assert told in page
