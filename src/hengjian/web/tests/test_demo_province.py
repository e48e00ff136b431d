"""The province of the demo: an old book taken over in one act, quarters noticed, the last days lived act by act."""

from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Box, Delivery, Item
from hengjian.apps.matters.models import Matter
from hengjian.apps.org.models import UnitClass
from hengjian.apps.points.models import AccountPeriod, LedgerLine, Notice
from hengjian.base.times import to_instant
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.offices.justice_department import OFFICE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = to_instant(datetime(2024, 2, 20, 10))


def test_a_province_lives_four_quarters() -> None:
    department, lives = OFFICE.begin(NOW, 7)
    assert UnitClass.objects.filter(pack="hubei").count() >= 120
    clockwork = Clockwork(NOW)
    clockwork.start(lives)
    clockwork.run()
    assert Box.objects.count() == 3
    assert Entry.objects.filter(action="demo.history.take_over").count() == 1
    assert Item.objects.filter(exclusion="attendance").exists()
    assert Delivery.objects.filter(box="mail_bwk", signed_at=None).exists()
    published = Notice.objects.filter(state="published").order_by("period__key")
    assert [notice.period.key for notice in published] == ["2023Q2", "2023Q3", "2023Q4"]
    assert AccountPeriod.objects.get(key="2024Q1").state == "open"
    assert LedgerLine.objects.filter(points=60).count() > 150
    assert Matter.objects.get().assignments.count() == 5
    assert {login for login, _ in OFFICE.logins} <= set(department.users)
