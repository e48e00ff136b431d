"""The desk of the invented city: thirty tickets, four meetings, a system on its way, what the leads entered."""

from __future__ import annotations

from datetime import datetime, timedelta

from hengjian.apps.desk.acts import meetings, registry, tickets
from hengjian.apps.desk.models import AgendaItem, Decision, Meeting, System, Ticket
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_local
from hengjian.web.demo.city_figures import Story, at
from hengjian.web.demo.clockwork import Life

COUNT = 30
STILL_OPEN = 6


def desk_lives(story: Story) -> list[Life]:
    """All that happens at the desk in the last three months."""
    begun = story.until - timedelta(days=84)
    lives = [ticket_life(story, n, begun + timedelta(days=2.6 * n, hours=n % 7)) for n in range(COUNT)]
    return [*lives, meetings_life(story), system_life(story), evidence_life(story), templates_life(story)]


def ticket_life(story: Story, n: int, moment: datetime) -> Life:
    """Raised, given to a unit, answered, judged; the youngest still wait."""
    told = story.court.data["tickets"]
    row_data = told[n % len(told)]
    moment = _working(moment)
    yield moment
    inside = row_data["origin"] == "staff"
    actor = story.actor("zy-ganjing", moment) if inside else system_actor("公众", moment)
    wanted = tickets.TicketIn(
        kind=row_data["kind"],
        origin=row_data["origin"],
        title=row_data["title"] + (f"（{n // len(told) + 1}）" if n >= len(told) else ""),
        body=row_data["body"],
        client_key=f"city-{n}",
        channel=Ticket.Channel.INSIDE if inside else Ticket.Channel.WEB,
        contact_name="" if inside else "来信人",
    )
    row = tickets.raise_ticket(actor, story.court.installation, ticket=wanted)
    yield moment + timedelta(hours=2)
    if n >= COUNT - 2:
        return
    office = story.actor("zy-jishu", moment + timedelta(hours=2))
    handler = row_data["handler"]
    row = tickets.route(office, row, version=row.version, handler=story.court.units[handler])
    if n >= COUNT - STILL_OPEN:
        return
    yield moment + timedelta(hours=5 + 11 * (n % 4))
    hand = {"tech": "zy-jishu", "filing": "zy-lian", "management": "zy-shenguan"}[handler]
    row = tickets.answer(
        story.actor(hand, moment + timedelta(hours=5 + 11 * (n % 4))),
        row,
        version=row.version,
        text=row_data["answer"],
    )
    yield moment + timedelta(days=3)
    stars = (5, 5, 4, 5, 3)[n % 5]
    tickets.rate(actor, row, version=row.version, stars=stars, text="解决很快。" if stars == 5 else "")


def meetings_life(story: Story) -> Life:
    """Three meetings with minutes, six weeks back, and the next one called."""
    for back in (42, 28, 14):
        starts = _working(story.until - timedelta(days=back)).replace(hour=15)
        yield starts - timedelta(days=2)
        office = story.actor("zy-jishu", starts - timedelta(days=2))
        meeting = meetings.call(office, story.court.installation, starts_at=starts, place="三楼会议室")
        yield starts + timedelta(hours=3)
        meeting = _minuted(story, meeting, starts + timedelta(hours=3))
        yield starts + timedelta(days=1)
        meetings.report(story.actor("zy-jishu", starts + timedelta(days=1)), meeting, version=meeting.version)
        if back == 42:
            yield starts + timedelta(days=8)
            for decision in Decision.objects.filter(meeting=meeting):
                when = story.actor("zy-jishu", starts + timedelta(days=8))
                meetings.fulfil(when, decision, note="已按期办结，结果已通知各部门。")
    starts = _working(story.until + timedelta(days=2)).replace(hour=15)
    yield story.until - timedelta(hours=20)
    meetings.call(
        story.actor("zy-jishu", story.until - timedelta(hours=20)),
        story.court.installation,
        starts_at=starts,
        place="三楼会议室",
    )


