"""The story fixture itself: each person holds the rights the role carries, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

from hengjian.apps.org.models import Absence, Unit
from hengjian.apps.org.roles import Right


def test_the_writer_acts_in_the_own_department_only(story):
    writer = story.actor("writer")
    assert writer.has(Right.ITEM_FILE, story.unit("civil1"))
    assert not writer.has(Right.ITEM_FILE, story.unit("criminal"))


def test_leaders_and_the_office_reach_every_department_of_the_court(story):
    inside = {story.unit(key).pk for key in ("civil1", "criminal", "tribunal", "court")}
    for key, right in [
        ("leader", Right.REVIEW_LEADER),
        ("president", Right.REVIEW_PRESIDENT),
        ("editor", Right.ITEM_EDIT),
        ("office_head", Right.FAULT_DECIDE),
        ("duty", Right.EMERGENCY_RECEIVE),
    ]:
        units = story.actor(key).units(right)
        assert inside <= units
        assert story.unit("other_court").pk not in units


def test_the_deputy_stands_in_only_while_the_head_is_away(story):
    assert not story.actor("deputy").grants
    away = {"starts_at": story.at, "ends_at": story.at + timedelta(days=1)}
    Absence.objects.create(person=story.person("head"), **away)
    later = story.at + timedelta(hours=1)
    (grant,) = story.actor("deputy", later).grants
    assert (grant.role, grant.substitute) == ("dept_head", True)


def test_a_disabled_user_holds_nothing(story):
    assert not story.actor("disabled").grants


def test_the_other_court_is_no_part_of_ours(story):
    below = Unit.objects.get(code="court").descendants(include_self=True)
    assert story.unit("other_court") not in below
    assert below.count() == 9
