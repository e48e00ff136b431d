"""Adoption and instructions from outside, the intranet column, and who may see what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.bulletins.desk.acts.intranet import post_to_intranet, take_down
from hengjian.apps.bulletins.desk.acts.outside import record_adoption, record_instruction, withdraw_recorded
from hengjian.apps.bulletins.desk.queries import visible_posts
from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def test_an_adoption_sent_twice_is_recorded_once(story, received):
    item = received()
    for _ in range(2):
        record_adoption(
            story.actor("editor"),
            item,
            tier="city",
            publication="市委信息",
            happened_at=story.at,
            client_key="k1",
        )
    assert Fact.objects.standing().filter(item=item, kind="adopt", value="city").count() == 1


def test_an_instruction_keeps_level_and_system_as_recorded(story, received):
    fact = record_instruction(
        story.actor("editor"),
        received(),
        level="province",
        system="party",
        leader="省委领导",
        happened_at=story.at,
    )
    assert (fact.kind, fact.value, fact.system) == ("instruct", "province", "party")


@pytest.mark.parametrize("fields", [{"tier": "world"}, {"publication": " "}, {"days": 1}])
def test_bad_adoptions_are_refused(story, received, fields):
    values = {"tier": "city", "publication": "市委信息", "happened_at": story.at} | fields
    values["happened_at"] += timedelta(days=values.pop("days", 0))
    with pytest.raises(HengjianError):
        record_adoption(story.actor("editor"), received(), **values)


def test_a_withdrawn_adoption_no_longer_stands(story, received):
    item = received()
    fact = record_adoption(
        story.actor("editor"), item, tier="city", publication="市委信息", happened_at=story.at
    )
    withdraw_recorded(story.actor("editor"), fact, reason="登记有误")
    assert not Fact.objects.standing().filter(item=item, kind="adopt").exists()
    with pytest.raises(HengjianError, match="已经撤销"):
        withdraw_recorded(story.actor("editor"), fact, reason="再撤一次")


def test_departments_do_not_record_their_own_adoption(story, received):
    with pytest.raises(Denied):
        record_adoption(
            story.actor("writer"), received(), tier="city", publication="市委信息", happened_at=story.at
        )


def test_the_column_is_read_by_the_whole_court_and_nobody_else(story, received):
    post = post_to_intranet(story.actor("editor"), received())
    for who in ("writer", "neighbour", "president", "auditor"):
        assert post in visible_posts(story.actor(who)), who
    assert post not in visible_posts(story.actor("outsider"))
    assert post not in visible_posts(story.actor("disabled"))


@pytest.mark.parametrize("outlet", ["special", "supplement"])
def test_a_closed_outlet_never_reaches_the_column(story, received, outlet):
    item = received(category="major", outlet=outlet)
    with pytest.raises(HengjianError, match="不得在内网刊发"):
        post_to_intranet(story.actor("editor"), item)


def test_an_item_made_special_after_posting_disappears_from_the_column(story, received):
    item = received()
    post = post_to_intranet(story.actor("editor"), item)
    Item.objects.filter(pk=item.pk).update(outlet="special")
    assert post not in visible_posts(story.actor("editor"))


def test_a_post_taken_down_is_gone_and_can_come_back(story, received):
    item = received()
    post = post_to_intranet(story.actor("editor"), item)
    take_down(story.actor("editor"), post, reason="数据待核")
    assert not visible_posts(story.actor("writer")).exists()
    post_to_intranet(story.actor("editor"), item)
    assert visible_posts(story.actor("writer")).exists()
