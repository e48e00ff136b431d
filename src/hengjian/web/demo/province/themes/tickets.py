"""Technical problems: an interface that stood still, climbed to the centre and was solved; one that waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hengjian.apps.cases.acts.tickets import open_ticket, raise_ticket, solve_ticket
from hengjian.apps.cases.models import Finding
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.province.story import Story, at, workday


def lives(story: Story) -> Iterable[Life]:
    yield outage(story)
    yield asked(
        story,
        "qinglan",
        2,
        "批量导出时个别案件没有生成当事人电话",
        "自上周起，导出的文件里约百分之一的案件电话是空的，系统里能看到。",
    )
    yield asked(
        story,
        "xinghai",
        6,
        "电子卷宗生成日期早于扫描日期",
        "卷宗系统与案件系统时间差八小时，生成日期有时落在前一天。",
        climbs=True,
    )


def outage(story: Story) -> Life:
    court, day = story.unit("yunshan"), workday(story.months[0].first + timedelta(days=13))
    installation = story.court.installation
    yield at(day, 9, 5)
    ticket = open_ticket(
        story.actor("yunshan-tongji", at(day, 9, 5)),
        installation,
        court,
        title="立案接口中断，录入日期不对",
        text="昨天起立案信息不能实时上传，恢复后补传的案件录入日期都成了补传那天，影响本周全部新收案件。",
    )
    yield at(day, 10, 40)
    ticket = raise_ticket(
        story.actor("yunshan-jishu", at(day, 10, 40)),
        ticket,
        version=ticket.version,
        text="本院线路正常，疑为市级交换节点。",
    )
    yield at(day, 15, 10)
    ticket = raise_ticket(
        story.actor("lanzhou-jishu", at(day, 15, 10)),
        ticket,
        version=ticket.version,
        text="市级节点版本落后，需省级统一升级。",
    )
    solved = workday(day + timedelta(days=6))
    yield at(solved, 11)
    late = Finding.objects.filter(court=court, rule="limits/entry-lag").order_by("pk")
    ticket.findings.set(late[:50])
    solve_ticket(
        story.actor("high-zhongxin", at(solved, 11)),
        ticket,
        version=ticket.version,
        answer="交换节点已升级，补传的案件按受理日期恢复录入日期；请各院复核本周数据。",
    )


def asked(story: Story, key: str, days: int, title: str, text: str, *, climbs: bool = False) -> Life:
    moment = story.until - timedelta(days=days, hours=2)
    yield moment
    ticket = open_ticket(
        story.actor(f"{key}-tongji", moment),
        story.court.installation,
        story.unit(key),
        title=title,
        text=text,
    )
    if climbs:
        moment += timedelta(hours=4)
        yield moment
        raise_ticket(
            story.actor(f"{key}-jishu", moment),
            ticket,
            version=ticket.version,
            text="涉及全省统一的卷宗系统。",
        )
