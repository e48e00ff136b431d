"""Who answers for what: duties done with their evidence, trainings, reviews of access, the yearly notices, an absence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.files.base import ContentFile

from hengjian.apps.inspections.care import acts
from hengjian.apps.inspections.care.lines import REVIEW, TRAINING, period_of, quota
from hengjian.apps.inspections.models import ReviewLine
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story
from hengjian.web.demo.province.visits import PDF

DONE = (
    # days into the story, login, unit, line, what was done, file
    (2, "high-tongji", "high", "h1", "印发《全省案件信息录入规范（演示）》。", "录入规范.pdf"),
    (9, "high-tongji", "high", "h5", "组织本院十月以前录入质量自查，改正二十七件。", ""),
    (11, "high-tongji", "high", "h6", "提交全省收结案情况分析。", ""),
    (13, "high-tongji", "high", "h3", "审核并发布上月收结案情况。", ""),
    (24, "high-tongji3", "high", "h2", "对澜东区法院开展专项检查，下发问题清单。", "检查通知.pdf"),
    (4, "lanzhou-tongji", "lanzhou", "c3", "检查本院各庭录入情况，通报两个庭。", ""),
    (6, "lanzhou-tongji", "lanzhou", "c6", "上报上月统计数据，省法院已接收。", ""),
    (3, "qinglan-tongji", "qinglan", "c1", "转发省法院录入规范，逐庭签收。", "签收单.pdf"),
    (7, "qinglan-tongji", "qinglan", "c2", "制定本院案件信息管理办法。", "管理办法.pdf"),
    (12, "qinglan-tongji", "qinglan", "c4", "每日通报未录入案件，月底清零。", ""),
    (34, "qinglan-tongji", "qinglan", "c6", "按期上报九月数据。", ""),
    (15, "qinglan-civil1-tz", "qinglan-civil1", "d1", "组织学习录入规范，全庭签字。", ""),
    (21, "qinglan-civil1-tz", "qinglan-civil1", "d3", "抽查本庭二十件，改正三件。", ""),
    (37, "qinglan-civil1-tz", "qinglan-civil1", "d4", "向审管办报送本月结案情况。", ""),
)
MISTAKEN = (39, "qinglan-tongji", "qinglan", "c5", "误登到本院的发布。")
TAUGHT = (
    # days, court, what, who came: logins after the court's key
    (18, "qinglan", "立案信息录入和身份号码校验培训。", ("tongji2", "jishu", "civil1-lu", "civil2-lu", "filing-lu")),
    (40, "qinglan", "保密教育：阶段性保密的统计数据。", ("tongji2", "civil1-tz", "civil1-lu", "jishu")),
    (27, "high", "全省司法统计业务培训（省法院会场）。", ("tongji2", "tongji3", "tongji4", "jishu")),
)  # fmt: skip


def lives(story: Story) -> Iterable[Life]:
    yield recorded(story)
    yield trained(story)
    yield reviewed(story, "qinglan", 28, finished=True)
    yield reviewed(story, "lanzhou", 50, finished=False)
    yield noticed(story, "lanzhou", stage="issued")
    yield noticed(story, "high", stage="waiting")
    yield noticed(story, "jizhou", stage="draft")


def recorded(story: Story) -> Life:
    for days, login, key, line, text, file in sorted(DONE):
        moment = story.day(days, 16)
        yield moment
        content = ContentFile(PDF + text.encode(), file) if file else None
        acts.record_duty(
            story.actor(login, moment), story.court.installation, unit=story.unit(key), line=line,
            happened_on=to_local(moment).date(), text=text, file=content,
        )  # fmt: skip
    days, login, key, line, text = MISTAKEN
    moment = story.day(days, 16)
    yield moment
    actor, day = story.actor(login, moment), to_local(moment).date()
    row = acts.record_duty(
        actor, story.court.installation, unit=story.unit(key), line=line, happened_on=day, text=text
    )
    acts.withdraw_duty(actor, row, reason="属于中院的发布，登记错了法院。")


def trained(story: Story) -> Life:
    for days, key, text, logins in sorted(TAUGHT):
        moment = story.day(days, 17)
        yield moment
        people = story.court.people
        came = [people[f"{story.court.data['login_prefix']}{key}-{login}"] for login in logins]
        acts.record_duty(
            story.actor(f"{key}-tongji", moment), story.court.installation, unit=story.unit(key), line=TRAINING,
            happened_on=to_local(moment).date(), text=text, attendees=came,
        )  # fmt: skip


def reviewed(story: Story, key: str, days: int, *, finished: bool) -> Life:
    """Every seat of a court looked at by two, as nobody decides about himself; one is to go."""
    moment = story.day(days, 10)
    yield moment
    house = story.unit(key)
    review = acts.open_review(story.actor(f"{key}-tongji", moment), story.court.installation, house=house)
    lines = list(review.lines.select_related("appointment__person").order_by("pk"))
    own = story.court.people[f"{story.court.data['login_prefix']}{key}-tongji"].pk
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    for n, line in enumerate(lines if finished else lines[:5]):
        security = line.appointment.person_id == own
        actor = story.actor("high-anquan" if security else f"{key}-tongji", moment)
        last = finished and n == len(lines) - 1
        acts.decide_line(
            actor, line, decision=ReviewLine.Decision.REVOKE if last else ReviewLine.Decision.KEEP,
            note="已调离执行局，不再录入案件。" if last else "",
        )  # fmt: skip
    if finished:
        duty = quota(pack_for(story.court.installation, moment), REVIEW)
        period = period_of(pack_for(story.court.installation, moment), to_local(moment).date())
        acts.close_review(
            story.actor(f"{key}-tongji", moment),
            review,
            note=f"{period.label}{duty.title}完成，一个岗位应当收回。",
        )


def noticed(story: Story, key: str, *, stage: str) -> Life:
    """The courts below compared; the intermediate court's is out, the province's waits for its second signature."""
    moment = story.until - timedelta(days=5 if stage == "issued" else 2, hours=3)
    yield moment
    actor, house = story.actor(f"{key}-tongji", moment), story.unit(key)
    row = acts.prepare_exam(
        actor, story.court.installation, house=house, year=to_local(moment).year,
        text="各院录入质量总体提高，及时性问题仍集中在年底和月末；整改期限内完成的比例上升。",
        units="清岚县人民法院" if key == "lanzhou" else "", persons="",
    )  # fmt: skip
    if stage == "draft":
        return
    row = acts.submit_exam(actor, row)
    signers = (
        ("lanzhou-tongji2", "high-tongji3", "lanzhou-yuanzhang") if key == "lanzhou" else ("high-tongji4",)
    )
    for hours, login in enumerate(signers, 1):
        yield moment + timedelta(hours=hours)
        story.agreed(login, moment + timedelta(hours=hours), row, "情况属实。")
