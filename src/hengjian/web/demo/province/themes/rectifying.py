"""What follows the report: put right in time, extended, overdue, not accepted, void; praise spread; a refusal on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree, send_back, withdraw
from hengjian.apps.inspections.acts import (
    evidence,
    findings,
    intent,
    interviews,
    practice,
    records,
    rectify,
    report,
    requests,
)
from hengjian.apps.inspections.models import Finding, HeadCheck, Rectification
from hengjian.apps.org.access import Actor
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story
from hengjian.web.demo.province.visits import Visit


def lives(story: Story) -> Iterable[Life]:
    yield closed(story)
    yield rectifying(story)


def closed(story: Story) -> Life:
    """From the letter to the re-check; a demand was refused, an intent established, good work praised."""
    moment = story.day(3, 9)
    yield moment
    visit = Visit(
        story, "lanzhou", "yunshan", "云杉县法院录入质量专项检查", ("lanzhou-tongji2", "lanzhou-shuju"),
        ("filing", "civil1"),
    )  # fmt: skip
    visit.planned(moment)
    visit.ordered(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.begun(moment)
    letter = visit.letter(moment, "filing", "立案日期晚于收案日期的原因")
    demand = visit.letter(moment, "civil1", "书记员工作日志", power="records", days=3)
    piece = visit.kept(moment, "立案登记簿复印件", "立案庭提供")
    evidence.seal(visit.actor(visit.team[0], moment), piece, note="原件已退回，复印件封存。")
    _looked_at(visit, moment)
    yield moment + timedelta(days=3)
    moment += timedelta(days=3)
    letter = visit.answered(
        moment, "filing", letter, "补传期间以补传日为立案日期，已列清单。", file="清单.pdf"
    )
    lead = visit.actor(visit.team[0], moment)
    requests.assess(lead, letter, state="full")
    requests.assess(
        lead,
        demand,
        state="refused",
        note="以日志涉及个人隐私为由不予提供，经两次说明仍拒绝。",
        kind="refuse",
    )
    refusal = visit.row.refusals.get()
    requests.explain(visit.head("civil1", moment), refusal, text="对规定理解有误，日志已于次日送交检查组。")
    note = visit.asked(
        moment, "yunshan-filing-lu", "问：补录的日期从何而来？\n答：按登记簿补录，有几件写成了补录当天。"
    )
    interviews.read_back(lead, note)
    note.refresh_from_db()
    interviews.sign(visit.actor("yunshan-filing-lu", moment), note)
    first = visit.found(
        moment, "filing", "truth", "立案日期与卷宗不符", "抽查五十件，七件与登记簿不符。", cause="negligence"
    )
    second = visit.found(
        moment, "civil1", "timeliness", "为避开审限推迟录入立案", "四件在收案后二十日才录入，均临近年底。",
        alleged="delay", who="yunshan-civil1-lu",
    )  # fmt: skip
    for login in visit.team:
        second.refresh_from_db()
        intent.give_view(
            visit.actor(login, moment), second, intended=True, grounds="工作日志写明“过年再录”，证据二。"
        )
    visit.handed(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.replied(moment, "filing", first, "属实，已逐件更正。")
    visit.replied(moment, "civil1", second, "情况属实，已批评教育。")
    second.refresh_from_db()
    intent.personal_reply(
        visit.actor("yunshan-civil1-lu", moment),
        second,
        accepts=True,
        text="当时案件多，想着年后再录，接受处理。",
    )
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    story.agreed("high-chuzhang", moment, second, "事实清楚，本人承认，予以确认。")
    visit.reported(
        moment,
        "立案日期录入不实、个别案件故意拖延录入，整改后复查。",
        ["opinion", "rectify", "sanction", "praise"],
    )
    yield from _finished(visit, first, second, moment + timedelta(days=1))


def _looked_at(visit: Visit, moment: datetime) -> None:
    """Two cases of the court frozen, one of them read under the grant; a copy handed to the other inspector."""
    columns = visit.story.cases.columns
    own = columns["case_id"][columns["court"] == visit.row.court.code][:2]
    lead = visit.actor(visit.team[0], moment)
    copies = records.freeze(lead, visit.row, kind="case", keys="\n".join(own))
    records.look(lead, copies[0])
    piece = visit.kept(moment, "收案窗口照片", "立案庭现场拍摄")
    evidence.view(lead, piece)
    evidence.hand_over(lead, piece, to=str(visit.person(visit.team[1])), note="核对日期")
    findings.check_head(
        lead,
        visit.row,
        head="analysis",
        result=HeadCheck.Result.OUTSIDE,
        note="本次只查录入，不查统计分析。",
    )


def _finished(visit: Visit, first: Finding, second: Finding, moment: datetime) -> Life:
    yield moment
    office, day = visit.office(moment), to_local(moment).date()
    works = [
        rectify.order(office, first, opinion="逐件核对上年以来立案日期。", due_on=day + timedelta(days=14)),
        rectify.order(office, second, opinion="书记员每日清零，庭长周查。", due_on=day + timedelta(days=10)),
    ]
    good = practice.record(
        visit.actor(visit.team[0], moment), visit.row, unit=visit.unit("filing"), title="立案窗口扫码核对",
        text="当事人扫码确认身份信息后再提交，身份号码错误从每百件六件降到一件。",
    )  # fmt: skip
    sent = practice.spread(
        office, good, courts=[visit.story.unit(key) for key in ("qinglan", "landong", "songling")]
    )
    yield moment + timedelta(days=8)
    moment += timedelta(days=8)
    practice.acknowledge(visit.actor("qinglan-tongji", moment), sent[0], note="下月起在立案窗口试用。")
    for work, part in zip(works, ("filing", "civil1"), strict=True):
        _step(visit.head(part, moment), work, "已核对三百二十件，更正九件。")
        _step(visit.actor(visit.team[0], moment + timedelta(hours=3)), work, "抽查二十件，无误。")
    yield moment + timedelta(days=20)
    moment += timedelta(days=20)
    rectify.recheck(
        visit.office(moment), works[0], on=to_local(moment).date(), result="复查三十件，未再发现问题。"
    )
    evidence.verify(visit.office(moment), visit.row)
    report.close(visit.office(moment), visit.fresh(), note="整改到位，予以办结。")
    visit.story.court.renew()


PROBLEMS = (
    # part, head, title, text, cause
    ("civil1", "completeness", "当事人电话缺录", "抽查四十件，十一件没有电话。", "negligence"),
    ("filing", "truth", "案由选择错误", "抽查四十件，三件案由与起诉状不符。", "negligence"),
    ("criminal", "timeliness", "结案录入迟延", "四件结案后一周才录入。", "objective"),
    ("execution", "keeping", "电子卷宗未及时归档", "九件结案三个月未归档。", ""),
    ("admin", "rules", "没有本庭的管理办法", "省法院规定下发后本庭没有落实措施。", ""),
)


def rectifying(story: Story) -> Life:
    """Five at work: overdue, extended, handed in, not accepted once, void."""
    moment = story.until - timedelta(days=40, hours=4)
    yield moment
    visit = Visit(
        story, "lanzhou", "songling", "松陵县法院案件信息检查", ("lanzhou-tongji2", "lanzhou-jishu"),
        [part for part, *_ in PROBLEMS],
    )  # fmt: skip
    visit.planned(moment)
    visit.ordered(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    visit.begun(moment)
    problems = [
        visit.found(moment, part, head, title, text, cause=cause)
        for part, head, title, text, cause in PROBLEMS
    ]
    visit.handed(moment)
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    for (part, *_), finding in zip(PROBLEMS, problems, strict=True):
        visit.replied(moment, part, finding, "属实，正在改。")
    visit.reported(moment, "完整性问题较多，录入制度没有落到人。", ["opinion", "rectify"])
    yield moment + timedelta(days=1)
    moment += timedelta(days=1)
    day = to_local(moment).date()
    works = [
        rectify.order(
            visit.office(moment),
            finding,
            opinion=f"限期纠正：{finding.title}。",
            due_on=day + timedelta(days=days),
        )
        for finding, days in zip(problems, (15, 20, 12, 50, 30), strict=True)
    ]
    yield moment + timedelta(days=9)
    yield from _various(visit, works, moment + timedelta(days=9))


def _various(visit: Visit, works: list[Rectification], moment: datetime) -> Life:
    """The first stays undone past its day."""
    _, extended, handed, back, void = works
    rectify.extend(
        visit.office(moment), extended, until=to_local(moment).date() + timedelta(days=50),
        reason="需逐件核对两年的案件。", decided_by="澜州市中级人民法院审判管理办公室",
    )  # fmt: skip
    _step(visit.head("criminal", moment), handed, "已建立结案当日录入台账。")
    _step(visit.head("execution", moment), back, "已归档六件。")
    yield moment + timedelta(days=2)
    moment += timedelta(days=2)
    course = running.current(back)
    assert course is not None
    send_back(visit.actor(visit.team[0], moment), course, reason="还有三件没有归档。")
    course = running.current(void)
    assert course is not None
    withdraw(visit.office(moment), course)


def _step(actor: Actor, work: Rectification, opinion: str) -> None:
    course = running.current(work)
    assert course is not None
    agree(actor, course, opinion=opinion)
