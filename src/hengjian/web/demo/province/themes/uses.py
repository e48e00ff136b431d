"""Applications for data: on their way at several levels, granted, sent back, revoked, over; marked copies that left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import send_back
from hengjian.apps.releases.acts.applications import apply, revoke
from hengjian.apps.releases.acts.handouts import copy_parcel, supply
from hengjian.apps.releases.acts.traces import look_up
from hengjian.apps.releases.models import Application
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.province.story import Story

DETAIL = (
    ("部门", "长期未结（件）", "其中超过十八个月（件）"),
    ("民一庭", "14", "3"),
    ("民二庭", "9", "1"),
    ("执行局", "21", "6"),
)


def lives(story: Story) -> Iterable[Life]:
    yield supplied(story)
    yield granted_above(story)
    yield on_the_way(story)
    yield just_filed(story)
    yield sent_back(story)
    yield revoked(story)
    yield over(story)


def _filed(story: Story, login: str, moment: datetime, *, days: int = 60, **said: Any) -> Application:
    values: dict[str, Any] = {"until": to_local(moment).date() + timedelta(days=days), **said}
    key = f"demo-use-{said['wanted']}"
    return apply(story.actor(login, moment), story.court.installation, client_key=key, **values)


def _granted(story: Story, row: Application, moment: datetime, logins: Sequence[str]) -> Stretch[Application]:
    for hours, login in enumerate(logins, 2):
        yield moment + timedelta(hours=hours)
        story.agreed(login, moment + timedelta(hours=hours), row, "用途明确，同意。")
    row.refresh_from_db()
    return row


def supplied(story: Story) -> Life:
    """Own-court data, handed out as a marked table; the office looks the copy up by its number afterwards."""
    moment = story.day(20, 9)
    yield moment
    row = _filed(
        story, "qinglan-civil1-tz", moment, scope="own", wanted="本庭长期未结案件明细", purpose="清理长期未结案件",
        days=120,
    )  # fmt: skip
    row = yield from _granted(story, row, moment, ("qinglan-tongji",))
    later = moment + timedelta(hours=5)
    yield later
    parcel = supply(
        story.actor("qinglan-tongji", later), row, title="长期未结案件（按部门）", rows=DETAIL,
        source="案件数据，按口径卡“未结”", data_version=str(story.fresh().version),
    )  # fmt: skip
    for hours, form in ((6, "xlsx"), (7, "docx")):
        yield moment + timedelta(hours=hours)
        out, _ = copy_parcel(
            story.actor("qinglan-civil1-tz", moment + timedelta(hours=hours)), parcel, form=form
        )
    yield moment + timedelta(days=6)
    actor = story.actor("qinglan-tongji", moment + timedelta(days=6))
    look_up(actor, story.court.installation, text=f"收到一份打印件，页脚是{out.code}。")


def granted_above(story: Story) -> Life:
    moment = story.day(25, 9)
    yield moment
    row = _filed(
        story, "landong-civil1-tz", moment, scope="province", wanted="全省商品房预售合同纠纷收结数",
        purpose="专题调研：预售商品房纠纷成因", days=90,
    )  # fmt: skip
    signers = ("landong-tongji", "lanzhou-tongji", "high-tongji", "high-chuzhang")
    yield from _granted(story, row, moment, signers)


def on_the_way(story: Story) -> Life:
    """Taken in by the own office; the court above has it now."""
    moment = story.until - timedelta(days=4, hours=3)
    yield moment
    row = _filed(
        story, "qinglan-civil1-lu", moment, scope="province", wanted="全省民间借贷案件标的额分布",
        purpose="撰写学术论文", days=60,
    )  # fmt: skip
    yield from _granted(story, row, moment, ("qinglan-tongji",))


def just_filed(story: Story) -> Life:
    moment = story.until - timedelta(hours=4)
    yield moment
    _filed(
        story, "qinglan-civil1-tz", moment, scope="city", wanted="澜州市各法院速裁案件平均审理天数",
        purpose="拟定本院速裁团队方案", days=45,
    )  # fmt: skip


def sent_back(story: Story) -> Life:
    moment = story.day(33, 9)
    yield moment
    row = _filed(
        story, "qinglan-civil2-tz", moment, scope="other", target=story.unit("landong"),
        wanted="澜东区法院法官人均结案", purpose="参考", days=30,
    )  # fmt: skip
    yield from _granted(story, row, moment, ("qinglan-tongji",))
    later = moment + timedelta(days=1)
    yield later
    course = running.current(row)
    assert course is not None
    send_back(
        story.actor("lanzhou-tongji", later),
        course,
        reason="用途不具体，且涉及个人业绩，请说明必要性后再报。",
    )


def revoked(story: Story) -> Life:
    """Somebody from outside, through the court's office; the data turned up in an advertisement."""
    moment = story.day(14, 9)
    yield moment
    row = _filed(
        story, "qinglan-tongji", moment, scope="city", wanted="澜州市买卖合同纠纷收案数",
        purpose="高校课题：营商环境评估", external="江岚大学法学院 课题组", days=180,
    )  # fmt: skip
    row = yield from _granted(story, row, moment, ("lanzhou-tongji",))
    later = moment + timedelta(days=30)
    yield later
    revoke(story.actor("lanzhou-tongji", later), row, reason="数据被用于商业宣传，超出授权用途。")


def over(story: Story) -> Life:
    """Granted for three weeks that have passed."""
    moment = story.day(10, 10)
    yield moment
    row = _filed(
        story, "landong-civil1-tz", moment, scope="own", wanted="本庭十月前未结案件数", purpose="部门例会",
        days=21,
    )  # fmt: skip
    yield from _granted(story, row, moment, ("landong-tongji",))
