"""What the statistics offices give out: a release at every stage, a correction after publication, applications for data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import send_back
from hengjian.apps.releases.acts import doubts, readers
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.acts.handouts import copy_release
from hengjian.apps.releases.computed import Wanted, lines_from_data, recheck
from hengjian.apps.releases.models import Doubt, Figure, Release
from hengjian.apps.releases.opening import open_due
from hengjian.apps.statistics.place import Place, cards_of
from hengjian.apps.statistics.tables import broken
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.figures.spans import Span
from hengjian.statistics.spans import Span as Months
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.province.story import Story, at

CITIES = ("lanzhou", "jizhou", "cangze")
HIGH = ("high-tongji3", "high-tongji4", "high-yuanzhang")
QINGLAN = ("qinglan-tongji2", "qinglan-yuanzhang")
SAID: dict[str, Any] = {
    "mode": "统计公报",
    "channel": "website",
    "grade": "public",
    "query_channel": "省法院网站“司法统计”栏目",
    "opens_at": None,
}


def lives(story: Story) -> Iterable[Life]:
    yield published(story)
    yield corrected(story)
    yield own_court(story)
    yield returned(story)
    yield taken_back(story)
    yield embargoed(story)
    yield kept_from_the_court(story)
    yield waiting(story)
    yield drafted(story)
    yield clock(story)


def clock(story: Story) -> Life:
    """What the worker does: open what is due, look again at what was published when the data went on."""
    for day in (month.first for month in story.months[1:]):
        yield at(day, 6)
        recheck(story.system(at(day, 6)), story.court.installation)
    last = story.until - timedelta(minutes=5)
    yield last
    open_due(last)
    recheck(story.system(last), story.court.installation)


def published(story: Story) -> Life:
    """The month before the story: the province and its three cities, out two days after the signatures."""
    moment, month = story.day(5, 9), story.months[0].previous()
    yield moment
    opens = at(to_local(moment).date() + timedelta(days=3), 10)
    release = _drawn_up(
        story, "high", moment, month, ("filed", "closed"), cities=True,
        title=f"{month.label}全省法院收结案情况", opens_at=opens, note="不含人民法庭诉前调解。",
    )  # fmt: skip
    release = yield from _signed(story, release, moment, HIGH)
    yield opens + timedelta(minutes=1)
    open_due(opens + timedelta(minutes=1))
    yield opens + timedelta(hours=2)
    copy_release(
        story.actor("qinglan-civil1-tz", opens + timedelta(hours=2)),
        release,
        form="xlsx",
        purpose="撰写审判运行分析",
    )


def corrected(story: Story) -> Life:
    """The figures that a month's late entries would change: some restated, one noted, the others still open."""
    moment = at(story.months[1].first, 9) + timedelta(days=4)
    yield moment
    actor = story.actor("high-tongji", moment)
    rows = list(Doubt.objects.filter(state=Doubt.State.OPEN).order_by("figure__concept", "figure__pk"))
    if not rows:
        return
    text = "月末两日立案的案件次月录入，按更正后的数据重述。"
    release = doubts.restate(actor, rows[-1:], text=text)
    if len(rows) > 2:
        doubts.note(actor, rows[0], text="差别来自月末补录的案件，下期公报一并说明。")
    yield from _signed(story, release, moment, HIGH)
    again = moment + timedelta(days=1)
    yield again
    if len(rows) > 1:
        release = doubts.restate(story.actor("high-tongji", again), rows[-2:-1], text=text)
        acts.submit(story.actor("high-tongji", again), release, version=release.version)


def own_court(story: Story) -> Life:
    """A basic court gives out its own figures: its second statistician, the court above, its president sign."""
    moment, month = story.day(38, 9), story.months[0]
    yield moment
    release = _drawn_up(
        story, "qinglan", moment, month, ("opening", "filed", "closed", "pending"),
        title=f"清岚县人民法院{month.label}收结存情况", channel="bulletin", grade="internal", mode="院内通报",
        query_channel="本院审判管理办公室",
    )  # fmt: skip
    yield from _signed(story, release, moment, QINGLAN)


def returned(story: Story) -> Life:
    moment = story.until - timedelta(days=9, hours=2)
    yield moment
    release = _drawn_up(
        story, "high", moment, story.months[0], ("average_days", "mediated"),
        title="全省法院办案效率指标", mode="新闻通稿", channel="press",
    )  # fmt: skip
    acts.submit(story.actor("high-tongji", moment), release, version=release.version)
    later = moment + timedelta(hours=5)
    yield later
    course = running.current(release)
    assert course is not None
    send_back(
        story.actor("high-tongji3", later),
        course,
        reason="平均审理天数受积案清理影响，请加注后再报。",
    )


def taken_back(story: Story) -> Life:
    """Signed, then withdrawn before its time."""
    moment = story.until - timedelta(days=14, hours=4)
    yield moment
    release = _drawn_up(
        story, "high", moment, story.months[0], ("overdue_pending",), title="超审限未结案件情况", channel="press",
        mode="新闻发布会", opens_at=moment + timedelta(days=30),
    )  # fmt: skip
    release = yield from _signed(story, release, moment, HIGH)
    later = moment + timedelta(days=3)
    yield later
    acts.withdraw(
        story.actor("high-tongji", later),
        release,
        version=release.version,
        reason="口径将于下月调整，暂不发布。",
    )


