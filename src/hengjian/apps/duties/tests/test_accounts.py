from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from hengjian.apps.approvals.models import Course
from hengjian.apps.bulletins.models import Authorship, Edition, FaultCase, Item
from hengjian.apps.conftest import Story
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.points.models import AccountPeriod, Appeal, Notice
from hengjian.base.times import start_of_day, to_instant, to_local

pytestmark = pytest.mark.django_db
Rows = Callable[..., dict[str, DutyRow]]


def of_kind(found: dict[str, DutyRow], kind: str) -> list[DutyRow]:
    return [row for row in found.values() if row.kind == kind]


@pytest.fixture
def written(story: Story, draft: Callable[..., Item]) -> Item:
    """An item filed by two authors of 民一庭."""
    item = draft(story.at)
    Item.objects.filter(pk=item.pk).update(state=Item.State.FILED, filed_at=story.at)
    for who in ("writer", "staff"):
        Authorship.objects.update_or_create(
            item=item, person=story.person(who), defaults={"unit": story.unit("civil1")}
        )
    return item


def test_each_author_confirms_then_the_head_signs(story: Story, rows: Rows, written: Item) -> None:
    assert of_kind(rows("staff"), "份额确认") and of_kind(rows("writer"), "份额确认")
    assert not of_kind(rows("head"), "份额审定")
    written.authorships.update(confirmed_at=story.at)
    assert not of_kind(rows("staff"), "份额确认")
    assert of_kind(rows("head"), "份额审定") and not of_kind(rows("neighbour_head"), "份额审定")
    written.authorships.update(signed_at=story.at)
    assert not of_kind(rows("head"), "份额审定")


def test_a_single_author_has_nothing_to_confirm(story: Story, rows: Rows, written: Item) -> None:
    written.authorships.exclude(person=story.person("writer")).delete()
    assert not of_kind(rows("writer"), "份额确认")


def test_a_partner_names_its_own_authors(story: Story, rows: Rows, written: Item) -> None:
    assert not of_kind(rows("neighbour"), "份额填报")
    written.partners.create(unit=story.unit("criminal"))
    (row,) = of_kind(rows("neighbour"), "份额填报")
    assert row.url.endswith(f"/items/{written.pk}/shares/{story.unit('criminal').pk}/")
    assert not of_kind(rows("writer"), "份额填报"), "the department that filed it has its authors already"
    Authorship.objects.create(
        item=written, person=story.person("neighbour"), unit=story.unit("criminal"), weight=1
    )
    assert not of_kind(rows("neighbour"), "份额填报")


@pytest.fixture
def notice(story: Story) -> Notice:
    period = AccountPeriod.objects.create(installation=story.installation, key="2024-05")
    return Notice.objects.create(
        period=period, clause="longkou/notices/monthly", title="五月通报", prepared_at=story.at
    )


def test_last_months_notice_is_owed_until_the_end_of_this_month(story: Story, rows: Rows) -> None:
    (row,) = [row for row in of_kind(rows("editor"), "通报拟稿") if "2024年5月" in row.title]
    assert row.due_at == datetime(2024, 7, 1) and row.state is Urgency.OPEN
    assert not of_kind(rows("president"), "通报拟稿")


def test_what_ended_before_the_product_was_installed_is_not_owed(story: Story, rows: Rows) -> None:
    story.installation.installed_at = to_instant(datetime(2024, 6, 1))
    story.installation.save()
    assert not of_kind(rows("editor"), "通报拟稿")


@pytest.mark.parametrize(
    ("state", "editor", "president"),
    [
        ("draft", "通报拟稿", ""),
        ("submitted", "", "审批"),
        ("returned", "通报拟稿", ""),
        ("published", "", ""),
    ],
)
def test_a_notice_waits_for_who_is_next(
    story: Story, rows: Rows, notice: Notice, state: str, editor: str, president: str
) -> None:
    Notice.objects.update(state=state)
    under_way = state == "submitted"
    course = Course.objects.create(
        subject=notice, installation=story.installation, clause="longkou/flows/notice", title=notice.title,
        url=f"/points/notices/{notice.pk}/", unit=story.unit("management"), begun_at=story.at,
        state=Course.State.OPEN if under_way else Course.State.DONE,
    )  # fmt: skip
    course.steps.create(
        position=1, key="president", label="主要领导签发", role="president", unit=course.unit,
        state="open" if under_way else "approved",
    )  # fmt: skip
    for who, kind in (("editor", editor), ("president", president)):
        found = [row for row in rows(who).values() if row.title == "五月通报"]
        assert [row.kind for row in found] == ([kind] if kind else []), who
        assert all(row.article == "27" for row in found), "a notice is owed under the article that orders it"
    assert not [row for row in rows("writer").values() if row.title == "五月通报"]


def test_an_appeal_waits_for_who_decides(story: Story, rows: Rows, notice: Notice) -> None:
    Appeal.objects.create(
        notice=notice, unit=story.unit("civil1"), text="漏计一篇。", filed_at=story.at, client_key="a"
    )
    (row,) = of_kind(rows("office_head"), "申诉处理")
    assert row.article == "27"
    allowed = timedelta(days=settings.APPEAL_DECISION_DAYS + 1)
    assert row.due_at == start_of_day(to_local(story.at).date() + allowed), (
        "to the end of the day the pages name"
    )
    for who in ("writer", "head", "editor"):
        assert not of_kind(rows(who), "申诉处理"), who


def test_a_fault_is_answered_by_the_department_and_decided_by_the_office(
    story: Story, rows: Rows, written: Item
) -> None:
    case = FaultCase.objects.create(
        installation=story.installation,
        item=written,
        unit=story.unit("civil1"),
        kind="error",
        happened_at=story.at,
        description="金额写错。",
        proposed_at=story.at,
    )
    assert of_kind(rows("head"), "差错申辩") and of_kind(rows("office_head"), "差错认定")
    assert not of_kind(rows("neighbour_head"), "差错申辩") and not of_kind(rows("editor"), "差错认定")
    case.replied_at = story.at
    case.save()
    assert not of_kind(rows("head"), "差错申辩")
    assert "已申辩" in of_kind(rows("office_head"), "差错认定")[0].next_step


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2024, 6, 7, 12), Urgency.OPEN),
        (datetime(2024, 6, 9, 0, 0), Urgency.SOON),
        (datetime(2024, 6, 9, 23, 59), Urgency.SOON),
        (datetime(2024, 6, 10, 0, 0), Urgency.OVERDUE),
    ],
)
def test_an_edition_is_due_at_the_end_of_its_day(
    story: Story, rows: Rows, now: datetime, state: Urgency
) -> None:
    Edition.objects.create(
        installation=story.installation,
        series="weekly",
        outlet="general",
        period="2024W23",
        year=2024,
        title="简报",
        due_on=datetime(2024, 6, 9),
    )
    (row,) = of_kind(rows("editor", now), "刊物编发")
    assert row.state is state and row.article == "21"
    assert not of_kind(rows("head", now), "刊物编发")