def _minuted(story: Story, meeting: Meeting, moment: datetime) -> Meeting:
    items: list[AgendaItem] = list(meeting.items.all()[:6])
    for item in meeting.items.all()[6:]:
        meetings.drop(story.actor("zy-jishu", moment - timedelta(hours=30)), item)
    lead, management = story.court.units["filing"], story.court.units["management"]
    due = to_local(moment).date() + timedelta(days=10)
    present = [
        story.court.people[login]
        for login in ("zy-fenguan", "zy-jishuchu", "zy-jishu", "zy-lian", "zy-shenguan")
    ]
    return meetings.minute(
        story.actor("zy-jishu", moment),
        meeting,
        version=meeting.version,
        chair=story.court.people["zy-fenguan"].name,
        present=present,
        absent="",
        summary="会议听取了近两周应用推进情况，研究了问题单和未达标指标。",
        conclusions={item.pk: "由牵头部门逐件核实原因，两周内报告整改结果。" for item in items},
        decisions=[
            meetings.DecisionIn(
                "汇总电子送达失败的原因并提出改进办法", lead, due, items[0] if items else None
            ),
            meetings.DecisionIn(
                "组织网上开庭操作培训并核对设备", management, due, items[-1] if items else None
            ),
        ],
    )


def system_life(story: Story) -> Life:
    """One system is built, taught and handed over; another is only planned."""
    start = _working(story.until - timedelta(days=200))
    yield start
    office = story.actor("zy-jishu", start)
    system = registry.register_system(
        office, story.court.installation, name="诉讼风险提示系统", purpose="立案时提示常见风险。"
    )
    registry.register_system(
        office, story.court.installation, name="庭审语音转写升级", purpose="提高方言识别率。"
    )
    for days, stage, note in (
        (30, "studied", "可行性论证报告"),
        (90, "built", "验收单"),
        (110, "trained", "签到表"),
    ):
        yield start + timedelta(days=days)
        system = _advance(story, system, stage, note, start + timedelta(days=days))
    yield start + timedelta(days=125)
    _advance(story, system, "handed", "移交单", start + timedelta(days=125))


def _advance(story: Story, system: System, stage: str, note: str, moment: datetime) -> System:
    return registry.advance(
        story.actor("zy-jishu", moment),
        system,
        version=system.version,
        stage=stage,
        happened_on=to_local(moment).date(),
        note=note,
        lead=story.court.units["filing"] if stage == "handed" else None,
    )


def evidence_life(story: Story) -> Life:
    for days, login, line, text in (
        (60, "zy-lian", "row:18", "召开电子送达推进会，逐庭通报失败原因"),
        (48, "zy-shenguan", "row:16", "对庭审巡查系统使用情况抽查一次"),
        (30, "zy-personnel-fzr", "row:39", "完成离职人员名单更新并核对"),
        (20, "zy-publicity-fzr", "row:41", "官网诉讼服务栏目改版"),
    ):
        moment = _working(story.until - timedelta(days=days))
        yield moment
        registry.record_evidence(
            story.actor(login, moment),
            story.court.installation,
            line=line,
            happened_on=to_local(moment).date(),
            text=text,
        )


def templates_life(story: Story) -> Life:
    moment = _working(story.until - timedelta(days=83))
    yield moment
    for title, text in (
        ("证书过期", "请下载新版证书助手后重新登录。"),
        ("需要培训", "已列入下一期线上培训，时间另行通知。"),
    ):
        registry.save_template(
            story.actor("zy-jishu", moment), story.court.installation, title=title, text=text
        )


def _working(moment: datetime) -> datetime:
    """The same hour of a working day, in office hours."""
    day = to_local(moment).date()
    day -= timedelta(days={5: 1, 6: 2}.get(day.weekday(), 0))
    return at(day, 9 + moment.minute % 8, moment.minute % 60)
