"""Trying other values and readings, and what an item would earn, write nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hengjian.apps.points.conftest import Desk
from hengjian.apps.points.models import LedgerLine, Posting
from hengjian.apps.points.queries import projected_points
from hengjian.apps.points.whatif import Draft, Outcome, what_if
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period

pytestmark = pytest.mark.django_db
JUNE = Period.parse("2024-06")


def tried(
    desk: Desk, values: dict[str, str] | None = None, readings: dict[str, str] | None = None
) -> Outcome:
    draft = Draft({k: Decimal(v) for k, v in (values or {}).items()}, readings or {})
    return what_if(desk.story.installation, draft, JUNE, JUNE, desk.editor().at)


@pytest.fixture
def june(desk: Desk) -> Desk:
    item = desk.item("civil1")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("adopt", item, "2024-06-06T09:00", "city", publication="市委信息")
    desk.fact("adopt", item, "2024-06-07T09:00", "city", publication="中院信息")
    desk.fact("adopt", desk.item("criminal", "dynamic"), "2024-06-05T09:00", "bulletin")
    return desk


def test_a_changed_value_shows_who_gains_and_who_changes_place(june: Desk) -> None:
    outcome = tried(june, {"bulletin.dynamic": "9"})
    gains = {c.unit.code: (c.before, c.after, c.place_before, c.place_after) for c in outcome.winners}
    assert gains == {"criminal": (2, 9, 2, 1)} and outcome.losers == []
    assert next(c for c in outcome.changes if c.unit.code == "civil1").moved == -1


def test_a_switched_reading_changes_the_result(june: Desk) -> None:
    outcome = tried(june, readings={"R07": "per_publication"})
    assert [(c.unit.code, c.gain) for c in outcome.winners] == [("civil1", Decimal(1))]


def test_nothing_is_written(june: Desk) -> None:
    tried(june, {"bulletin.dynamic": "9"}, {"R07": "per_publication"})
    projected_points(june.item("civil2"), june.editor().at)
    assert not LedgerLine.objects.exists() and not Posting.objects.exists()


@pytest.mark.parametrize(
    ("values", "readings"), [({"nonsense": "1"}, {}), ({}, {"R99": "x"}), ({}, {"R07": "x"})]
)
def test_unknown_names_are_refused(june: Desk, values: dict[str, str], readings: dict[str, str]) -> None:
    with pytest.raises(HengjianError):
        tried(june, values, readings)


def test_an_item_is_projected_for_each_tier(desk: Desk) -> None:
    item = desk.item("civil1", "problem")
    desk.fact("submit", item, "2024-06-03T09:00")
    found = {p.tier: p.points for p in projected_points(item, desk.editor().at)}
    assert found == {"bulletin": 5, "city": 1, "province": 3, "central": 5}


def test_what_an_item_has_already_is_not_projected_again(desk: Desk) -> None:
    item = desk.item("civil1", "problem")
    desk.fact("adopt", item, "2024-05-03T09:00", "bulletin")
    found = {p.tier: p.points for p in projected_points(item, desk.editor().at)}
    assert found["bulletin"] == 0 and found["province"] == 3


def test_a_joint_item_is_projected_for_each_department(desk: Desk) -> None:
    item = desk.joint(["civil1", "criminal"], "civil1")
    bulletin = projected_points(item, desk.editor().at)[0]
    assert dict(bulletin.by_unit) == {desk.story.unit("civil1").pk: 5, desk.story.unit("criminal").pk: 1}
