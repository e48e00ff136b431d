"""Rules of the province beside those of the pack: one put in force by a second person, one waiting for him."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hengjian.apps.cases.acts.rules import activate_rule, propose_rule, save_rule
from hengjian.apps.cases.models import Rule
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.province.story import Story, at, workday

FAST = {
    "title": "受理当日结案的判决案件",
    "basis": "全省案件质量评查办法（演示）",
    "fails_when": "closing_manner = '判决' AND closed_on = accepted_on",
    "severity": "warning",
    "owner": "trial",
}
FAST_TESTS = [
    {
        "found": True,
        "values": {"closing_manner": "判决", "accepted_on": "2026-03-02", "closed_on": "2026-03-02"},
    },
    {
        "found": False,
        "values": {"closing_manner": "判决", "accepted_on": "2026-03-02", "closed_on": "2026-04-02"},
    },
]
SMALL = {
    "title": "小额诉讼标的超过限额",
    "basis": "民事诉讼法关于小额诉讼的规定，限额由省高院公布（演示）",
    "fails_when": "procedure = '小额诉讼程序' AND claim_amount > 1000000",
    "severity": "warning",
    "owner": "filing",
}
SMALL_TESTS = [
    {"found": True, "values": {"procedure": "小额诉讼程序", "claim_amount": "1000001"}},
    {"found": False, "values": {"procedure": "小额诉讼程序", "claim_amount": "50000"}},
]


def lives(story: Story) -> Iterable[Life]:
    yield in_force(story)
    yield waiting(story)


def in_force(story: Story) -> Life:
    day = workday(story.begins - timedelta(days=12))
    rule = yield from _proposed(story, at(day, 9, 15), "JL-01", FAST, FAST_TESTS)
    yield at(day, 16, 20)
    activate_rule(story.actor("high-chuzhang", at(day, 16, 20)), rule, since=day)


def waiting(story: Story) -> Life:
    moment = story.until - timedelta(days=1, hours=3)
    moment = at(to_local(moment).date(), 10, 30)
    yield from _proposed(story, moment, "JL-02", SMALL, SMALL_TESTS)


def _proposed(
    story: Story, moment: Any, key: str, values: dict[str, str], tests: list[dict[str, Any]]
) -> Stretch[Rule]:
    yield moment
    author = story.actor("high-jishu", moment)
    rule = save_rule(author, story.fresh(), key=key, values=values, tests=tests)
    yield moment + timedelta(minutes=20)
    return propose_rule(story.actor("high-jishu", moment + timedelta(minutes=20)), rule)
