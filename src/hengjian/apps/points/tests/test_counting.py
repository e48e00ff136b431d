"""Which submissions count is a reading of the pack: returned ones do not, or they do from the first time."""

from __future__ import annotations

from datetime import date

import pytest

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.points.conftest import Desk, local
from hengjian.apps.points.counts import counts
from hengjian.apps.points.feed import feed_of
from hengjian.apps.regs.acts.readings import decide
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned(desk: Desk) -> Fact:
    """Filed on Monday, sent back, filed again the week after; another one stands from the start."""
    item = desk.item("civil1")
    first = desk.fact("submit", item, "2024-06-03T09:00")
    back = desk.withdraw(first, "2024-06-04T09:00")
    Fact.objects.filter(pk=back.pk).update(cause="returned")
    desk.fact("submit", item, "2024-06-11T09:00")
    desk.fact("submit", desk.item("civil1"), "2024-06-12T09:00")
    return first


def read_as(desk: Desk, option: str) -> None:
    decide(
        desk.story.actor("office_head"), desk.story.installation, reading="E05", option=option,
        decided_by="院党组", document="纪要", effective_from=date(2024, 1, 1),
    )  # fmt: skip


def submitted(desk: Desk) -> list[str]:
    pack = pack_for(desk.story.installation, local("2024-06-30T18:00"))
    feed = feed_of(desk.story.installation, pack)
    return [row["ts"][:10] for row in feed.events if row["type"] == "submit"]


def test_by_default_the_second_filing_counts(desk: Desk, returned: Fact) -> None:
    assert submitted(desk) == ["2024-06-11", "2024-06-12"]


def test_decided_otherwise_the_first_counts_and_the_second_not_again(desk: Desk, returned: Fact) -> None:
    read_as(desk, "submission")
    assert submitted(desk) == ["2024-06-03", "2024-06-12"]
    tally = counts(desk.story.installation, Period.parse("2024-06")).units[desk.story.unit("civil1").pk]
    assert tally.submitted == 2


def test_what_was_recorded_by_mistake_never_counts(desk: Desk) -> None:
    read_as(desk, "submission")
    slip = desk.fact("submit", desk.item("civil1"), "2024-06-03T09:00")
    desk.withdraw(slip, "2024-06-03T10:00")
    pack = pack_for(desk.story.installation, local("2024-06-30T18:00"))
    assert not counting(pack).filter(pk=slip.pk).exists()
