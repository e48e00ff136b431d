"""The month's sample: drawn from a published number, looked at by two people blind; the latest is half done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from hengjian.apps.cases.acts.sample import draw, review
from hengjian.apps.cases.models import DrawnCase
from hengjian.base.periods import Period
from hengjian.web.demo.caserows.slips import KINDS
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday

OTHER_ITEMS = ("cause", "party_count", "agents", "defendant_address", "source")
"""What no rule notices and a person with the file does."""


def lives(story: Story) -> Iterable[Life]:
    yield sampled(story, story.months[0], 1.0)
    yield sampled(story, story.months[1], 0.6)


def sampled(story: Story, month: Period, done: float) -> Life:
    day = workday(month.end + timedelta(days=2))
    yield at(day, 9, 30)
    made = draw(
        story.actor("high-tongji", at(day, 9, 30)),
        story.fresh(),
        period=str(month),
        seed=f"{3000 + month.end.month * 17}.{month.end.day * 13 + 6:02}",
        seed_source=f"江岚省统计局{day.month}月{day.day}日公布的居民消费指数（演示用的数）",
    )
    cases = list(DrawnCase.objects.filter(draw=made).select_related("court", "draw").order_by("pk"))
    for hour, login in ((10, "high-tongji3"), (14, "high-tongji4")):
        moment = at(workday(day + timedelta(days=1)), hour)
        yield moment
        share = done if login.endswith("3") else done * 0.9
        for case in cases[: round(len(cases) * share)]:
            wrong = _seen(story, case.case_id, login)
            review(story.actor(login, moment), case, wrong=wrong, remark="与卷宗不符" if wrong else "")


def _seen(story: Story, case_id: str, login: str) -> list[str]:
    """Most of what stands wrong, and now and then something no rule can know; the second person misses a little more."""
    slips, row = story.cases.slips, story.row_of[case_id]
    standing = np.flatnonzero((slips.row == row) & np.isnat(slips.mended))
    found = {KINDS[int(slips.kind[n])].items[0] for n in standing if story.random.random() < 0.9}
    hidden = sum(map(ord, case_id)) % 71 == 0
    if hidden and story.random.random() < (0.95 if login.endswith("3") else 0.8):
        found.add(OTHER_ITEMS[len(case_id) * row % len(OTHER_ITEMS)])
    return sorted(found)