def embargoed(story: Story) -> Life:
    """Signed and put off once; it opens the day after tomorrow. Two people outside the office know it already."""
    moment = story.until - timedelta(days=3, hours=2)
    yield moment
    month = story.months[1]
    opens = at(to_local(story.until).date() + timedelta(days=1), 10)
    release = _drawn_up(
        story, "high", moment, month, ("filed", "closed"), cities=True,
        title=f"{month.label}全省法院收结案情况", opens_at=opens, mode="新闻发布会", channel="press",
    )  # fmt: skip
    release = yield from _signed(story, release, moment, HIGH)
    later = moment + timedelta(days=1)
    yield later
    actor = story.actor("high-tongji", later)
    for login, why in (("high-zhongxin", "布置查询页面"), ("lanzhou-yuanzhang", "出席发布会")):
        person = story.court.people[f"{story.court.data['login_prefix']}{login}"]
        readers.admit(actor, release, person=person, reason=why)
    release = acts.postpone(
        actor, release, version=release.version, opens_at=opens + timedelta(days=1), reason="发布会改期一天。"
    )
    copy_release(story.actor("high-zhongxin", later), release, form="xlsx", purpose="布置查询页面")


def kept_from_the_court(story: Story) -> Life:
    """Figures of one basic court in a report of the court above, before its time: its president, who is on no list,
    sees them as 未发布 in the tables of his own court; its statistician, who counts them, goes on counting."""
    moment = story.until - timedelta(days=2, hours=3)
    yield moment
    opens = at(to_local(story.until).date() + timedelta(days=5), 9)
    release = _drawn_up(
        story, "high", moment, story.months[1], ("filed", "closed"), of=("qinglan",), opens_at=opens,
        title=f"基层法院收结案典型情况（清岚县人民法院{story.months[1].label}）", mode="统计专报", channel="bulletin",
    )  # fmt: skip
    yield from _signed(story, release, moment, HIGH)


def waiting(story: Story) -> Life:
    moment = story.until - timedelta(days=1, hours=5)
    yield moment
    release = _drawn_up(
        story, "high", moment, story.months[0], ("closing_rate", "pending"), title="全省法院结案率和未结案件",
        mode="统计公报",
    )  # fmt: skip
    acts.submit(story.actor("high-tongji", moment), release, version=release.version)
    later = moment + timedelta(hours=2)
    yield later
    story.agreed("high-tongji3", later, release, "数字已核。")


def drafted(story: Story) -> Life:
    moment = story.until - timedelta(hours=3)
    yield moment
    _drawn_up(
        story, "high", moment, story.months[1], ("recovered",), cities=True, title="全省法院执行到位金额"
    )


def _drawn_up(
    story: Story, key: str, moment: datetime, month: Period, cards: Sequence[str], *, cities: bool = False,
    of: Sequence[str] = (), **said: Any,
) -> Release:  # fmt: skip
    login, court = f"{key}-tongji", story.unit(key)
    release = acts.draft(
        story.actor(login, moment), story.court.installation, court, client_key=f"demo-release-{said['title']}",
        **(SAID | said),
    )  # fmt: skip
    whole = court.pk == story.court.installation.unit_id
    rows = [(court, whole), *((story.unit(city), True) for city in CITIES if cities)]
    rows = [(story.unit(one), False) for one in of] or rows
    span, place = Span.parse(str(month)), story.place()
    faulty = _broken(place, month)
    wanted = [
        Wanted(unit, card, span, below)
        for unit, below in rows
        if not faulty & set(place.groups[f"{unit.code}{'+' if below else ''}"])
        for card in cards
    ] or [Wanted(rows[0][0], card, span) for card in cards]
    lines = lines_from_data(story.court.installation, _not_yet_out(story, wanted))
    return acts.add_cells(story.actor(login, moment), release, version=release.version, lines=lines)


def _broken(place: Place, month: Period) -> set[str]:
    """Courts whose table of the month does not add up: no figure of theirs goes out before that is mended."""
    told = broken(place.data(), cards_of(place.installation), Months.parse(str(month)))
    return {breach.court for breach in told}


def _not_yet_out(story: Story, wanted: Sequence[Wanted]) -> list[Wanted]:
    known = set(Figure.objects.values_list("concept", "court", "first", "whole"))
    fresh = [one for one in wanted if (one.card, one.court.pk, one.span.first, one.whole) not in known]
    return fresh or list(wanted)


def _signed(story: Story, release: Release, moment: datetime, signers: Sequence[str]) -> Stretch[Release]:
    """Handed over, signed hour by hour."""
    preparer = "high-tongji" if signers is HIGH else "qinglan-tongji"
    release.refresh_from_db()
    acts.submit(story.actor(preparer, moment), release, version=release.version)
    for hours, login in enumerate(signers, 1):
        yield moment + timedelta(hours=hours)
        story.agreed(login, moment + timedelta(hours=hours), release, "数据已核，同意。")
    release.refresh_from_db()
    return release
