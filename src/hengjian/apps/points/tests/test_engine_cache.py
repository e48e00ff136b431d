"""Results are kept by what was read: nothing stale is ever shown, nothing uncommitted is ever kept."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from hengjian.apps.points import engine
from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.feed import feed_of, marker
from hengjian.apps.regs.queries import pack_for

pytestmark = pytest.mark.django_db


def test_every_change_that_scoring_reads_moves_the_marker(desk: Desk) -> None:
    installation = desk.story.installation
    seen = {marker(installation)}
    item = desk.joint(["civil1", "criminal"], "civil1")
    seen.add(marker(installation))
    fact = desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    seen.add(marker(installation))
    desk.withdraw(fact, "2024-06-06T09:00")
    seen.add(marker(installation))
    first, second = desk.author(item, "writer", 1), desk.author(item, "staff", 2)
    seen.add(marker(installation))
    first.weight, second.weight = 2, 1
    first.save()
    second.save()
    seen.add(marker(installation))
    unit = desk.story.unit("execution")
    unit.kind = "group"
    unit.save()
    seen.add(marker(installation))
    assert len(seen) == 7


def test_inside_a_transaction_the_facts_are_read_again(desk: Desk) -> None:
    engine.scored(desk.story.installation, desk.editor().at)
    with patch.object(engine.feeds, "feed_of", wraps=feed_of) as read:
        engine.scored(desk.story.installation, desk.editor().at)
    assert read.called and not engine._seen


def test_shares_agree_with_those_of_the_scoring_engine(desk: Desk) -> None:
    item = desk.item()
    for person, weight in (("writer", 3), ("staff", 1), ("head", 3)):
        desk.author(item, person, weight)
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("late", item, "2024-06-05T09:00", unit="civil1")
    pack = pack_for(desk.story.installation, desk.editor().at)
    feed = feed_of(desk.story.installation, pack)
    by_engine = {
        int(p.person): p.points
        for p in engine._score(pack, feed, ["2024-06"]).persons
        if p.period == "2024-06"
    }
    ours = {s.person: s.points for s in engine.run(feed, {"2024-06": pack}).shares}
    assert ours == by_engine and sum(ours.values()) == 5
