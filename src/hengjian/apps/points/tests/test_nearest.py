"""What would have changed a number: for a late report, how much earlier it had to come."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.models import Fact, FaultCase, Item
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.conftest import Desk, local
from hengjian.apps.points.explain import card
from hengjian.apps.points.models import LedgerLine

pytestmark = pytest.mark.django_db


def late_item(desk: Desk, filed: str | None, category: str = "dynamic", **fields: object) -> Item:
    item = desk.item("civil1", category, occurred_at=local("2024-06-03T09:00"), **fields)
    if filed:
        desk.fact("submit", item, filed)
    return item


def found_late(desk: Desk, item: Item, clock: str = "") -> Fact:
    fact = desk.fact("late", item, "2024-06-06T09:00", unit="civil1")
    if clock:
        FaultCase.objects.create(
            installation=item.installation, item=item, unit=item.unit, kind="late", fact=fact, clock=clock,
            happened_at=fact.happened_at, description="迟报", proposed_at=fact.happened_at, state="confirmed",
        )  # fmt: skip
    return fact


def sentences(desk: Desk) -> list[str]:
    post_open(desk.editor(), desk.story.installation)
    return card(LedgerLine.objects.get(points__lt=0)).nearest


def test_a_late_report_says_how_much_earlier_and_by_which_limit(desk: Desk) -> None:
    found_late(desk, late_item(desk, "2024-06-06T11:20"))
    [text] = sentences(desk)
    assert "早报 1 天 2 小时，就不扣这 2 衡（期限 2024年6月5日 09:00，实际 2024年6月6日 11:20）。" in text


def test_the_finding_names_the_limit_when_several_were_missed(desk: Desk) -> None:
    item = late_item(desk, "2024-06-03T11:30", "major", subtype="emergency")
    found_late(desk, item, "duties/report-sensitive.first")
    [text] = sentences(desk)
    assert "早报 2 小时 15 分" in text and "期限 2024年6月3日 09:15" in text


def test_without_a_named_limit_nothing_is_guessed(desk: Desk) -> None:
    found_late(desk, late_item(desk, "2024-06-03T11:30", "major", subtype="emergency"))
    assert sentences(desk) == ["在时限内报送，就不扣这 2 衡。"]


def test_what_was_never_reported_names_the_limit_alone(desk: Desk) -> None:
    found_late(desk, late_item(desk, None))
    [text] = sentences(desk)
    assert "在 2024年6月5日 09:00 以前报送，就不扣这 2 衡。" in text


def test_a_day_ends_at_midnight(desk: Desk) -> None:
    item = late_item(desk, "2024-06-04T00:00", "major", subtype="influential_case")
    found_late(desk, item)
    [text] = sentences(desk)
    assert "早报 1 分钟" in text and "期限 2024年6月3日 24:00" in text
