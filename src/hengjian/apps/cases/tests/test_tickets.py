"""Technical problems: level by level by term, and always in the inbox of whoever has them."""

from __future__ import annotations

from datetime import datetime

import pytest

from hengjian.apps.cases import jobs
from hengjian.apps.cases.acts.tickets import open_ticket
from hengjian.apps.cases.models import Ticket
from hengjian.apps.cases.tests.story import SINCE, Province
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.regs.models import ReadingDecision
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db
MONDAY = to_instant(datetime(2026, 3, 9, 10))
FRIDAY = to_instant(datetime(2026, 3, 13, 23))
NEXT = to_instant(datetime(2026, 3, 17, 10))
LATER = to_instant(datetime(2026, 3, 25, 10))


def opened(province: Province) -> Ticket:
    actor = province.actor("clerk", MONDAY)
    court = province.units["civil"]
    return open_ticket(actor, province.dataset.installation, court, title="接口不通", text="上午起")


def inboxes(province: Province, at: datetime) -> list[str]:
    """Who has the problem in the inbox."""
    people = ("clerk", "it", "itmiddle", "high", "stranger")
    return [
        who
        for who in people
        if any(row.key.startswith("case-ticket") for row in rows_for(province.actor(who, at)))
    ]


def test_a_problem_nobody_solves_climbs_by_its_term_and_stays_with_the_topmost(province: Province) -> None:
    ReadingDecision.objects.create(
        installation=province.dataset.installation,
        reading="S12",
        option="five_workdays",
        decided_by="省法院信息中心",
        effective_from=SINCE,
        decided_at=MONDAY,
    )
    ticket = opened(province)
    assert inboxes(province, MONDAY) == ["it"]
    assert jobs.overdue(FRIDAY) == 0
    assert jobs.overdue(NEXT) == 1
    ticket.refresh_from_db()
    assert ticket.holder == province.units["middle"]
    assert inboxes(province, NEXT) == ["itmiddle"]
    assert "到期没有解决" in ticket.trail[-1]["what"]
    assert jobs.overdue(NEXT) == 0  # the term begins anew
    assert jobs.overdue(LATER) == 1
    assert jobs.overdue(to_instant(datetime(2026, 5, 6, 10))) == 0  # nowhere further to go
    ticket.refresh_from_db()
    assert ticket.holder == province.units["high"]


def test_without_a_term_it_waits_and_says_so(province: Province) -> None:
    ticket = opened(province)
    assert jobs.overdue(to_instant(datetime(2026, 6, 9, 10))) == 0
    row = next(r for r in rows_for(province.actor("it", MONDAY)) if r.key.startswith("case-ticket"))
    assert (row.due_at, row.remaining, row.article) == (None, "未规定期限", "11")
    page = province.client("it").get(f"/cases/tickets/{ticket.pk}/").content.decode()
    assert "未规定" in page
