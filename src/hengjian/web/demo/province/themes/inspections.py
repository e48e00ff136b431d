"""Inspections at every stage, from a plan nobody has declared for to one that waits for the second signature."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hengjian.apps.inspections.acts import intent, interviews, plan, requests, team
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story
from hengjian.web.demo.province.visits import Visit


def lives(story: Story) -> Iterable[Life]:
    yield planned(story)
    yield cancelled(story)
    yield ordered(story)
    yield underway(story)
    yield replying(story)
    yield reporting(story)


def planned(story: Story) -> Life:
    """Three were named: one keeps out, one has declared, one has yet to."""
    moment = story.until - timedelta(days=1, hours=4)
    yield moment
    visit = Visit(
        story, "high", "xinghai", "星海开发区法院数据质量专项检查",
        ("high-tongji3", "high-tongji4", "jizhou-jishu"), ("civil1",),
    )  # fmt: skip
    visit.planned(moment)
    visit.named(moment)
    team.declare(story.actor("jizhou-jishu", moment), visit.row, conflict="配偶在被检查法院工作，申请回避。")
    team.declare(story.actor("high-tongji3", moment), visit.row)


def cancelled(story: Story) -> Life:
    moment = story.day(16, 9)
    yield moment
    visit = Visit(story, "cangze", "bitong", "碧桐县法院归档情况检查", ("cangze-tongji2",), ("civil1",))
    visit.planned(moment)
    yield moment + timedelta(days=2)
    plan.cancel(
        visit.office(moment + timedelta(days=2)), visit.row, reason="与省法院检查时间重合，并入省法院检查。"
    )


def ordered(story: Story) -> Life:
    """A court drawn by seed out of four; the team arrives tomorrow."""
    moment = story.until - timedelta(days=2, hours=4)
    yield moment
    visit = Visit(
        story, "cangze", "cangbei", "沧泽市中级法院年度抽查", ("cangze-tongji2", "cangze-shuju"), ("civil1", "filing"),
        mode="sample",
    )  # fmt: skip
    visit.planned(moment, courts=("cangbei", "bitong", "tingsong", "xingzhu"), seed="3141592")
    visit.ordered(moment)


def underway(story: Story) -> Life:
    """Courts inspect each other; letters, demands and notes of every kind are about."""
    moment = story.until - timedelta(days=9, hours=4)
    yield moment
    visit = Visit(
        story, "high", "cangbei", "全省法院互查：沧北区法院", ("jidong-tongji", "landong-tongji"), ("civil1", "filing"),
        mode="mutual",
    )  # fmt: skip
    visit.planned(moment)
    visit.ordered(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.begun(moment)
    first = visit.letter(moment, "civil1", "长期未结案件的延长审限手续", days=10)
    second = visit.letter(moment, "civil1", "结案时间的核对", days=5)
    third = visit.letter(moment, "filing", "立案登记簿原件", power="records", days=4)
    spare = visit.letter(moment, "filing", "诉前调解登记", power="records", days=4)
    requests.withdraw(visit.actor(visit.team[0], moment), spare, reason="与另一份重复。")
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    visit.answered(moment, "civil1", second, "五件结案时间录入为报结日，已附审批表。", file="结案审批表.pdf")
    third = visit.answered(moment, "filing", third, "登记簿在归档，只能先提供复印件。")
    requests.assess(visit.actor(visit.team[0], moment), third, state="partly", note="缺原件，限两日内补交。")
    assert first.pk != third.pk
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    visit.asked(moment, "cangbei-civil1-lu", "问：结案时间依据什么录入？\n答：按庭里通知的日期录入。")
    note = visit.asked(moment, "cangbei-filing-lu", "问：收案日期何时录入？\n答：当天下班前。")
    interviews.read_back(visit.actor(visit.team[0], moment), note, corrections="“当天”改为“次日”。")
    refused = visit.asked(moment, "cangbei-civil1-tz", "问：是否审核过录入？\n答：抽查过。")
    refused = interviews.read_back(visit.actor(visit.team[0], moment), refused)
    interviews.refuse_signature(
        visit.actor(visit.team[0], moment), refused, reason="称需请示院领导，未签名，两名检查人员在场。"
    )
    visit.found(
        moment, "civil1", "timeliness", "结案后迟延录入", "抽查四十件，六件结案后五日以上才录入，集中在同一书记员。",
        alleged="delay", who="cangbei-civil1-lu",
    )  # fmt: skip


def replying(story: Story) -> Life:
    """Intent on three roads: the person has yet to answer, the court above to confirm, and one that was dropped."""
    moment = story.until - timedelta(days=16, hours=4)
    yield moment
    visit = Visit(
        story, "high", "landong", "澜东区法院收案突增专项检查", ("high-tongji3", "high-tongji4"), ("civil1", "filing"),
    )  # fmt: skip
    visit.planned(moment)
    visit.ordered(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.begun(moment)
    visit.kept(moment, "立案窗口排队系统截图", "立案庭现场拍摄")
    problems = [
        visit.found(
            moment, "filing", "truth", "拆分立案", "同一批合同拆成多件立案，收案数虚增。", alleged="fraud",
            who="landong-filing-lu",
        ),
        visit.found(
            moment, "civil1", "completeness", "漏录调解结案", "三件调解书已送达，系统未录入。", alleged="omission",
            who="landong-civil1-lu",
        ),
        visit.found(
            moment, "civil1", "timeliness", "开庭信息迟录", "两件开庭后十日才录入。", alleged="delay",
            who="landong-civil1-tz",
        ),
    ]  # fmt: skip
    for finding, views in zip(problems, ((True, True), (True, True), (True, False)), strict=True):
        for login, intended in zip(visit.team, views, strict=True):
            finding.refresh_from_db()
            grounds = "登记簿与系统日期不符，证据一。" if intended else "当日系统停机有记录，不足以认定。"
            intent.give_view(visit.actor(login, moment), finding, intended=intended, grounds=grounds)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.handed(moment)
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    problems[1].refresh_from_db()
    intent.personal_reply(
        visit.actor("landong-civil1-lu", moment), problems[1], accepts=False, text="是交接时遗漏，不是有意。"
    )


def reporting(story: Story) -> Life:
    """One of two inspectors has signed the report."""
    moment = story.until - timedelta(days=12, hours=4)
    yield moment
    visit = Visit(
        story, "jizhou", "luming", "鹿鸣县法院案件信息检查", ("jizhou-tongji2", "jizhou-shuju"), ("civil1", "criminal"),
    )  # fmt: skip
    visit.planned(moment)
    visit.ordered(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.begun(moment)
    finding = visit.found(
        moment,
        "criminal",
        "completeness",
        "刑期折抵未录入",
        "抽查二十件，四件羁押日期空缺。",
        cause="negligence",
    )
    visit.handed(moment)
    yield moment + timedelta(days=3)
    moment += timedelta(days=3)
    visit.replied(moment, "criminal", finding, "属实，已补录。")
    visit.reported(moment, "录入总体及时，刑事案件羁押信息有缺漏。", ["opinion", "rectify"], signatures=1)
