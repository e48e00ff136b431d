"""Editions: shells by the calendar, composing, issuing records adoption, recalling takes it back."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.desk.acts import edition as acts
from hengjian.apps.bulletins.models import Edition, Fact
from hengjian.apps.org.access import Denied, system_actor
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


def adopted(item):
    return Fact.objects.standing().filter(item=item, kind="adopt", value="bulletin")


def test_each_series_has_one_shell_a_cycle_however_often_planned(story):
    robot = system_actor("后台任务", story.at)
    for _ in range(2):
        acts.plan_editions(robot, story.installation, day=story.at.date())
    shells = {e.series: (e.period, e.due_on.isoformat()) for e in Edition.objects.all()}
    assert shells == {"weekly": ("2024W23", "2024-06-09"), "half_monthly": ("2024-06-A", "2024-06-15")}


def test_issuing_numbers_the_edition_and_records_each_adoption_once(story, received, weekly):
    editor, item = story.actor("editor"), received()
    acts.put_item(editor, weekly, item)
    acts.put_item(editor, weekly, item)
    weekly.refresh_from_db()
    issued = acts.issue(editor, weekly, version=weekly.version)
    assert (issued.number, issued.state) == (1, Edition.State.ISSUED)
    fact = adopted(item).get()
    assert fact.edition == issued and fact.revision == item.revisions.get()


def test_recalling_an_issue_withdraws_its_adoptions_and_keeps_the_number(story, received, weekly):
    editor, item = story.actor("editor"), received()
    acts.put_item(editor, weekly, item)
    weekly.refresh_from_db()
    acts.issue(editor, weekly, version=weekly.version)
    acts.recall(editor, weekly, reason="排版有误")
    assert not adopted(item).exists()
    weekly.refresh_from_db()
    again = acts.issue(editor, weekly, version=weekly.version)
    assert again.number == 1 and adopted(item).count() == 1


def test_an_item_for_a_closed_outlet_never_enters_an_open_one(story, received, weekly):
    secret = received(category="major", outlet="special", grade="sensitive")
    with pytest.raises(HengjianError, match="专报"):
        acts.put_item(story.actor("editor"), weekly, secret)


def test_a_sensitive_item_is_refused_even_with_the_right_outlet(story, received, weekly):
    with pytest.raises(HengjianError, match="敏感"):
        acts.put_item(story.actor("editor"), weekly, received(outlet="general", grade="sensitive"))


def test_an_item_not_yet_received_is_refused(story, received, weekly):
    with pytest.raises(HengjianError, match="还没有签收"):
        acts.put_item(story.actor("editor"), weekly, received(state="filed"))


def test_an_empty_edition_cannot_be_issued(story, weekly):
    with pytest.raises(HengjianError, match="还没有篇目"):
        acts.issue(story.actor("editor"), weekly, version=weekly.version)


def test_a_page_older_than_the_last_change_cannot_issue(story, received, weekly):
    editor, stale = story.actor("editor"), weekly.version
    acts.put_item(editor, weekly, received())
    with pytest.raises(HengjianError, match="有过改动"):
        acts.issue(editor, weekly, version=stale)


def test_entries_are_put_in_the_order_asked_for(story, received, weekly):
    editor = story.actor("editor")
    entries = [acts.put_item(editor, weekly, received(f"第{n}篇")) for n in range(3)]
    weekly.refresh_from_db()
    order = [entries[2].pk, entries[0].pk, entries[1].pk]
    acts.arrange(editor, weekly, order=order, version=weekly.version)
    assert [e.pk for e in weekly.entries.all()] == order


def test_skipping_asks_for_a_reason(story, weekly):
    with pytest.raises(HengjianError, match="理由"):
        acts.skip(story.actor("editor"), weekly, reason=" ")
    acts.skip(story.actor("editor"), weekly, reason="本周无合格稿件")
    weekly.refresh_from_db()
    assert weekly.state == Edition.State.SKIPPED


@pytest.mark.parametrize("who", ["writer", "head", "president", "neighbour", "sysadmin"])
def test_only_the_desk_composes(story, received, weekly, who):
    with pytest.raises(Denied):
        acts.put_item(story.actor(who), weekly, received())


def test_a_supplement_needs_its_recipients_named(story):
    with pytest.raises(HengjianError, match="没有固定的报送对象"):
        acts.open_edition(story.actor("editor"), story.installation, outlet="supplement", recipients=[])
    made = acts.open_edition(
        story.actor("editor"), story.installation, outlet="supplement", recipients=["superior"]
    )
    assert made.recipients == ["superior"]


def test_a_special_report_goes_to_its_fixed_audience_only(story):
    made = acts.open_edition(
        story.actor("editor"), story.installation, outlet="special", recipients=["departments"]
    )
    assert made.recipients == ["superior", "party_group"]


def test_an_edition_with_a_character_no_font_draws_is_not_issued(story, received, weekly):
    editor, item = story.actor("editor"), received(title="陈\U00031350法官巡回审判")
    acts.put_item(editor, weekly, item)
    weekly.refresh_from_db()
    with pytest.raises(HengjianError, match=r"U\+31350.*不能印发") as refused:
        acts.issue(editor, weekly, version=weekly.version)
    assert refused.value.message.count("。") == 1
    weekly.refresh_from_db()
    assert weekly.number is None and not adopted(item).exists()
    page = story.client("editor").get(f"/bulletins/desk/editions/{weekly.pk}/")
    assert "缺字" in page.content.decode()
