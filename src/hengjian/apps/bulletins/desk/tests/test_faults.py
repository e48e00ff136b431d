"""Faults: proposed, answered, decided by another, withdrawn; only a confirmed one is a fact."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.desk.acts import fault as acts
from hengjian.apps.bulletins.desk.queries import introduced_in, visible_faults
from hengjian.apps.bulletins.models import Fact, FaultCase, Revision
from hengjian.apps.org.access import Denied
from hengjian.apps.regs.acts.readings import decide
from hengjian.base.errors import HengjianError

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(story, received):
    def make(who="editor", **fields):
        item = fields.pop("item", None) or received()
        values = {
            "unit": item.unit, "kind": "error", "severity": "minor", "n": 2, "sent_up": True,
            "description": "收案数写错", "happened_at": story.at,
        } | fields  # fmt: skip
        return acts.propose_fault(story.actor(who), item, **values)

    return make


def faults(item):
    return Fact.objects.standing().filter(item=item, kind="error")


def test_a_proposal_charges_nothing(proposed):
    assert not faults(proposed().item).exists()


def test_a_confirmed_fault_is_a_fact_with_decider_and_count(story, proposed):
    case = acts.decide_fault(story.actor("office_head"), proposed(), confirmed=True, reason="核对属实")
    fact = faults(case.item).get()
    assert (fact.value, fact.n, fact.sent_up, fact.decided_by, fact.unit) == (
        "minor", 2, True, story.person("office_head"), story.unit("civil1"),
    )  # fmt: skip


def test_a_dismissed_fault_leaves_no_fact(story, proposed):
    case = acts.decide_fault(story.actor("office_head"), proposed(), confirmed=False, reason="上级改动所致")
    assert case.state == FaultCase.State.DISMISSED and not faults(case.item).exists()


def test_who_proposes_does_not_decide(story, proposed):
    with pytest.raises(HengjianError, match="另一位"):
        acts.decide_fault(story.actor("office_head"), proposed("office_head"), confirmed=True, reason="x")


def test_a_withdrawn_decision_takes_the_fact_back(story, proposed):
    case = acts.decide_fault(story.actor("office_head"), proposed(), confirmed=True, reason="核对属实")
    acts.withdraw_fault(story.actor("office_head"), case, reason="复核不成立")
    assert not faults(case.item).exists()


def test_the_department_answers_its_own_fault_only(story, proposed):
    case = proposed()
    acts.reply_fault(story.actor("writer"), case, text="该数字为上级核定")
    case.refresh_from_db()
    assert case.reply == "该数字为上级核定"
    with pytest.raises(Denied):
        acts.reply_fault(story.actor("neighbour"), case, text="x")


def test_a_neighbour_does_not_see_the_case(story, proposed):
    case = proposed()
    assert case in visible_faults(story.actor("writer"))
    assert case not in visible_faults(story.actor("neighbour"))
    assert case not in visible_faults(story.actor("outsider"))


def test_an_error_never_sent_up_is_refused_with_the_article(proposed):
    with pytest.raises(HengjianError, match="报送上级") as caught:
        proposed(sent_up=False)
    assert caught.value.article == "26"


def test_a_department_that_never_touched_the_item_is_not_responsible(story, proposed):
    with pytest.raises(HengjianError, match="不能作为责任部门"):
        proposed(unit=story.unit("criminal"))


def test_the_revision_that_brought_an_error_in_is_found(story, received):
    item = received(body="收案120件。")
    Revision.objects.create(
        item=item,
        n=2,
        title=item.title,
        body="收案210件。",
        stage="编辑",
        made_by=story.person("editor"),
        made_at=story.at,
    )
    Revision.objects.create(
        item=item, n=3, title="改题", body="收案210件。", stage="印发稿", made_at=story.at
    )
    found = introduced_in(item, "210件")
    assert found is not None and (found.n, found.made_by) == (2, story.person("editor"))
    assert introduced_in(item, "没有的话") is None


def test_a_revision_is_borne_by_who_made_it(story, received, proposed):
    item = received()
    edited = Revision.objects.create(
        item=item, n=2, title=item.title, body="改过", stage="office", made_by=story.person("editor"),
        made_by_unit=story.unit("management"), made_at=story.at,
    )  # fmt: skip
    with pytest.raises(HengjianError, match="审管办改的"):
        proposed(item=item, revision=edited)
    assert proposed(item=item, revision=edited, unit=story.unit("management")).unit == story.unit(
        "management"
    )


def test_where_the_department_bears_everything_the_office_does_not(story, received, proposed):
    decide(
        story.actor("office_head"), story.installation, reading="E02", option="department",
        decided_by="院党组", document="纪要", effective_from=story.at.date(),
    )  # fmt: skip
    item = received()
    edited = Revision.objects.create(
        item=item, n=2, title=item.title, body="改过", stage="office", made_by=story.person("editor"),
        made_by_unit=story.unit("management"), made_at=story.at,
    )  # fmt: skip
    with pytest.raises(HengjianError, match="由报送部门承担"):
        proposed(item=item, revision=edited, unit=story.unit("management"))
    assert proposed(item=item, revision=edited).unit == item.unit
