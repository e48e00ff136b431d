"""The review of an item, from draft to the office, as the flow clauses say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hengjian.apps.bulletins import flows
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.submit import submit, take_way_out
from hengjian.apps.bulletins.acts.take_back import cancel, restore, withdraw
from hengjian.apps.bulletins.locking import Stale
from hengjian.apps.bulletins.models import Fact, Item, ReviewStep
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Denied
from hengjian.apps.org.models import Absence
from hengjian.base.errors import HengjianError


def standing(item):
    return Fact.objects.standing().filter(item=item, kind="submit")


def open_labels(item):
    return [s.label for s in item.steps.filter(state=ReviewStep.State.OPEN).order_by("position")]


def test_a_general_item_needs_the_department_head_alone(desk):
    item = desk.in_review()
    assert item.state == Item.State.IN_REVIEW
    assert open_labels(item) == ["部门领导审核"]
    item = desk.do(approve, "head", item)
    assert (item.state, item.number) == (Item.State.FILED, "2024-0001")
    assert open_labels(item) == ["签收"]


def test_filing_writes_the_fact_that_stops_the_clocks_at_the_moment_of_filing(desk):
    item = desk.filed()
    fact = standing(item).get()
    assert (fact.happened_at, fact.unit, fact.revision.n) == (item.filed_at, desk.story.unit("civil1"), 1)


def test_an_important_item_needs_the_leader_too_and_is_laid_before_the_president(desk):
    item = desk.do(submit, "writer", desk.important())
    item = desk.do(approve, "head", item)
    assert (item.state, open_labels(item)) == (Item.State.IN_REVIEW, ["主管院领导审核"])
    item = desk.do(approve, "leader", item)
    assert item.state == Item.State.FILED
    assert open_labels(item) == ["呈送院主要领导", "签收"]
    item = desk.do(approve, "president", item)
    assert item.state == Item.State.FILED
    assert open_labels(item) == ["签收"]


def test_a_higher_officer_may_sign_instead_and_signs_once(desk):
    item = desk.do(submit, "writer", desk.important())
    item = desk.do(approve, "leader", item)
    assert item.state == Item.State.FILED
    signed = list(item.steps.filter(state="approved").values_list("label", "decided_as"))
    assert signed == [("部门领导审核", "分管副院长（代签）"), ("主管院领导审核", "分管副院长")]


@pytest.mark.parametrize("who", ["writer", "staff", "neighbour_head", "editor", "outsider", "deputy"])
def test_nobody_else_may_sign(desk, who):
    item = desk.in_review()
    with pytest.raises(Denied):
        desk.do(approve, who, item)
    item.refresh_from_db()
    assert item.state == Item.State.IN_REVIEW


def test_the_head_may_not_sign_for_the_leader(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    with pytest.raises(Denied, match="分管院领导"):
        desk.do(approve, "head", item)


def test_the_deputy_signs_as_substitute_while_the_head_is_away(desk):
    item = desk.in_review()
    Absence.objects.create(
        person=desk.story.person("head"), starts_at=desk.clock, ends_at=desk.clock + timedelta(days=1)
    )
    item = desk.do(approve, "deputy", item)
    assert item.steps.get(key="dept_head").decided_as == "庭长（替）"


@pytest.mark.parametrize("who", ["staff", "neighbour", "outsider", "editor", "disabled", "sysadmin"])
def test_only_the_departments_liaison_or_head_files(desk, who):
    item = desk.draft()
    with pytest.raises(Denied):
        desk.do(submit, who, item)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"body": " "}, "正文"),
        ({"category": "dynamic"}, "发生时间"),
        ({"category": "major"}, "子类"),
    ],
)
def test_an_incomplete_item_stays_with_the_department(desk, changes, missing):
    with pytest.raises(HengjianError, match=missing):
        desk.do(submit, "writer", desk.draft(**changes))


def test_a_grade_the_outlet_may_not_carry_is_refused(desk):
    with pytest.raises(HengjianError, match="不得刊登知悉范围为“敏感”"):
        desk.do(submit, "writer", desk.draft(grade="sensitive"))


def test_send_back_gives_the_reason_and_a_new_round_follows(desk):
    item = desk.do(send_back, "head", desk.in_review(), opinion="数字请核实", reasons=["facts"])
    assert item.state == Item.State.RETURNED
    assert not standing(item)
    item = desk.do(submit, "writer", item)
    assert item.steps.filter(state="open").get().round == 2


@pytest.mark.parametrize(("reasons", "opinion"), [([], " "), (["nonsense"], "请改")])
def test_send_back_without_a_reason_of_the_list_is_refused(desk, reasons, opinion):
    with pytest.raises(HengjianError, match="理由"):
        desk.do(send_back, "head", desk.in_review(), opinion=opinion, reasons=reasons)


def test_the_office_receives_and_grades_the_writing(desk):
    item = desk.do(receive, "editor", desk.filed(), marks={"concise": "weak"})
    assert (item.state, item.received_at) == (Item.State.RECEIVED, desk.clock)
    assert item.steps.get(key=flows.OFFICE).marks == {"concise": "weak"}


def test_a_return_takes_the_item_from_the_count_and_a_new_filing_brings_it_back(desk):
    item = desk.do(return_item, "editor", desk.received(), reasons=["wordy"], opinion="")
    assert item.state == Item.State.RETURNED
    assert not standing(item)
    item = desk.do(approve, "head", desk.do(submit, "writer", item))
    assert item.number == "2024-0001"
    assert standing(item).get().happened_at == desk.clock


def test_an_item_others_built_on_cannot_be_returned_or_cancelled(desk):
    item = desk.received()
    Fact.objects.create(
        installation=item.installation,
        kind="adopt",
        value="bulletin",
        item=item,
        happened_at=desk.clock,
        recorded_at=desk.clock,
        client_key="adopt",
    )
    with pytest.raises(HengjianError, match="采用"):
        desk.do(return_item, "editor", item, reasons=["wordy"])


@pytest.mark.parametrize("who", ["writer", "head", "leader", "neighbour", "duty"])
def test_only_the_office_receives(desk, who):
    with pytest.raises(Denied):
        desk.do(receive, who, desk.filed())


def test_the_exception_skips_review_with_a_reason_and_tells_the_head(desk):
    item = desk.do(submit, "writer", desk.draft(), way_out="direct", reason="庭长外出，线索紧急")
    assert item.state == Item.State.FILED
    assert item.approval_waived == "庭长外出，线索紧急"
    assert item.steps.get(key="dept_head").state == ReviewStep.State.WAIVED
    assert OutgoingMail.objects.filter(person=desk.story.person("head"), key__startswith="way-out").exists()


def test_the_exception_asks_a_reason_and_the_right_post(desk):
    with pytest.raises(HengjianError, match="理由"):
        desk.do(submit, "writer", desk.draft(), way_out="direct", reason=" ")
    with pytest.raises(Denied):
        desk.do(submit, "head", desk.draft(), way_out="direct", reason="急")
    with pytest.raises(HengjianError, match="例外"):
        desk.do(submit, "writer", desk.draft(), way_out="nonsense", reason="急")


def test_the_head_takes_the_way_round_an_absent_leader(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    item = desk.do(take_way_out, "head", item, way_out="without_leader", reason="分管领导出差")
    assert item.state == Item.State.FILED
    assert open_labels(item) == ["呈送院主要领导", "签收"]


def test_numbers_run_by_year_and_installation(desk):
    assert [desk.filed().number for _ in range(3)] == ["2024-0001", "2024-0002", "2024-0003"]


def test_withdrawing_from_review_voids_the_signatures(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    item = desk.do(withdraw, "writer", item, reason="补充数据")
    assert item.state == Item.State.DRAFT
    assert set(item.steps.values_list("state", flat=True)) == {ReviewStep.State.VOID}


def test_a_cancelled_item_leaves_the_count_and_can_come_back_as_a_draft(desk):
    item = desk.do(cancel, "writer", desk.filed(), reason="情况有变")
    assert not standing(item)
    assert desk.do(restore, "writer", item).state == Item.State.DRAFT


def test_a_received_item_is_no_longer_the_departments_to_cancel(desk):
    with pytest.raises(HengjianError, match="已签收"):
        desk.do(cancel, "writer", desk.received(), reason="情况有变")


def test_a_stale_decision_says_who_did_what_meanwhile(desk):
    item = desk.in_review()
    seen = item.version
    desk.do(approve, "head", item, version=seen)
    with pytest.raises(Stale, match=r"周以衡.*审核同意.*已报送"):
        desk.do(send_back, "leader", item, version=seen, opinion="请改")
