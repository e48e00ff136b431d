"""A decision can be taken back by who made it, while nothing later happened, with a trace."""

from __future__ import annotations

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.acts.undo import undo
from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

S = Item.State


def standing(item):
    return Fact.objects.standing().filter(item=item, kind="submit")


def open_labels(item):
    return [s.label for s in item.steps.filter(state="open").order_by("position")]


def test_an_approval_that_filed_is_undone_and_can_be_given_again(desk):
    item = desk.do(undo, "head", desk.filed())
    assert (item.state, item.filed_at, open_labels(item)) == (S.IN_REVIEW, None, ["部门领导审核"])
    assert not standing(item)
    item = desk.do(approve, "head", item)
    assert (item.state, item.number) == (S.FILED, "2024-0001")
    assert standing(item).get().happened_at == desk.clock


def test_a_first_approval_is_undone_and_the_next_step_waits_again(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    item = desk.do(undo, "head", item)
    assert (item.state, open_labels(item)) == (S.IN_REVIEW, ["部门领导审核"])


def test_a_signature_for_two_steps_is_undone_as_one(desk):
    item = desk.do(approve, "leader", desk.do(submit, "writer", desk.important()))
    item = desk.do(undo, "leader", item)
    assert (item.state, open_labels(item)) == (S.IN_REVIEW, ["部门领导审核"])
    assert set(item.steps.filter(round=1).values_list("state", flat=True)) == {"open", "waiting", "void"}


def test_a_reviewers_return_is_undone(desk):
    item = desk.do(send_back, "head", desk.do(submit, "writer", desk.important()), opinion="请改")
    item = desk.do(undo, "head", item)
    assert (item.state, open_labels(item)) == (S.IN_REVIEW, ["部门领导审核"])
    item = desk.do(approve, "head", item)
    assert open_labels(item) == ["主管院领导审核"]


def test_a_receipt_is_undone(desk):
    item = desk.do(undo, "editor", desk.received())
    assert (item.state, item.received_at, open_labels(item)) == (S.FILED, None, ["签收"])


@pytest.mark.parametrize(("start", "state"), [("filed", S.FILED), ("received", S.RECEIVED)])
def test_the_offices_return_is_undone_and_the_first_filing_counts_again(desk, start, state):
    item = getattr(desk, start)()
    filed_at, received_at = item.filed_at, item.received_at
    item = desk.do(return_item, "editor", item, reasons=["wordy"])
    item = desk.do(undo, "editor", item)
    assert (item.state, item.received_at) == (state, received_at)
    assert standing(item).get().happened_at == filed_at
    assert open_labels(item) == (["签收"] if state == S.FILED else [])
    assert desk.do(return_item, "editor", item, reasons=["wordy"]).state == S.RETURNED


def test_only_the_person_who_decided_may_undo(desk):
    with pytest.raises(Denied, match="作出决定的人"):
        desk.do(undo, "leader", desk.filed())


def test_nothing_is_undone_once_something_followed(desk):
    item = desk.do(receive, "editor", desk.filed())
    with pytest.raises(Denied):
        desk.do(undo, "head", item)
    item = desk.do(undo, "editor", item)
    with pytest.raises(HengjianError, match="已经有别的办理"):
        desk.do(undo, "editor", item)


def test_decision_and_undoing_both_stay_in_the_log(desk):
    item = desk.do(undo, "head", desk.filed(), reason="点错了")
    actions = Entry.objects.filter(object_id=str(item.pk), object_type="bulletins.item").order_by("n")
    assert list(actions.values_list("action", flat=True))[-2:] == [
        "bulletins.item.approve",
        "bulletins.item.undo",
    ]
    assert "点错了" in actions.last().payload
