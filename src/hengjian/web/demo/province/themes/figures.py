"""What courts report, cards of the office, analyses and judicial suggestions: each at every stage it can be in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from hengjian.apps.statistics import figures
from hengjian.apps.statistics.acts import analyses, cards, reports, suggestions
from hengjian.apps.statistics.models import Analysis, Suggestion
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at

REPORTING = ("qinglan", "landong", "songling", "lanzhou")
MISCOUNTS = "yunshan"
"""The court that counts by hand and closes two cases more than its data say."""
FINISHED = """一、总体情况

上半年全省法院新收、已结案件数见引文。与上年相比，收案增长主要来自民间借贷和物业服务合同纠纷。

二、值得注意的变化

基层法院未结案件在五月以后连续回落，结案率回升；个别法院长期未结案件仍然偏多，已另行提示。

三、建议

对长期未结案件逐件列出清单，由院领导包案；收案量大的法院增配速裁团队。"""


def lives(story: Story) -> Iterable[Life]:
    for n, key in enumerate(REPORTING):
        yield reported(story, key, n)
    yield miscounted(story)
    yield card(story, "reopened", "发回重审新收", "source = '发回重审'", 6, stage="active")
    yield card(story, "mediated_only", "调解结案", "closing_manner = '调解'", 40, stage="proposed")
    yield card(story, "withdrawn_only", "撤诉结案", "closing_manner LIKE '%撤诉%'", 52, stage="draft")
    yield analysed(story)
    yield forecast(story)
    yield from suggested(story)


def _last_month(story: Story) -> Period:
    """The month that is over, once there was time to report it."""
    last = story.months[1]
    reported_by = at(last.end + timedelta(days=7), 16)
    return last if reported_by <= story.until else story.months[0]


def reported(story: Story, key: str, n: int) -> Life:
    """The month that is over, from the data; a court whose table does not add up has to mend it first."""
    month = _last_month(story)
    moment = story.day((month.end - story.begins).days + 3, 9, 10 * n)
    yield moment
    with suppress(HengjianError):
        reports.file_report(
            story.actor(f"{key}-tongji", moment),
            story.fresh(),
            story.unit(key),
            span=str(month),
            remark="按月底数据上报。",
            client_key=f"demo-report-{key}",
        )


def miscounted(story: Story) -> Life:
    month = _last_month(story)
    moment = story.day((month.end - story.begins).days + 4, 15)
    yield moment
    court, span = story.unit(MISCOUNTS), str(month)
    keys = ("opening", "filed", "closed", "pending")
    found = figures.figures((key, court.code, span, None) for key in keys)
    counted = {key: Decimal(one.value or 0) for key, one in zip(keys, found, strict=True)}
    counted["closed"] = counted["opening"] + counted["filed"] - counted["pending"] + 2
    counted["pending"] -= 2
    reports.file_report(
        story.actor(f"{MISCOUNTS}-tongji", moment),
        story.fresh(),
        court,
        span=span,
        values=counted,
        remark="月底前已报结、系统未点结案的两件计入已结。",
        client_key="demo-report-by-hand",
    )


def card(story: Story, key: str, title: str, when: str, days: int, *, stage: str) -> Life:
    moment = story.day(days, 10)
    yield moment
    shape = {"date": "accepted_on"} if stage == "active" else {"date": "closed_on"}
    body = {"shape": "count", "unit": "件", "when": when, "owner": "省法院司法统计管理部门",
            "dims": ["case_kind", "department"], **shape}  # fmt: skip
    row = cards.draft_card(
        story.actor("high-chuzhang", moment),
        story.court.installation,
        key=key,
        title=title,
        body=body,
        since=to_local(moment).date() + timedelta(days=3 if stage == "active" else 60),
        reason="各院口径不一，统一以后可以比较。",
        client_key=f"demo-card-{key}",
    )
    if stage == "draft":
        return
    cards.propose_card(story.actor("high-chuzhang", moment), row)
    if stage == "active":
        yield moment + timedelta(hours=3)
        story.agreed("high-fuchuzhang", moment + timedelta(hours=3), row, "口径清楚，同意起用。")


def analysed(story: Story) -> Life:
    """With the figures as they stand, finished the day after; a suggestion rests on it."""
    moment = story.day(9, 9)
    yield moment
    year = story.begins.year
    span = f"{year}H1" if story.begins.month > 6 else f"{year - 1}"
    actor, top = story.actor("high-tongji", moment), story.court.installation.unit
    row = analyses.write_analysis(
        actor,
        story.place(),
        top,
        client_key="demo-analysis",
        fields={
            "kind": "special",
            "title": "全省法院收结案情况分析",
            "span": span,
            "authors": "司法统计处",
            "body": FINISHED,
        },
    )
    for key in ("filed", "closed"):
        analyses.cite(actor, row, card=key, court=f"{top.code}+", span=span)
    yield moment + timedelta(days=1)
    analyses.finish_analysis(story.actor("high-tongji", moment + timedelta(days=1)), row)


def forecast(story: Story) -> Life:
    moment = story.day(45, 14)
    yield moment
    analyses.write_analysis(
        story.actor("high-tongji3", moment),
        story.place(),
        story.court.installation.unit,
        client_key="demo-forecast",
        fields={
            "kind": "forecast",
            "title": "下一季度全省收案趋势预测",
            "span": str(story.months[0]),
            "authors": "司法统计处",
            "body": "初稿：预测区间和回测误差见“趋势”，待补充对突增法院的说明。",
            "method": "阻尼趋势加季节的指数平滑，与上年同月比较回测",
        },
    )


SUGGESTIONS = (
    # how far, court, days into the story, title, addressee, text
    ("closed", "high", 5, "关于规范小额贷款公司催收行为的建议", "江岚省地方金融管理局",
     "审理中发现部分小额贷款公司将诉讼作为批量催收手段，合同格式条款不规范，建议加强监管。"),
    ("replied", "lanzhou", 8, "关于完善物业服务收费公示的建议", "澜州市住房和城乡建设局",
     "物业服务合同纠纷连续增长，多因收费项目不公示引起，建议统一公示格式并抽查。"),
    ("sent", "high", 30, "关于商品房预售资金监管的建议", "江岚省住房和城乡建设厅",
     "逾期交房纠纷集中，多涉预售资金未按进度使用，建议共享监管账户信息。"),
    ("signed", "high", 48, "关于建设工程农民工工资专用账户的建议", "江岚省人力资源和社会保障厅",
     "劳务合同纠纷中专用账户未开立的占比较高，建议与施工许可联动核查。"),
    ("submitted", "qinglan", 52, "关于农村客运班线保险投保的建议", "清岚县交通运输局",
     "机动车交通事故责任纠纷中，客运车辆脱保多发，建议年检时核验。"),
    ("draft", "qinglan", 55, "关于规范民间借贷中介的建议", "清岚县市场监督管理局",
     "民间借贷案件中多次出现同一中介，拟建议核查其经营范围。"),
)  # fmt: skip


def suggested(story: Story) -> Iterable[Life]:
    for row in SUGGESTIONS:
        yield suggestion(story, *row)


def suggestion(story: Story, stage: str, key: str, days: int, title: str, addressee: str, text: str) -> Life:
    moment = story.day(days, 10, 20)
    yield moment
    office = story.actor(f"{key}-tongji", moment)
    basis = Analysis.objects.filter(client_key="demo-analysis", state=Analysis.State.FINISHED).first()
    row = suggestions.draft_suggestion(
        office, story.place(), story.unit(key), title=title, addressee=addressee, body=text,
        client_key=f"demo-suggestion-{stage}", analysis=basis if key == "high" else None,
    )  # fmt: skip
    if stage == "draft":
        return
    row = suggestions.submit_suggestion(office, row)
    if stage == "submitted":
        return
    yield moment + timedelta(days=1)
    story.agreed(f"{key}-yuanzhang", moment + timedelta(days=1), row, "同意，请跟踪反馈。")
    if stage == "signed":
        return
    yield from _delivered(story, stage, key, row, days)


def _delivered(story: Story, stage: str, key: str, row: Suggestion, days: int) -> Life:
    sent = story.day(days + 4, 9)
    yield sent
    on = to_local(sent).date()
    number = f"〔{on.year}〕{story.unit(key).short_name}建{days}号"
    wait = 21 if stage == "closed" else 60 if stage == "sent" else 30
    suggestions.send_suggestion(
        story.actor(f"{key}-tongji", sent),
        row,
        number=number,
        sent_on=on,
        reply_by=on + timedelta(days=wait),
    )
    later = sent + timedelta(days=24)
    if stage == "sent":
        return
    yield later
    office = story.actor(f"{key}-tongji", later)
    if stage == "replied":
        suggestions.record_reply(
            office,
            row,
            replied_on=to_local(later).date(),
            adopted=True,
            reply="已发文统一公示格式，并将收费公示列入年度抽查。",
        )
        return
    suggestions.remind(office, row, text="电话催办，对方称正在研究。")
    suggestions.close_suggestion(office, row, why="期满并催办后仍无书面反馈，另以审判白皮书反映。")
