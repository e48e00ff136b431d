from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story
from hengjian.apps.duties.jobs import JOBS, remind, remind_emergencies
from hengjian.apps.duties.reminders import letters_of
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.base.times import to_instant

pytestmark = pytest.mark.django_db


def run(local: datetime) -> int:
    return remind(to_instant(local))


def subjects(story: Story, who: str) -> list[str]:
    return [mail.subject for mail in OutgoingMail.objects.filter(person=story.person(who)).order_by("pk")]


def test_one_letter_on_a_working_morning_with_all_that_presses(
    story: Story, draft: Callable[..., Item]
) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 1, 9)))
    run(datetime(2024, 6, 5, 8, 30))
    assert [s for s in subjects(story, "writer") if s.startswith("今日应办")] == ["今日应办：已逾期1件"]
    body = OutgoingMail.objects.get(key__startswith="digest", person=story.person("writer")).body
    assert "第十四条" in body and "下一步" in body and "另有2件待办" in body


def test_running_again_sends_nothing_twice(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 1, 9)))
    assert run(datetime(2024, 6, 5, 8, 30)) > 0
    assert run(datetime(2024, 6, 5, 8, 40)) == 0
    assert run(datetime(2024, 6, 5, 11, 59)) == 0
    assert Entry.objects.filter(action="duties.remind").count() == 1


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2024, 6, 5, 8, 29),
        datetime(2024, 6, 5, 12, 30),
        datetime(2024, 6, 5, 22, 0),
        datetime(2024, 6, 8, 8, 30),
        datetime(2024, 6, 10, 8, 30),
    ],
    ids=["before the time", "too late in the day", "night", "saturday", "dragon boat festival"],
)
def test_no_daily_letter_at_other_times(story: Story, moment: datetime) -> None:
    run(moment)
    assert not OutgoingMail.objects.filter(key__startswith="digest").exists()


def test_nobody_gets_a_letter_about_nothing(story: Story) -> None:
    run(datetime(2024, 5, 7, 8, 30))
    assert subjects(story, "writer") == [] and subjects(story, "auditor") == []


def test_a_limit_before_the_next_morning_is_told_at_once(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 3, 19)))
    run(datetime(2024, 6, 5, 16, 59))
    assert subjects(story, "writer") == []
    run(datetime(2024, 6, 5, 17, 0))
    assert len(subjects(story, "writer")) == 1 and subjects(story, "writer")[0].startswith("即将到期：报送")


def told(story: Story, who: str, day: datetime) -> str:
    OutgoingMail.objects.all().delete()
    run(day)
    return "".join(
        mail.body for mail in OutgoingMail.objects.filter(person=story.person(who), key__startswith="digest")
    )


def test_a_vacancy_is_told_once_a_week_on_its_first_working_day(story: Story) -> None:
    assert "空缺" in told(story, "secadmin", datetime(2024, 6, 3, 8, 30))
    assert "空缺" not in told(story, "secadmin", datetime(2024, 6, 4, 8, 30))
    # the monday is a holiday
    assert "空缺" in told(story, "secadmin", datetime(2024, 6, 11, 8, 30))


def test_what_is_long_overdue_is_told_once_a_week(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 5, 20, 9)))
    assert "诉前" in told(story, "writer", datetime(2024, 5, 29, 8, 30))
    assert "诉前" not in told(story, "writer", datetime(2024, 6, 5, 8, 30))
    assert "诉前" in told(story, "writer", datetime(2024, 6, 3, 8, 30))


def test_the_yearly_hearing_is_told_when_the_rule_says_and_near_the_end(story: Story) -> None:
    days = [
        datetime(2024, month, day, 8, 30) for month, day in ((10, 8), (11, 14), (12, 2), (12, 25), (12, 31))
    ]
    heard = ["听取" in told(story, "party", day) for day in days]
    assert heard == [True, False, True, True, True]


def test_a_thing_done_calls_for_no_reminder(story: Story, draft: Callable[..., Item]) -> None:
    item = draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 3, 19)))
    item.state = Item.State.CANCELLED
    item.save()
    run(datetime(2024, 6, 5, 17, 0))
    assert subjects(story, "writer") == []


def test_the_neighbour_hears_nothing_of_the_item(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 1, 9)))
    run(datetime(2024, 6, 5, 8, 30))
    bodies = "".join(
        OutgoingMail.objects.exclude(person__unit=story.unit("civil1")).values_list("body", flat=True)
    )
    assert "诉前调解" not in bodies


def test_a_restricted_item_goes_by_its_number(story: Story, draft: Callable[..., Item]) -> None:
    draft(
        story.at,
        title="绝不外传的标题",
        category="major",
        subtype="novel_case",
        outlet="special",
        occurred_at=to_instant(datetime(2024, 6, 4, 9)),
    )
    run(datetime(2024, 6, 5, 8, 30))
    told = OutgoingMail.objects.filter(person=story.person("writer"))
    assert told.exists() and "绝不外传" not in "".join(mail.subject + mail.body for mail in told)


def test_an_emergency_is_told_at_night_and_on_days_off(story: Story, draft: Callable[..., Item]) -> None:
    event = datetime(2024, 6, 8, 2, 0)  # a saturday night
    item = draft(
        event, category="major", subtype="emergency", importance="emergency", occurred_at=to_instant(event)
    )
    Item.objects.filter(pk=item.pk).update(lane=Item.Lane.EMERGENCY)
    assert remind_emergencies(to_instant(event + timedelta(minutes=9))) == 0
    assert remind_emergencies(to_instant(event + timedelta(minutes=10))) > 0
    mail = OutgoingMail.objects.filter(person=story.person("writer")).latest("pk")
    assert mail.urgent and "首报" in mail.subject
    assert remind_emergencies(to_instant(event + timedelta(minutes=10, seconds=30))) == 0


def test_without_an_emergency_the_minutely_job_asks_once(
    story: Story, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        remind_emergencies(story.at)


def test_a_long_standstill_does_not_pour_out_old_reminders(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 5, 20, 9)))
    run(datetime(2024, 6, 5, 15, 0))
    assert subjects(story, "writer") == []


def test_a_disabled_login_gets_no_letters(story: Story, draft: Callable[..., Item]) -> None:
    draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 1, 9)))
    run(datetime(2024, 6, 5, 8, 30))
    assert subjects(story, "disabled") == []


def test_letters_follow_from_state_alone(story: Story, draft: Callable[..., Item]) -> None:
    submit(
        story.actor("writer"),
        draft(story.at, category="dynamic", occurred_at=to_instant(datetime(2024, 6, 3, 22))),
    )
    morning = to_instant(datetime(2024, 6, 5, 8, 45))
    letters = letters_of(story.actor("head", morning), morning)
    assert [letter.key for letter in letters] == [
        letter.key for letter in letters_of(story.actor("head", morning), morning)
    ]


def test_the_jobs_are_named_for_the_worker() -> None:
    assert all(
        isinstance(seconds, int) and callable(run) and name.startswith(("duties.", "database."))
        for name, seconds, run in JOBS
    )
