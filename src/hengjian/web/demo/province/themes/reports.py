"""The monthly quality report: courts write causes, the office signs and issues; the latest is on its way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.cases.acts import report as acts
from hengjian.apps.cases.models import Report
from hengjian.base.periods import Period
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday

CAUSES = {
    "limits": (
        "案件量集中，书记员攒着录入；接口中断期间补传。",
        "每天下班前清零，审管办次日通报未录入的案件。",
    ),
    "numbers": ("窗口手工录入身份信息，没有核对证件。", "窗口配读卡器，录入后由当事人在屏幕上确认。"),
    "complete": ("新来的书记员不清楚必填项。", "发放必填项清单，新书记员跟班一周后独立录入。"),
    "dates": (
        "日期按文书稿上的日期录入，定稿后没有改。",
        "以送达回证、笔录上的日期为准，结案前由审判长核对一次。",
    ),
    "closing": ("结案时沿用了上一件的选项。", "结案页面由审判长复核后再点结案。"),
}
OTHERWISE = ("录入时看错行。", "双人复核一个月，再看效果。")
REMARK = (
    "本月问题主要出在身份号码、结案信息和录入及时性上。接口中断造成的录入日期错误已由信息中心统一恢复，不再逐件追究。\n"
    "请各院对照附表逐件核对，未销号的问题在下月报告前办结；件数少的法院看件数，不排名次。"
)


def lives(story: Story) -> Iterable[Life]:
    yield reported(story, story.months[0], issued=True)
    yield reported(story, story.months[1], issued=False)


def reported(story: Story, month: Period, *, issued: bool) -> Life:
    day = workday(month.end + timedelta(days=6))
    yield at(day, 9, 30)
    report = acts.prepare(story.actor("high-tongji", at(day, 9, 30)), story.fresh(), period=str(month))
    if not issued:
        yield from _followed(story, month.previous(), at(day, 10))
    yield at(day + timedelta(days=1), 10)
    _causes(story, report, at(day + timedelta(days=1), 10), every=1 if issued else 2)
    day = workday(day + timedelta(days=3))
    yield at(day, 9)
    report = acts.edit(
        story.actor("high-tongji", at(day, 9)),
        report,
        version=report.version,
        title=report.title,
        remark=REMARK,
    )
    report = acts.submit(story.actor("high-tongji", at(day, 9)), report, version=report.version)
    course = running.current(report)
    signers = ("high-tongji3", "high-tongji4", "high-yuanzhang") if issued else ("high-tongji3",)
    for hours, login in enumerate(signers, 1):
        yield at(day, 9 + hours)
        if course is not None:
            agree(
                story.actor(login, at(day, 9 + hours)),
                course,
                opinion="数字已核，同意。" if hours < 3 else "印发各院。",
            )
    if not issued:
        return
    yield at(day, 16)
    report.refresh_from_db()
    acts.issue(story.actor("high-tongji", at(day, 16)), report, version=report.version)


def _causes(story: Story, report: Report, moment: datetime, *, every: int) -> None:
    for place, (key, unit) in enumerate(story.courts("basic", "intermediate")):
        rules = report.content["by_court"][str(unit.pk)]["rules"]
        if place % every or not rules or not rules[0]["found"]:
            continue
        rule = rules[0]["id"]
        cause, measure = CAUSES.get(rule.split("/")[0], OTHERWISE)
        acts.write_note(
            story.actor(f"{key}-tongji", moment),
            report,
            unit,
            rule=rule,
            cause=cause,
            measure=measure,
            due_on=workday(report_month(report).end + timedelta(days=24)) if place % 3 else None,
        )


def _followed(story: Story, month: Period, moment: datetime) -> Life:
    """Half of the courts say what came of last month's measures."""
    yield moment
    last = Report.objects.filter(dataset=story.dataset, period=str(month)).order_by("-edition").first()
    if last is None:
        return
    for place, note in enumerate(last.notes.select_related("court")):
        if place % 2 == 0:
            actor = story.actor(f"{story.key_of(note.court)}-tongji", moment)
            acts.follow(actor, note, outcome="已按措施执行两周，同类问题明显减少。", done=place % 4 == 0)


def report_month(report: Report) -> Period:
    return Period.parse(report.period)
