"""The weekly report of every court: drawn up, sent, judged one level above; the last ones still on the way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.cases.acts.bundle import make_bundle, send_bundle
from hengjian.apps.cases.acts.judge import judge
from hengjian.apps.cases.acts.waive import waive
from hengjian.apps.cases.models import Bundle, Finding
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday

MOST = 6
"""Findings a manager judges in a day."""
NOT_WRONG = {
    "dates": "电子卷宗里补正裁定已更正，日期以补正裁定为准。",
    "limits": "卷宗里有批准手续，系统升级前未录入。",
}
OTHERWISE = "与电子卷宗核对一致，不是错误。"


def lives(story: Story) -> Iterable[Life]:
    for place, (key, _) in enumerate(story.courts("basic", "intermediate")):
        yield weeks(story, key, place)
    yield waived(story, "luming")


def weeks(story: Story, key: str, place: int) -> Life:
    for month in story.months[:2]:
        day = workday(month.first + timedelta(days=7 + place % 4))
        yield from _reported(story, key, day, place, judged=MOST)
    last = to_local(story.until).date() - timedelta(days=3)
    yield from _reported(
        story,
        key,
        workday(last) if workday(last) <= last + timedelta(days=1) else last,
        place,
        judged=place % 3 * 4,
    )


def _reported(story: Story, key: str, day: date, place: int, *, judged: int) -> Life:
    """Nothing is reported in a week without open findings. The last report of one court waits for its statistician."""
    court = story.unit(key)
    minute = place * 3 % 50
    yield at(day, 9, minute)
    if not Finding.objects.filter(court=court, state=Finding.State.OPEN).exists():
        return
    actor = story.actor(f"{key}-jishu", at(day, 9, minute))
    bundle = make_bundle(actor, story.fresh(), court)
    yield at(day, 10, minute)
    send_bundle(story.actor(f"{key}-jishu", at(day, 10, minute)), bundle)
    course = running.current(bundle)
    latest = to_local(story.until).date() - day < timedelta(days=6)
    if course is None or (latest and key == "qinglan"):
        return
    yield at(day, 14, minute)
    agree(story.actor(f"{key}-tongji", at(day, 14, minute)), course, opinion="已核，同意报送。")
    moment = at(day + timedelta(days=1), 9, minute)
    yield moment
    _judge(story, bundle, f"{story.above(key)}-shuju", moment, judged)


def _judge(story: Story, bundle: Bundle, login: str, moment: object, most: int) -> None:
    actor = story.actor(login, moment)  # type: ignore[arg-type]
    waiting = bundle.findings.filter(state=Finding.State.BUNDLED).order_by("severity", "pk")
    for finding in waiting[:most]:
        family = finding.rule.split("/")[0]
        if finding.rule == "limits/entry-lag" and finding.court.code == story.unit("yunshan").code:
            judge(actor, finding, verdict="generated", why="接口停运期间录入日期由系统按补传日期生成。")
        elif story.random.random() < 0.07:
            judge(actor, finding, verdict="none", why=NOT_WRONG.get(family, OTHERWISE))
        else:
            judge(actor, finding, verdict="entry")
    course = running.current(bundle)
    if (
        course is not None
        and course.state == "open"
        and not bundle.findings.filter(state=Finding.State.BUNDLED).exists()
    ):
        agree(actor, course, opinion="已逐件判断。")


def waived(story: Story, key: str) -> Life:
    """Two findings the court cannot mend before a system is renewed."""
    day = workday(story.months[1].first + timedelta(days=21))
    yield at(day, 15)
    actor = story.actor(f"{key}-tongji", at(day, 15))
    rows = Finding.objects.filter(court=story.unit(key), state__in=["open", "bundled", "wrong"]).order_by(
        "pk"
    )
    for finding in rows[:2]:
        waive(
            actor,
            finding,
            reason="旧系统不能改这一项，待年底系统更换后统一处理。",
            until=day + timedelta(days=120),
        )
