"""Surveys of each way: a closed sample, a key survey under way, a full one still being drawn up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from hengjian.apps.statistics.acts import surveys
from hengjian.apps.statistics.models import Survey
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story

SAMPLED = ("qinglan", "yunshan", "xinghai")
ASKED = ("landong", "jidong", "cangbei", "xingzhu")


def lives(story: Story) -> Iterable[Life]:
    yield sample(story)
    yield key_survey(story)
    yield drawn_up(story)


def sample(story: Story) -> Life:
    """Cases drawn by a public seed; two courts answer all, one leaves some; closed with what was found."""
    moment = story.day(12, 9)
    yield moment
    actor, place = story.actor("high-tongji", moment), story.place()
    row = surveys.draft_survey(
        actor, place, story.court.installation.unit, way="sample", title="民事案件送达方式抽样调查",
        purpose="了解电子送达的实际比例和退回原因，为改进送达系统提供依据。",
        questions=[
            {"key": "q1", "label": "送达次数", "type": "number"},
            {"key": "q2", "label": "首次送达是否电子送达", "type": "yes"},
        ],
        due_on=to_local(moment).date() + timedelta(days=20), client_key="demo-survey-sample", card="closed",
        span=str(story.months[0].previous()), share=Decimal("0.6"), seed="0812352",
        seed_source="2026年第101期公益彩票开奖号码（演示）",
    )  # fmt: skip
    row = surveys.open_survey(actor, place, row, courts=[story.unit(key) for key in SAMPLED])
    for n, key in enumerate(SAMPLED):
        when = story.day(15 + 2 * n, 15)
        yield when
        parts = row.parts.filter(court=story.unit(key)).order_by("pk")
        for m, part in enumerate(parts if n < 2 else parts[:1]):
            answers = {"q1": str(1 + (m + n) % 3), "q2": "是" if (m + n) % 4 else "否"}
            surveys.answer(story.actor(f"{key}-tongji", when), part, answers=answers)
    closed = story.day(36, 10)
    yield closed
    surveys.close_survey(
        story.actor("high-tongji", closed),
        row,
        conclusion="抽中案件首次即电子送达的约四分之三，退回多因手机号码错误；建议立案时当面核验号码。",
    )


def key_survey(story: Story) -> Life:
    """Of the four busiest basic courts; half have answered."""
    moment = story.until - timedelta(days=6)
    yield moment
    actor, place = story.actor("high-tongji3", moment), story.place()
    row = surveys.draft_survey(
        actor, place, story.court.installation.unit, way="key", title="速裁团队运行情况重点调查",
        purpose="收案量前列的基层法院速裁团队人数、结案数和办案周期。",
        questions=[
            {"key": "q1", "label": "速裁团队数", "type": "number"},
            {"key": "q2", "label": "速裁团队人均结案（件）", "type": "number"},
            {"key": "q3", "label": "突出困难", "type": "text"},
        ],
        due_on=to_local(story.until).date() + timedelta(days=5), client_key="demo-survey-key",
    )  # fmt: skip
    row = surveys.open_survey(actor, place, row, courts=[story.unit(key) for key in ASKED])
    for n, key in enumerate(ASKED[:2]):
        when = moment + timedelta(days=1 + n)
        yield when
        part = row.parts.get(court=story.unit(key))
        answers = {
            "q1": str(3 + n),
            "q2": str(412 - 37 * n),
            "q3": "法官助理流动大，新人需要三个月才能上手。",
        }
        surveys.answer(story.actor(f"{key}-tongji", when), part, answers=answers)


def drawn_up(story: Story) -> Life:
    moment = story.until - timedelta(days=1, hours=3)
    yield moment
    row = surveys.draft_survey(
        story.actor("high-tongji", moment), story.place(), story.court.installation.unit, way="full",
        title="全省司法统计人员配备调查", purpose="核对各院专职统计人员和 A、B 角。",
        questions=[{"key": "q1", "label": "专职统计人员人数", "type": "number"}],
        due_on=to_local(story.until).date() + timedelta(days=30), client_key="demo-survey-full",
    )  # fmt: skip
    assert row.state == Survey.State.DRAFT
