"""Points are divided inside the department: entered, confirmed, signed; nobody edits behind another's back."""

from __future__ import annotations

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.shares import (
    Share,
    confirm_share,
    seen_token,
    set_shares,
    shares_of,
    sign_shares,
)
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError


@pytest.fixture
def shared(desk):
    """The writer two parts, the colleague one."""
    item = desk.draft()
    unit, people = item.unit, [desk.story.person("writer"), desk.story.person("staff")]
    desk.do(set_shares, "writer", item, unit=unit, shares=[Share(people[0], 2), Share(people[1], 1)])
    return item


def test_the_drafter_is_the_first_author(desk):
    item = desk.draft()
    assert [row.person for row in shares_of(item, item.unit)] == [desk.story.person("writer")]


def test_each_author_confirms_and_the_head_signs(shared, desk):
    desk.do(confirm_share, "writer", shared)
    desk.do(confirm_share, "staff", shared)
    rows = desk.do(sign_shares, "head", shared, unit=shared.unit)
    assert all(row.confirmed_at and row.signed_by == desk.story.person("head") for row in rows)


def test_a_change_asks_for_confirmations_and_signature_again(shared, desk):
    desk.do(confirm_share, "writer", shared)
    desk.do(confirm_share, "staff", shared)
    desk.do(sign_shares, "head", shared, unit=shared.unit)
    staff = desk.story.person("staff")
    rows = desk.do(set_shares, "head", shared, unit=shared.unit, shares=[Share(staff, 1)])
    assert [(r.confirmed_at, r.signed_at) for r in rows] == [(None, None)]
    last = Entry.objects.filter(action="bulletins.shares.set").first()
    assert "林知微 2 份、苏小满 1 份" in last.payload


def test_signing_without_a_confirmation_needs_a_reason(shared, desk):
    with pytest.raises(HengjianError, match="林知微、苏小满还没有确认"):
        desk.do(sign_shares, "head", shared, unit=shared.unit)
    assert desk.do(sign_shares, "head", shared, unit=shared.unit, reason="休产假")[0].signed_at


@pytest.mark.parametrize("who", ["staff", "neighbour", "editor", "leader", "outsider"])
def test_others_do_not_divide(shared, desk, who):
    with pytest.raises(Denied):
        desk.do(set_shares, who, shared, unit=shared.unit, shares=[Share(desk.story.person("staff"), 1)])


def test_the_liaison_does_not_sign_and_strangers_do_not_confirm(shared, desk):
    with pytest.raises(Denied):
        desk.do(sign_shares, "writer", shared, unit=shared.unit, reason="急")
    with pytest.raises(Denied):
        desk.do(confirm_share, "head", shared)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "至少填写一名"),
        ([("staff", 0)], "大于零"),
        ([("staff", 1), ("staff", 2)], "两次"),
        ([("neighbour", 1)], "不在民一庭"),
    ],
)
def test_impossible_shares_are_refused(shared, desk, rows, message):
    shares = [Share(desk.story.person(key), weight) for key, weight in rows]
    with pytest.raises(HengjianError, match=message):
        desk.do(set_shares, "writer", shared, unit=shared.unit, shares=shares)


def test_a_department_that_did_not_write_has_nothing_to_divide(shared, desk):
    neighbour = Share(desk.story.person("neighbour"), 1)
    with pytest.raises(HengjianError, match="不是这条信息"):
        desk.do(set_shares, "neighbour", shared, unit=desk.story.unit("criminal"), shares=[neighbour])


def test_a_partner_divides_its_own_part(desk):
    criminal = desk.story.unit("criminal")
    item = desk.draft(joint=True, partners=(criminal,), lead_unit=None)
    share = Share(desk.story.person("neighbour"), 1)
    desk.do(set_shares, "neighbour", item, unit=criminal, shares=[share])
    assert [row.unit.code for row in item.authorships.all()] == ["civil1", "criminal"]


def test_who_saw_older_shares_is_told_what_stands_now(shared, desk):
    old = seen_token(shares_of(shared, shared.unit))
    staff = Share(desk.story.person("staff"), 1)
    desk.do(set_shares, "head", shared, unit=shared.unit, shares=[staff])
    with pytest.raises(HengjianError, match="已改为：苏小满 1 份"):
        desk.do(confirm_share, "staff", shared, seen=old)
