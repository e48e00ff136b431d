"""A second story: an invented justice department of a province that appraises by the quarter (pack hubei).

``province.actor("city_writer")`` acts; ``province.items("city", 24, …)`` files so many at once, as facts with receipts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hengjian.apps.bulletins.models import Delivery, Fact, Item
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant

SINCE = date(2020, 1, 1)
PACK = "hubei"

# key: (name, kind, parent, class)
UNITS: dict[str, tuple[str, str, str | None, str]] = {
    "dept": ("江岚省司法厅", "bureau", None, ""),
    "leaders": ("厅领导", "group", "dept", ""),
    "office": ("厅办公室", "department", "dept", "author_department"),
    "general": ("厅办公室综合科", "department", "office", ""),
    "oversight": ("厅办公室督办科", "department", "office", ""),
    "stability": ("厅维稳办", "department", "dept", "author_department"),
    "city": ("澜州市司法局", "bureau", "dept", "A_city"),
    "city2": ("柳川市司法局", "bureau", "dept", "A_city"),
    "direct": ("云泽市司法局", "bureau", "dept", "B_direct"),
    "prison": ("省监狱局", "bureau", "dept", "C_prison"),
    "legal": ("厅法治调研处", "department", "dept", "E_office6"),
    "point": ("清岚县司法局", "point", "city", "F_point"),
}

# key: (name, own unit, role, unit of the post, title)
PEOPLE: dict[str, tuple[str, str, str, str, str]] = {
    "city_writer": ("纪采萱", "city", "liaison", "city", "信息员"),
    "city_head": ("罗定江", "city", "dept_head", "city", "局长"),
    "city2_writer": ("梅问渠", "city2", "liaison", "city2", "信息员"),
    "city2_head": ("钟岳平", "city2", "dept_head", "city2", "局长"),
    "point_writer": ("温小溪", "point", "liaison", "point", "信息员"),
    "point_head": ("谷明远", "point", "dept_head", "point", "局长"),
    "legal_head": ("邵闻理", "legal", "dept_head", "legal", "处长"),
    "editor": ("许知行", "general", "editor", "dept", "综合科信息编辑"),
    "editor2": ("冯听澜", "oversight", "editor", "dept", "督办科信息编辑"),
    "office_head": ("阮守拙", "office", "office_head", "dept", "办公室主任"),
    "duty": ("聂平澜", "stability", "duty_officer", "dept", "维稳办值班员"),
    "vice": ("严慎之", "leaders", "supervising_leader", "dept", "分管副厅长"),
    "president": ("曲怀民", "leaders", "president", "dept", "厅长"),
    "party": ("傅昭明", "leaders", "party_group", "dept", "厅党委委员"),
}


@dataclass
class Province:
    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def actor(self, key: str, when: str = "") -> Actor:
        return actor_for(self.users[key], local(when) if when else self.at)

    def client(self, key: str) -> Client:
        client = Client()
        client.force_login(self.users[key])
        return client

    def classify(self, key: str, category: str, since: str, until: str | None = None) -> UnitClass:
        end = date.fromisoformat(until) if until else None
        return UnitClass.objects.create(
            unit=self.units[key], pack=PACK, key=category, valid_from=date.fromisoformat(since), valid_to=end
        )

    def item(self, unit: str, category: str = "dynamic", **fields: Any) -> Item:
        at = local(fields.pop("at", "2024-02-05T09:00"))
        return Item.objects.create(
            installation=self.installation, client_key=uuid4().hex, title=fields.pop("title", "法治调研三题"),
            category=category, unit=self.units[unit], state=fields.pop("state", Item.State.RECEIVED),
            created_at=at, changed_at=at, filed_at=at, **fields,
        )  # fmt: skip

    def filed(
        self, unit: str, when: str, category: str = "dynamic", boxes: str = "mail_zhk mail_dbk", **fields: Any
    ) -> Item:
        """An item with its submission and what boxes it reached."""
        item = self.item(unit, category, at=when, **fields)
        fact = self.fact("submit", item, when, unit=self.units[unit])
        Delivery.objects.bulk_create(
            Delivery(item=item, fact=fact, box=box, arrived_at=local(when)) for box in boxes.split()
        )
        return item

    def items(
        self, unit: str, count: int, first: str, category: str = "dynamic", **fields: Any
    ) -> list[Item]:
        """``count`` items of a unit, one an hour from ``first`` on."""
        begin = datetime.fromisoformat(first)
        times = [(begin + timedelta(hours=n)).isoformat() for n in range(count)]
        return [self.filed(unit, when, category, **fields) for when in times]

    def fact(self, kind: str, item: Item | None, when: str, value: str = "", **fields: Any) -> Fact:
        return Fact.objects.create(
            installation=self.installation, kind=kind, item=item, value=value, happened_at=local(when),
            recorded_at=local(when), client_key=uuid4().hex, **fields,
        )  # fmt: skip


def local(text: str) -> datetime:
    return to_instant(datetime.fromisoformat(text))


@pytest.fixture
def province(db: None) -> Province:
    """The whole department: units in their classes, people with posts and logins, the pack at work."""
    found = Province(at=to_instant(datetime(2024, 4, 3, 10, 0)))
    for position, (key, (name, kind, parent, category)) in enumerate(UNITS.items()):
        unit = Unit.objects.create(
            code=f"P-{key}", name=name, kind=kind, position=position, valid_from=SINCE,
            parent=found.units[parent] if parent else None,
        )  # fmt: skip
        found.units[key] = unit
        if category:
            found.classify(key, category, SINCE.isoformat())
    for n, (key, (name, unit_key, role, at, title)) in enumerate(PEOPLE.items(), 1):
        user = User(username=key)
        user.set_unusable_password()
        user.save()
        person = Person.objects.create(name=name, staff_no=f"P{n:03}", unit=found.units[unit_key], user=user)
        post, _ = Post.objects.get_or_create(
            role=role, unit=found.units[at],
            defaults={"title": title, "subtree": ROLES[role].subtree, "valid_from": SINCE},
        )  # fmt: skip
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
        found.users[key], found.people[key] = user, person
    found.installation = Installation.objects.create(
        pack=PACK, unit=found.units["dept"], competent_unit=found.units["office"], in_force_from=SINCE,
        evidence="厅党委会纪要", installed_at=to_instant(datetime(2020, 1, 1)),
    )  # fmt: skip
    return found
