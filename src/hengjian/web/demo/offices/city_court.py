"""澜州市中级人民法院 with the ten courts below it: two years of figures, a target changed in the middle."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hengjian.apps.org.access import system_actor
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.city_desk import desk_lives
from hengjian.web.demo.city_figures import Story, cards_life, lines_life, month_life, target_life
from hengjian.web.demo.city_people import training_life
from hengjian.web.demo.court import make_court
from hengjian.web.demo.office import Begun, Office

MONTHS = 24
EARLIEST = Period.parse("2022-08")


def begin(now: datetime, seed: int) -> Begun:
    """The last two years up to the month before; the same seed and day give the same city."""
    last = Period.of(to_local(now).date(), PeriodKind.MONTH).previous()
    months = [last]
    while len(months) < MONTHS and months[0] > EARLIEST:
        months.insert(0, months[0].previous())
    since = months[0].first - timedelta(days=3)
    made = system_actor("演示", to_instant(datetime.combine(since, time(8))))
    court = make_court(made, since=min(since, date(2022, 7, 28)), name="city_court")
    story = Story(court, Random(seed + 2), months, now)  # noqa: S311  a story, not a secret
    lives = [
        cards_life(story),
        lines_life(story),
        target_life(story),
        *(month_life(story, n) for n in range(len(months))),
    ]
    return court, [*lives, *desk_lives(story), training_life(story)]


OFFICE = Office(
    title="澜州市中级人民法院",
    order=30,
    logins=(
        ("zy-jishu", "技术处信息化专干（填报、通报、例会、分办）"),
        ("zy-jishuchu", "技术处处长"),
        ("zy-lian", "立案庭庭长（牵头部门负责人）"),
        ("zy-shenguan", "审管办主任（牵头部门负责人）"),
        ("zy-minyi", "民一庭庭长（责任部门负责人）"),
        ("zy-ganjing", "民一庭法官助理"),
        ("zy-landong", "澜东区法院院长"),
        ("zy-landong-xxy", "澜东区法院联络员"),
        ("zy-fenguan", "副院长（领导小组办公室主任）"),
        ("zy-yuanzhang", "院长（领导小组组长）"),
        ("zy-xitong", "系统管理员"),
        ("zy-anquan", "安全管理员"),
        ("zy-shenji", "审计管理员"),
    ),
    begin=begin,
)
