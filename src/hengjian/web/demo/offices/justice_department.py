"""江岚省司法厅: 126 appraised units and reporting points, quarters, boxes, matters and an emergency on duty."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.emergency import report, report_stage
from hengjian.apps.bulletins.acts.exclude import exclude
from hengjian.apps.bulletins.acts.phone import PhoneCall
from hengjian.apps.bulletins.acts.receipt import set_box, sign
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.desk.acts.edition import plan_editions
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Item
from hengjian.apps.matters.acts.matter import record_matter
from hengjian.apps.matters.acts.progress import link
from hengjian.apps.org.access import system_actor
from hengjian.apps.points.acts import notices
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.court import make_court
from hengjian.web.demo.history import take_over
from hengjian.web.demo.lives import World
from hengjian.web.demo.office import Begun, Office

QUARTERLY, YEARLY = "notices/quarterly", "notices/yearly"
BOXES = (("mail_zhk", "general"), ("mail_dbk", "oversight"), ("mail_bwk", "stability"))
WRITERS = (
    ("city1", "t-shizhou", "t-juzhang"),
    ("city2", "t-liuchuan", "t-liuju"),
    ("p1", "t-wangxi", "t-wangju"),
)
LIVED = 9  # days lived act by act; before that the old book is taken over


def begin(now: datetime, seed: int) -> Begun:
    """Four quarters up to now, kept from the first day of the first; the same seed and day give the same department."""
    today = to_local(now).date()
    running = Period.of(today, PeriodKind.QUARTER)
    first = running.previous().previous().previous().first
    since = first - timedelta(days=400)
    department = make_court(system_actor("演示", _at(first, 8)), since=since, name="justice_department")
    world = World(department, Random(seed + 2), set(), now)  # noqa: S311  a story, not a secret
    return department, [_life(world, first, today)]


def _life(world: World, first: date, today: date) -> Life:
    """The boxes, the old book, the notices of the quarters that are over, then the last days act by act."""
    court, handed = world.court, today - timedelta(days=LIVED)
    yield _at(first, 8)
    for key, unit in BOXES:
        set_box(court.actor("t-zhuren", _at(first, 8)), court.installation, key=key, unit=court.units[unit])
    yield _at(handed, 7)
    take_over(system_actor("演示", _at(handed, 7)), court, world.random, first, handed)
    quarter, at = Period.of(first, PeriodKind.QUARTER), _at(handed, 8)
    while quarter.end <= today:
        yield at
        at = yield from _notice(world, at, QUARTERLY, str(quarter))
        if quarter.end.month == 1 and quarter.first.year > first.year:
            at = yield from _notice(world, at, YEARLY, str(quarter.first.year))
        quarter = quarter.next()
    yield from _days(world, max(at, _at(handed, 10)))


def _notice(world: World, at: datetime, clause: str, period: str) -> Stretch[datetime]:
    """Made by the editor, checked by the deputy head, signed by the head (honours by the party group too), printed."""
    court = world.court
    editor = court.actor("t-bianji", at)
    notice = notices.prepare(editor, court.installation, clause=clause, period=period)
    notice = notices.submit(editor, notice, version=notice.version)
    party = ("t-dangwei",) if clause == YEARLY else ()
    for login in ("t-futing", "t-tingzhang", *party):
        at += timedelta(minutes=7)
        yield at
        notice = notices.approve(court.actor(login, at), notice, version=notice.version, opinion="同意。")
    at += timedelta(minutes=7)
    yield at
    notices.publish(court.actor("t-bianji", at), notice, version=notice.version, prefix="江司办通")
    return at + timedelta(minutes=5)


def _days(world: World, at: datetime) -> Life:
    """A conference to be carried out, items of three units, a night on duty, a leader's visit that does not count."""
    court = world.court
    yield at
    plan_editions(system_actor("演示", at), court.installation, day=to_local(at).date())
    matter = record_matter(
        court.actor("t-zhuren", at), court.installation, kind="meeting", title="全省司法行政重点工作推进会",
        document="推进会", happened_at=at - timedelta(hours=20), long_term=True, client_key=world.key(),
        summary="研究贯彻意见，报计划和落实情况。",
        units=[court.units[key] for key in ("city1", "city2", "city3", "prison", "d1")],
    )  # fmt: skip
    for n, (unit, login, head) in enumerate(WRITERS):
        moment = at + timedelta(hours=20 + 26 * n)
        yield moment
        item = yield from _item(world, unit, login, head, moment)
        if unit == "city1":
            mine = matter.assignments.get(unit=court.units[unit])
            later = moment + timedelta(hours=3)
            yield later
            item.refresh_from_db()
            link(court.actor(login, later), mine, stage="plan", item=item)
        if unit == "p1":
            later = moment + timedelta(hours=2)
            yield later
            exclude(court.actor("t-bianji", later), item, reason="attendance")
    yield from _night(world, at + timedelta(days=3, hours=11))
    yield from _last(world)


