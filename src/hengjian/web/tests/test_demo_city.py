"""The invented city: what its two years come to, and that its notices print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hengjian.apps.desk.models import Meeting, Ticket
from hengjian.apps.indicators import shifts
from hengjian.apps.indicators.models import Explanation, Figure, KpiNotice, Target
from hengjian.apps.indicators.printing import document_of
from hengjian.apps.indicators.who import Scene
from hengjian.apps.ui import counts
from hengjian.base.times import to_instant
from hengjian.documents import render_docx, render_pdf
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.offices import city_court

NOW = to_instant(datetime(2026, 11, 22, 10))


@pytest.mark.slow
@pytest.mark.django_db
def test_two_years_of_the_city(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    counts.forget()
    court, lives = city_court.begin(NOW, 2026)
    clockwork = Clockwork(NOW)
    clockwork.start(lives)
    clockwork.run()
    assert Figure.objects.values("period").distinct().count() == 24
    assert Target.objects.filter(state="decided", since__day=15).count() == 2
    assert Explanation.objects.filter(state=Explanation.State.DUE).count() == 2
    assert shifts.outstanding(
        Scene(court.installation, court.actor("zy-jishu", NOW))
    ).exists()  # late records nobody has counted yet
    assert (Meeting.objects.count(), Ticket.objects.count()) == (4, 30)
    last = KpiNotice.objects.filter(state="published").order_by("-period")
    assert {n.clause.rsplit("/", 1)[1] for n in last} == {"monthly", "half-yearly", "yearly"}
    for login in ("zy-jishu", "zy-lian", "zy-landong", "zy-yuanzhang", "zy-ganjing"):
        client = Client()
        client.force_login(court.users[login])
        for url in ("/", "/indicators/", "/indicators/explanations/", "/desk/tickets/"):
            assert client.get(url).status_code == 200, (login, url)
    for notice in last[:3]:
        document = document_of(notice)
        assert render_docx(document)
        assert render_pdf(document).data
