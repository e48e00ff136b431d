"""清岚县人民法院: a year under the pack of a county court."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.court import make_court
from hengjian.web.demo.lives import World, desk_life, item_life, returned_life, waiting_life
from hengjian.web.demo.months import accounts_life
from hengjian.web.demo.office import Begun, Office
from hengjian.web.demo.rare import emergency_life, registers_life


def begin(now: datetime, seed: int) -> Begun:
    """Twelve months up to now; the same seed and day give the same court."""
    today = to_local(now).date()
    first = date(today.year - 1, today.month, 1)
    began = to_instant(datetime.combine(first, time(8)))
    court = make_court(system_actor("演示", began - timedelta(days=400)), since=first - timedelta(days=400))
    world = World(court, Random(seed), set(), now)  # noqa: S311  a story, not a secret
    lives = [desk_life(world, began), accounts_life(world, began), registers_life(world, began)]
    for n, (unit, days) in enumerate((("execution", 95), ("liuhe", 240))):
        occurred = to_instant(datetime.combine(first, time(10, 12)) + timedelta(days=days))
        lives.append(emergency_life(world, unit, occurred, n))
    return court, [*_items(world, first, today), *lives, *mornings(world)]


def mornings(world: World) -> list[Life]:
    """What yesterday left on the desks of those who sign in first."""
    return [
        waiting_life(world, "criminal", 1),
        waiting_life(world, "administrative", 2),
        waiting_life(world, "civil1", 0),
        returned_life(world, "civil1"),
    ]


def _items(world: World, first: date, last: date) -> list[Life]:
    """Each department writes most weeks; some weeks slip, some have two. The last day leaves every desk something."""
    lives = []
    for unit in world.court.authors:
        zeal = world.random.uniform(0.5, 0.95)
        day = first
        while day <= last:
            for _ in range(_how_many(world.random, zeal)):
                workday = day + timedelta(days=world.random.randint(0, 4))
                minutes = world.random.randint(30, 560)
                lives.append(
                    item_life(
                        world,
                        unit,
                        to_instant(datetime.combine(workday, time(8)) + timedelta(minutes=minutes)),
                    )
                )
            day += timedelta(days=7)
    lateness = [world.later(world.until - timedelta(hours=26), 0, 16) for _ in world.court.authors]
    lives += [item_life(world, unit, at) for unit, at in zip(world.court.authors, lateness, strict=True)]
    return lives


def _how_many(random: Random, zeal: float) -> int:
    return int(random.random() < zeal) + int(random.random() < 0.06)


OFFICE = Office(
    title="清岚县人民法院",
    order=10,
    logins=(
        ("xinxiyuan", "民一庭信息员：先改一篇退回的信息，再报送"),
        ("tingzhang", "民一庭庭长（部门负责人）：先审一篇本庭的信息"),
        ("fenguan", "分管副院长：先审一篇重要信息"),
        ("bianji", "审管办信息编辑：先签收新稿，再选稿编刊"),
        ("zhuren", "审管办主任：认定差错、处理申诉，改口径"),
        ("yuanzhang", "院长：看采用与批示、积分和通报"),
        ("linju", "刑庭信息员：看不到别的庭的未刊稿件"),
        ("zhiban", "值班员：登记一件电话报告的紧急信息"),
        ("xitong", "系统管理员：加单位、岗位，用 Excel 导入人员"),
        ("anquan", "安全管理员：开账号、任命 A、B 角"),
        ("shenji", "审计管理员：筛选、导出、核验操作记录"),
    ),
    begin=begin,
)
