"""Changed texts and types: who may, which signatures fall, which stay."""

from __future__ import annotations

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.amend import amend
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.edit import edit
from hengjian.apps.bulletins.acts.retype import retype
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.acts.take_back import withdraw
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError


def open_labels(item):
    return [s.label for s in item.steps.filter(state="open").order_by("position")]


def test_a_reviewers_change_is_a_revision_under_the_reviewers_name(desk):
    item = desk.do(amend, "head", desk.in_review(), title="新题", body="新文。", note="压缩")
    last = item.revisions.last()
    assert (last.n, last.stage, last.made_by, last.note) == (2, "review", desk.story.person("head"), "压缩")
    item = desk.do(approve, "head", item)
    assert item.steps.get(key="dept_head").revision == last


def test_the_leaders_change_keeps_the_heads_signature_for_the_leader_stands_above(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    item = desk.do(amend, "leader", item, title="新题", body="新文。")
    assert open_labels(item) == ["主管院领导审核"]


def test_the_departments_own_change_asks_for_all_signatures_again(desk):
    item = desk.do(approve, "head", desk.do(submit, "writer", desk.important()))
    item = desk.do(withdraw, "writer", item)
    values = desk.values(category="major", subtype="influential_case", occurred_at=desk.clock, body="改了。")
    item = desk.do(submit, "writer", desk.do(edit, "writer", item, draft=values))
    assert open_labels(item) == ["部门领导审核"]
    assert item.revisions.count() == 2


def test_the_office_edits_with_a_trace_and_asks_again_only_for_substance(desk):
    item = desk.received()
    item = desk.do(amend, "editor", item, title=item.title, body="编辑后的文字。")
    assert open_labels(item) == []
    item = desk.do(amend, "editor", item, title=item.title, body="改了数字。", ask_again=True)
    assert open_labels(item) == ["部门领导审核"]
    assert item.state == Item.State.RECEIVED
    item = desk.do(approve, "head", item)
    assert (item.state, open_labels(item)) == (Item.State.RECEIVED, [])


def test_the_head_who_disagrees_with_the_offices_change_sends_it_back(desk):
    item = desk.received()
    item = desk.do(amend, "editor", item, title=item.title, body="改错了。", ask_again=True)
    item = desk.do(send_back, "head", item, opinion="数字不对")
    assert item.state == Item.State.RETURNED
    assert not item.facts.standing().filter(kind="submit").exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [({"title": "", "body": "文"}, "不能为空"), ({"title": "题", "body": " "}, "不能为空")],
)
def test_an_empty_change_is_refused(desk, values, message):
    with pytest.raises(HengjianError, match=message):
        desk.do(amend, "head", desk.in_review(), **values)


def test_no_change_is_no_revision(desk):
    item = desk.in_review()
    with pytest.raises(HengjianError, match="没有改动"):
        desk.do(amend, "head", item, title=item.title, body=item.body)


@pytest.mark.parametrize("who", ["writer", "neighbour_head", "editor"])
def test_only_whose_turn_it_is_changes_a_text_under_review(desk, who):
    with pytest.raises(Denied):
        desk.do(amend, who, desk.in_review(), title="新题", body="新文。")


def test_the_type_is_changed_with_a_reason_and_a_trace(desk):
    item = desk.do(retype, "editor", desk.received(), category="problem", reason="实为问题建议")
    assert (item.category, item.outlet) == ("problem", "general")
    entry = Entry.objects.filter(action="bulletins.item.retype").first()
    assert '"experience"' in entry.payload
    assert '"problem"' in entry.payload


def test_an_ordinary_item_found_important_keeps_the_heads_signature(desk):
    item = desk.do(approve, "head", desk.in_review())
    item = desk.do(retype, "editor", item, category="experience", importance="important", reason="涉及全局")
    assert item.state == Item.State.FILED
    assert open_labels(item) == ["主管院领导审核", "签收"]
    item = desk.do(approve, "leader", item)
    assert open_labels(item) == ["签收", "呈送院主要领导"]


def test_a_reviewer_raises_the_importance_before_signing(desk):
    item = desk.do(
        retype, "head", desk.in_review(), category="experience", importance="important", reason="要紧"
    )
    item = desk.do(approve, "head", item)
    assert (item.state, open_labels(item)) == (Item.State.IN_REVIEW, ["主管院领导审核"])


def test_a_major_case_takes_the_outlet_and_importance_of_its_type(desk):
    item = desk.do(
        retype, "writer", desk.draft(), category="major", subtype="influential_case", reason="全市关注"
    )
    assert (item.outlet, item.importance) == ("special", "important")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"category": "nonsense"}, "词"),
        ({"category": "major"}, "子类"),
        ({"category": "problem", "subtype": "disaster"}, "不属于"),
        ({"category": "experience"}, "没有改动"),
        ({"category": "problem", "reason": " "}, "理由"),
    ],
)
def test_an_impossible_type_is_refused(desk, values, message):
    with pytest.raises(HengjianError, match=message):
        desk.do(retype, "editor", desk.filed(), **{"reason": "改", **values})


def test_importance_never_falls(desk):
    item = desk.do(approve, "leader", desk.do(submit, "writer", desk.important()))
    with pytest.raises(HengjianError, match="不可以降低"):
        desk.do(retype, "editor", item, category="problem", importance="general", reason="降级")


@pytest.mark.parametrize("who", ["writer", "head", "leader", "neighbour"])
def test_after_filing_only_the_office_changes_the_type(desk, who):
    with pytest.raises(Denied):
        desk.do(retype, who, desk.filed(), category="problem", reason="改")
