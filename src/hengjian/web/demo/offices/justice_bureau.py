"""清岚县司法局: 16 townships and 19 offices, four kinds of items, quarterly duties and a yearly plan, no points."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.bureau_lives import (
    commission_life,
    direct_life,
    item_life,
    notices_life,
    plan_life,
    planned_life,
    silence_life,
)
from hengjian.web.demo.bureau_mail import mail_lives
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.court import make_court
from hengjian.web.demo.lives import World
from hengjian.web.demo.office import Begun, Office

FEW = frozenset({"rule", "resettle", "finance", "notary", "publiclaw"})  # one or two items a year


def begin(now: datetime, seed: int) -> Begun:
    """Since a January (this year's, while it is young last year's); the same seed and day give the same bureau."""
    today = to_local(now).date()
    first = date((today - timedelta(days=150)).year, 1, 4)
    since = first - timedelta(days=400)
    made = system_actor("演示", to_instant(datetime.combine(since, time(8))))
    bureau = make_court(made, since=since, name="justice_bureau")
    world = World(bureau, Random(seed + 1), set(), now)  # noqa: S311  a story, not a secret
    return bureau, [*_items(world, first, today), *_office(world, first), *mail_lives(world)]


def _office(world: World, first: date) -> list[Life]:
    """The plan of the year, four commissions (one kept, one late to be answered, one declined), two direct reports."""
    plan = to_instant(datetime.combine(first + timedelta(days=2), time(9, 30)))
    recent = world.until - timedelta(days=4)
    early = to_instant(datetime.combine(first + timedelta(days=60), time(9, 20)))
    return [
        plan_life(world, first.year, plan),
        commission_life(world, "correction", early, days=9, outcome="done"),
        commission_life(world, "publicity", world.later(recent, 0, 1), days=7, outcome="open"),
        commission_life(world, "lawyers", world.later(recent, 0, 3), days=5, outcome="declined"),
        commission_life(world, "aid", world.later(recent, 1, 4), days=10, outcome="open"),
        direct_life(world, "correction", world.later(early + timedelta(days=40), 0, 2)),
        notices_life(world, first.year),
        silence_life(world, "finance", world.later(world.until - timedelta(days=40), 0, 3)),
        planned_life(world, "publicity", world.later(world.until - timedelta(days=6), 0, 3)),
        direct_life(world, "aid", world.later(early + timedelta(days=70), 0, 2)),
    ]


def _items(world: World, first: date, last: date) -> list[Life]:
    """Most units write once a quarter, some more, a few forget a quarter; the last days leave every desk something."""
    lives, random = [], world.random
    for unit in world.court.authors:
        zeal = 0.25 if unit in FEW else random.choice((0.8, 1.0, 1.0, 1.4))
        day = first
        while day <= last:
            for _ in range(int(zeal) + int(random.random() < zeal % 1)):
                lives.append(
                    item_life(world, unit, _morning(random, day + timedelta(days=random.randint(0, 80))))
                )
            day += timedelta(days=91)
    for unit in random.sample(world.court.authors, 6):
        lives.append(item_life(world, unit, world.later(world.until - timedelta(hours=30), 0, 18)))
    return lives


def _morning(random: Random, day: date) -> datetime:
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return to_instant(datetime.combine(day, time(8)) + timedelta(minutes=random.randint(30, 540)))


OFFICE = Office(
    title="清岚县司法局",
    order=20,
    logins=(
        ("sf-lianluo", "城关司法所联络员"),
        ("sf-suozhang", "城关司法所所长（部门负责人）"),
        ("sf-zhubi", "城关司法所干警（主笔）"),
        ("sf-fenguan", "分管副局长"),
        ("sf-juzhang", "局长（主要领导）"),
        ("sf-bangong", "局办公室信息编辑"),
        ("sf-zhuren", "局办公室主任"),
        ("sf-jiaozheng", "社区矫正管理局联络员"),
        ("sf-xitong", "系统管理员"),
        ("sf-anquan", "安全管理员"),
        ("sf-shenji", "审计管理员"),
    ),
    begin=begin,
)
