from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.org.access import reloaded

pytestmark = pytest.mark.django_db
Rows = Callable[..., dict[str, DutyRow]]
AT = datetime(2024, 6, 5, 10)


def kinds(rows: dict[str, DutyRow]) -> set[str]:
    return {row.kind for row in rows.values()}


def test_an_item_in_review_waits_for_the_head_and_nobody_else(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    submit(story.actor("writer", AT), draft(AT))
    assert "待审" in kinds(rows("head"))
    for other in ("writer", "neighbour_head", "president", "editor", "outsider", "auditor"):
        assert "待审" not in kinds(rows(other)), other


def test_the_row_names_the_article_and_what_happens_next(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    submit(story.actor("writer", AT), draft(AT))
    row = next(row for row in rows("head").values() if row.kind == "待审")
    assert row.article == "18" and row.clause == "longkou/flows/general"
    assert "同意或退回" in row.next_step and row.unit == "民一庭"


def test_an_approved_item_moves_on_to_the_office(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    item = draft(AT)
    submit(story.actor("writer", AT), item)
    item.refresh_from_db()
    approve(story.actor("head", AT), item)
    assert "待审" not in kinds(rows("head"))
    assert "待签收" in kinds(rows("editor")) and "待签收" in kinds(rows("office_head"))


def test_a_returned_item_comes_back_to_its_department(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    item = draft(AT)
    submit(story.actor("writer", AT), item)
    item.refresh_from_db()
    send_back(story.actor("head", AT), item, opinion="请补充数据来源。", reasons=[])
    assert "退回修改" in kinds(rows("writer"))
    assert "退回修改" not in kinds(rows("neighbour"))


@pytest.mark.parametrize(("days", "asked"), [(6, False), (7, True), (90, True)])
def test_a_draft_left_lying_is_asked_about_by_who_began_it(
    rows: Rows, draft: Callable[..., Item], days: int, asked: bool
) -> None:
    item = draft(AT - timedelta(days=days))
    assert (f"aside:{item.pk}:{item.version}" in rows("writer", AT)) is asked
    for other in ("head", "neighbour", "editor"):
        assert "搁置草稿" not in kinds(rows(other, AT)), other


def test_a_draft_that_was_sent_or_has_a_clock_is_not_called_left_lying(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    submit(story.actor("writer", AT), draft(AT - timedelta(days=9)))
    draft(
        AT - timedelta(days=9),
        category="dynamic",
        occurred_at=(AT - timedelta(days=9)).replace(tzinfo=_zone()),
    )
    assert "搁置草稿" not in kinds(rows("writer", AT))


@pytest.mark.parametrize(
    ("hours", "state"), [(30, Urgency.OPEN), (36, Urgency.SOON), (48, Urgency.SOON), (49, Urgency.OVERDUE)]
)
def test_a_running_clock_turns_near_and_then_overdue(
    rows: Rows, draft: Callable[..., Item], hours: int, state: Urgency
) -> None:
    occurred = AT - timedelta(hours=hours)
    item = draft(AT, category="dynamic", occurred_at=occurred.replace(tzinfo=_zone()))
    row = rows("writer")[f"clock:{item.pk}:duties/report-dynamic:report"]
    assert row.state is state and row.article == "14"
    assert row.due_at == occurred + timedelta(hours=48)


def test_the_clock_stops_when_the_item_is_filed(story: Story, rows: Rows, draft: Callable[..., Item]) -> None:
    item = draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=40))
    submit(story.actor("writer", AT), item)
    item.refresh_from_db()
    approve(story.actor("head", AT), item)
    assert not [key for key in rows("writer") if key.startswith("clock:")]


def test_a_signature_shows_the_limit_that_runs_meanwhile(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    submit(
        story.actor("writer", AT), draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=47))
    )
    row = next(row for row in rows("head").values() if row.kind == "待审")
    assert row.state is Urgency.SOON and "还剩 1 小时" in row.remaining


def test_a_late_item_stands_once_before_who_must_sign_it(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    item = draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=50))
    assert [row.kind for row in rows("head").values() if item.title in row.title] == ["限时报告"]
    submit(story.actor("writer", AT), item)
    mine = [row for row in rows("head").values() if item.title in row.title]
    assert [(row.kind, row.state) for row in mine] == [("待审", Urgency.OVERDUE)]
    theirs = [row for row in rows("writer").values() if item.title in row.title]
    assert [(row.kind, row.state) for row in theirs] == [("限时报告", Urgency.OVERDUE)]


def test_a_draft_of_another_department_is_nobody_elses_duty(
    story: Story, rows: Rows, draft: Callable[..., Item]
) -> None:
    draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=50))
    for other in ("neighbour", "editor", "president", "outsider"):
        assert not [row for row in rows(other).values() if "诉前" in row.title], other


def test_somebody_without_a_post_owes_nothing(story: Story) -> None:
    story.person("staff").appointments.all().delete()
    assert rows_for(story.actor("staff")) == []


def test_the_most_urgent_comes_first(story: Story, draft: Callable[..., Item]) -> None:
    draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=60))
    found = [row.state for row in rows_for(story.actor("writer"))]
    assert found == sorted(found, key=list(Urgency).index) and found[0] is Urgency.OVERDUE


def test_the_number_of_queries_does_not_grow_with_the_items(story: Story, draft: Callable[..., Item]) -> None:
    def queries() -> dict[str, int]:
        counted = {}
        for key in ("head", "writer", "editor", "president"):
            actor = reloaded(story.actor(key))  # what a request keeps is asked again
            with CaptureQueriesContext(
                connection,
            ) as captured:
                rows_for(actor)
            counted[key] = len(captured)
        return counted

    def work(number: int) -> None:
        for _ in range(number):
            draft(AT, category="dynamic", occurred_at=story.at - timedelta(hours=60))
            submit(story.actor("writer", AT), draft(AT, category="dynamic", occurred_at=story.at))
            item = draft(AT)
            submit(story.actor("writer", AT), item)
            item.refresh_from_db()
            approve(story.actor("head", AT), item)

    work(1)
    before = queries()
    work(4)
    assert queries() == before
    assert max(before.values()) <= 40


def _zone() -> object:
    from hengjian.base.times import SHANGHAI

    return SHANGHAI