def _item(world: World, unit: str, login: str, head: str, at: datetime) -> Stretch[Item]:
    """Written, signed by the head, in both boxes; the two sections sign for their copies."""
    court, data = world.court, world.court.data
    words = {
        "unit": str(court.units[unit]),
        "what": world.random.choice(data["topics"]),
        "n": 6,
        "cases": 120,
        "days": 3,
    }
    draft = ItemDraft(
        title=data["titles"]["dynamic"][0].format(**words), body=data["body"].format(**words).strip(),
        category="dynamic", grade="public",
    )  # fmt: skip
    writer = court.actor(login, at)
    item = create(
        writer, installation=court.installation, unit=court.units[unit], draft=draft, client_key=world.key()
    )
    submit(writer, item, checked=["situation", "data"])
    at += timedelta(minutes=50)
    yield at
    item.refresh_from_db()
    approve(court.actor(head, at), item)
    at += timedelta(minutes=30)
    yield at
    for copy, reader in zip(item.deliveries.order_by("pk"), ("t-bianji", "t-duban"), strict=False):
        sign(court.actor(reader, at), copy)
    return item


def _night(world: World, at: datetime) -> Life:
    """Heavy rain: a text message first, the written report an hour later, then what was done."""
    court, unit = world.court, world.court.units["city2"]
    duty = court.actor("t-weiwen", at)
    yield at
    call = PhoneCall(
        at - timedelta(minutes=4), "田归农", "丁长安", "厅维稳办", "一处司法所进水，人员已转移。", means="sms"
    )
    item = report(
        duty, installation=court.installation, unit=unit, what="一处司法所因暴雨进水，人员已全部转移，没有伤亡。",
        where="柳川市", occurred_at=at - timedelta(minutes=35), subtype="disaster", client_key=world.key(), call=call,
    )  # fmt: skip
    for hours, stage, text in (
        (1, "written", "书面续报：进水司法所一处，档案已转移至二楼，正在排水。"),
        (9, "closing", "积水排除，办公恢复，没有档案受损。"),
    ):
        moment = at + timedelta(hours=hours)
        yield moment
        report_stage(court.actor("t-liuchuan", moment), item, stage=stage, text=text, client_key=world.key())


def _last(world: World) -> Life:
    """What stands open when a visitor comes: an item before its head, and an emergency of this hour."""
    court, at = world.court, world.until - timedelta(hours=3)
    yield at
    writer = court.actor("t-shizhou", at)
    words = {"what": "司法所建设", "unit": "澜州市司法局", "n": 4, "cases": 80, "days": 2}
    body = court.data["body"].format(**words).strip()
    draft = ItemDraft(
        title="澜州市基层司法所人员不足的情况反映", body=body, category="difficulty", grade="internal"
    )
    item = create(
        writer,
        installation=court.installation,
        unit=court.units["city1"],
        draft=draft,
        client_key=world.key(),
    )
    submit(writer, item)
    at = world.until - timedelta(minutes=40)
    yield at
    report(
        court.actor("t-shizhou", at), installation=court.installation, unit=court.units["city1"],
        what="一名社区矫正对象失联，正在查找。", where="澜州市城区", occurred_at=at - timedelta(minutes=30),
        subtype="custody", client_key=world.key(),
    )  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    return to_instant(datetime.combine(day, time(hour)))


OFFICE = Office(
    title="江岚省司法厅",
    order=30,
    logins=(
        ("t-shizhou", "澜州市司法局信息员"),
        ("t-juzhang", "澜州市司法局局长"),
        ("t-wangxi", "望溪县司法局（直报点）信息员"),
        ("t-bianji", "厅办公室综合科信息编辑"),
        ("t-duban", "厅办公室督办科信息编辑"),
        ("t-zhuren", "厅办公室主任"),
        ("t-weiwen", "厅维稳办值班员"),
        ("t-futing", "分管副厅长"),
        ("t-tingzhang", "厅长"),
        ("t-xitong", "系统管理员"),
        ("t-anquan", "安全管理员"),
        ("t-shenji", "审计管理员"),
    ),
    begin=begin,
)
