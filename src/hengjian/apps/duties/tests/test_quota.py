from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.facts import record_fact, withdraw_fact
from hengjian.apps.bulletins.models import Fact, Item
from hengjian.apps.conftest import Story
from hengjian.apps.duties.acts.zero import sign_zero
from hengjian.apps.duties.models import ZeroReport
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db
Rows = Callable[..., dict[str, DutyRow]]
WEEKLY = "duties/weekly-item"


def key(story: Story, week: str = "2024W23") -> str:
    return f"quota:{story.installation.pk}:{WEEKLY}:{story.unit('civil1').pk}:{week}"


@pytest.fixture
def submitted(story: Story, draft: Callable[..., Item]) -> Callable[[datetime], Fact]:
    def at(moment: datetime) -> Fact:
        item = draft(moment)
        return record_fact(
            story.actor("writer", datetime(2024, 12, 31)),
            installation=story.installation,
            kind="submit",
            item=item,
            unit=item.unit,
            happened_at=to_instant(moment),
            client_key=uuid4().hex,
        )

    return at


def test_an_empty_week_stands_in_the_inbox_of_who_files(story: Story, rows: Rows) -> None:
    row = rows("writer")[key(story)]
    assert row.article == "23" and "第23周还差 1 篇" in row.title and row.state is Urgency.OPEN
    assert key(story) in rows("head")
    for other in ("staff", "neighbour", "editor", "president"):
        assert key(story) not in rows(other), other


@pytest.mark.parametrize(
    ("moment", "owed"),
    [
        (datetime(2024, 6, 2, 23, 59), True),
        (datetime(2024, 6, 3, 0, 0), False),
        (datetime(2024, 6, 9, 23, 59), False),
        (datetime(2024, 6, 10, 0, 0), True),
    ],
)
def test_a_week_runs_from_monday_to_the_end_of_sunday(
    story: Story, rows: Rows, submitted: Callable[[datetime], Fact], moment: datetime, owed: bool
) -> None:
    submitted(moment)
    look = rows("writer", datetime(2024, 6, 9, 23, 59, 30))
    assert (key(story) in look) is owed


def test_a_withdrawn_submission_leaves_the_week_empty_again(
    story: Story, rows: Rows, submitted: Callable[[datetime], Fact]
) -> None:
    fact = submitted(datetime(2024, 6, 4, 9))
    assert key(story) not in rows("writer")
    withdraw_fact(story.actor("editor"), fact, reason="退回", cause="returned")
    assert key(story) in rows("writer")


def test_the_last_two_days_are_near(story: Story, rows: Rows) -> None:
    assert rows("writer", datetime(2024, 6, 7, 23, 59))[key(story)].state is Urgency.OPEN
    assert rows("writer", datetime(2024, 6, 8, 0, 0))[key(story)].state is Urgency.SOON


def sign(story: Story, who: str = "writer", **changes: object) -> ZeroReport:
    values = {"unit": story.unit("civil1"), "clause": WEEKLY, "period": "2024W23"}
    return sign_zero(story.actor(who), installation=story.installation, **{**values, **changes})


def test_a_zero_report_takes_the_week_off_the_inbox_and_is_signed_once(story: Story, rows: Rows) -> None:
    assert sign(story) == sign(story, "head")
    assert key(story) not in rows("writer")
    assert ZeroReport.objects.get().signed_by == story.person("writer")


def test_only_who_files_for_the_department_signs(story: Story) -> None:
    for who in ("staff", "neighbour", "editor", "outsider"):
        with pytest.raises(Denied):
            sign(story, who)


@pytest.mark.parametrize("period", ["2024W21", "2024W24", "2024-06", "2024"])
def test_only_this_period_or_the_last_can_be_signed(story: Story, period: str) -> None:
    with pytest.raises(HengjianError, match="本期"):
        sign(story, period=period)


def test_the_last_period_can_still_be_signed(story: Story) -> None:
    assert sign(story, period="2024W22").period == "2024W22"


def test_a_department_that_reported_need_not_sign(
    story: Story, submitted: Callable[[datetime], Fact]
) -> None:
    submitted(datetime(2024, 6, 4, 9))
    with pytest.raises(HengjianError, match="已经报送过"):
        sign(story)


def test_a_clause_without_quota_knows_no_zero_report(story: Story) -> None:
    with pytest.raises(HengjianError, match="不需要零报告"):
        sign(story, clause="flows/general")
