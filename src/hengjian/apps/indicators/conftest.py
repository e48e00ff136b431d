"""An invented city for the tests of indicators and the desk: a court with departments, three courts below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from hengjian.apps.indicators.acts.cards import CardText, decide_card, draft_card
from hengjian.apps.indicators.acts.figures import FigureIn, record_benchmark, report_figure
from hengjian.apps.indicators.models import Figure
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor, actor_for, system_actor
from hengjian.apps.org.models import Appointment, Person, Post, Unit, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.base.times import to_instant

SINCE = date(2020, 1, 1)
DEPARTMENTS = ("技术处", "审管办", "立案庭", "办公室", "信访局", "民一庭", "刑一庭", "执行一庭")
COURTS = ("清岚县人民法院", "望溪县人民法院", "石桥区人民法院")
# key: (name, own unit, role, unit of the post)
PEOPLE: dict[str, tuple[str, str, str, str]] = {
    "tech": ("江采薇", "技术处", "editor", "court"),
    "tech2": ("秦司南", "技术处", "office_head", "court"),
    "tech_head": ("祁连山", "技术处", "dept_head", "技术处"),
    "management": ("周以衡", "审管办", "dept_head", "审管办"),
    "filing": ("林知微", "立案庭", "dept_head", "立案庭"),
    "filing_clerk": ("苏小满", "立案庭", "liaison", "立案庭"),
    "civil": ("陆行舟", "民一庭", "dept_head", "民一庭"),
    "civil_staff": ("何新雨", "民一庭", "staff", "民一庭"),
    "criminal": ("石敬亭", "刑一庭", "dept_head", "刑一庭"),
    "leader": ("顾怀远", "court", "supervising_leader", "court"),
    "president": ("沈明鉴", "court", "president", "court"),
    "below": ("白远客", "清岚县人民法院", "president", "清岚县人民法院"),
    "below_clerk": ("叶知秋", "清岚县人民法院", "liaison", "清岚县人民法院"),
    "neighbour": ("韩望北", "望溪县人民法院", "liaison", "望溪县人民法院"),
    "sysadmin": ("丁系统", "court", "system_admin", "court"),
}


@dataclass
class City:
    """``city.actor("filing")`` acts, ``city.client("filing")`` clicks; ``city.at`` is a Monday in September 2022."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)

    def actor(self, key: str, at: datetime | None = None) -> Actor:
        return actor_for(self.users[key], at or self.at)

    def client(self, key: str | None = None) -> Client:
        client = Client()
        if key is not None:
            client.force_login(self.users[key])
        return client

    def scene(self, key: str = "tech", at: datetime | None = None) -> Scene:
        return Scene(self.installation, self.actor(key, at))

    def system(self, at: datetime | None = None) -> Scene:
        return Scene(self.installation, system_actor("测试", at or self.at))

    def report(
        self,
        indicator: str,
        unit: str,
        top: int,
        bottom: int,
        period: str = "2022-08",
        by: str = "tech",
        **more: str,
    ) -> Figure:
        wanted = FigureIn(
            indicator,
            self.units[unit],
            Period.parse(period),
            Decimal(top),
            Decimal(bottom),
            evidence="系统导出",
            **more,  # type: ignore[arg-type]
        )
        return report_figure(self.actor(by), self.installation, figure=wanted)

    def card(self, indicator: str) -> None:
        text = CardText("网上办理的件数", "应办理的总件数", "每月末日 24 时", "业务系统", date(2022, 8, 1))
        card = draft_card(self.actor("tech"), self.installation, indicator=indicator, text=text)
        decide_card(
            self.actor("tech"),
            card,
            version=card.version,
            decided_by="领导小组办公室",
            document="第 1 次例会纪要",
        )

    def rank(self, indicator: str, rank: int | None, period: str = "2022-08") -> None:
        record_benchmark(
            self.actor("tech"),
            self.installation,
            indicator=indicator,
            period=Period.parse(period),
            average=Decimal(95),
            excellent=Decimal(99),
            rank=rank,
            ranked=18,
            source="省法院 8 月通报",
        )


def local(text: str) -> datetime:
    return to_instant(datetime.fromisoformat(text))


@pytest.fixture
def city(db: None) -> City:
    city = City(at=local("2022-09-05T10:00"))
    top = Unit(code="court", name="澜州市中级人民法院", short_name="澜州中院", kind="court", valid_from=SINCE)
    top.save()
    city.units["court"] = top
    for position, name in enumerate((*DEPARTMENTS, *COURTS), 1):
        kind = "court" if name in COURTS else "department"
        city.units[name] = Unit(
            code=f"u{position}", name=name, kind=kind, position=position, valid_from=SINCE, parent=top
        )
    Unit.objects.bulk_create(u for u in city.units.values() if u.parent_id)
    _people(city)
    city.installation = Installation.objects.create(
        pack="jiaozuo",
        unit=top,
        competent_unit=city.units["技术处"],
        in_force_from=date(2022, 7, 28),
        evidence="印发通知",
        installed_at=local("2022-07-28T09:00"),
    )
    return city


def _people(city: City) -> None:
    for key in PEOPLE:
        city.users[key] = User(username=key, password="!")
    User.objects.bulk_create(city.users.values())
    for number, (key, (name, unit, *_)) in enumerate(PEOPLE.items()):
        city.people[key] = Person(
            name=name,
            staff_no=f"C{number:03}",
            unit=city.units[unit],
            user=city.users[key],
            email=f"{key}@court.invalid",
        )
    Person.objects.bulk_create(city.people.values())
    posts = [
        Post(
            role=role,
            unit=city.units[unit],
            title=ROLES[role].label,
            subtree=ROLES[role].subtree,
            valid_from=SINCE,
        )
        for _, _, role, unit in PEOPLE.values()
    ]
    Post.objects.bulk_create(posts)
    Appointment.objects.bulk_create(
        Appointment(post=post, person=person, seat="A", valid_from=SINCE)
        for post, person in zip(posts, city.people.values(), strict=True)
    )
