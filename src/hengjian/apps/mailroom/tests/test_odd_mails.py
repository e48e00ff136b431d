"""Every odd mail of the corpus: none lost, none doubled, none stops the next."""

from __future__ import annotations

from collections import Counter

import pytest

from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story
from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake.processing import settle_new
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from support.odd_mails import Odd, odd_mails

pytestmark = pytest.mark.django_db


def all_in(robot: Actor, house: Installation, odd: list[Odd]) -> list[IncomingMail]:
    source = IncomingMail.Source.FOLDER
    return [take_in(robot, Arrival(house, one.data, source, robot.at))[0] for one in odd]


@pytest.mark.slow
def test_the_whole_corpus_twice_over(story: Story, house: Installation, robot: Actor) -> None:
    odd = odd_mails()
    assert len({one.name for one in odd}) == len(odd) >= 60
    rows = all_in(robot, house, odd)
    assert len({row.pk for row in rows}) == len(odd), "each has a row of its own"
    settle_new(robot)
    wrong = []
    for one, row in zip(odd, rows, strict=True):
        row.refresh_from_db()
        told = row.reason + "".join(row.notes)
        if row.state != one.state or one.told not in told or (row.state == "filed") != (row.item is not None):
            wrong.append(f"{one.name}: {row.state}, {told} | {row.subject[:60]!r}")
        if one.unit and row.state == "filed" and row.unit != story.unit("civil1"):
            wrong.append(f"{one.name}: {row.unit}")
    assert not wrong, "\n".join(wrong)

    filed = Counter(IncomingMail.objects.values_list("state", flat=True))["filed"]
    assert Item.objects.count() == filed
    again = all_in(robot, house, odd)
    settle_new(robot)
    assert [row.pk for row in again] == [row.pk for row in rows]
    assert IncomingMail.objects.count() == len(odd) and Item.objects.count() == filed
