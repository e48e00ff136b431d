"""A third story: an invented county bureau of justice under the pack wuhua (quarterly duty, yearly plan, no points).

``bureau.actor("writer")`` acts; ``bureau.filed("gate", at)`` is an item that went through both signatures.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.apps.ui import counts
from hengjian.base.times import to_instant

SINCE = date(2022, 4, 1)
PACK = "wuhua"

# key: (name, kind, parent); 公证处 and 法制股 stand in the annex under these very names
UNITS: dict[str, tuple[str, str, str | None]] = {
    "bureau": ("清岚县司法局", "bureau", None),
    "chiefs": ("局领导", "group", "bureau"),
    "office": ("办公室", "department", "bureau"),
    "legal": ("法制股", "department", "bureau"),
    "notary": ("公证处", "department", "bureau"),
    "gate": ("城关司法所", "tribunal", "bureau"),
    "river": ("柳河司法所", "tribunal", "bureau"),
}

# key: (name, own unit, role, unit of the post, title)
PEOPLE: dict[str, tuple[str, str, str, str, str]] = {
    "writer": ("柳依山", "gate", "liaison", "gate", "联络员"),
    "staff": ("余晚舟", "gate", "staff", "gate", "司法助理员"),
    "head": ("康伯仲", "gate", "dept_head", "gate", "所长"),
    "river_writer": ("何青圃", "river", "liaison", "river", "联络员"),
    "river_head": ("冯守诚", "river", "dept_head", "river", "所长"),
    "legal_writer": ("尹清扬", "legal", "liaison", "legal", "联络员"),
    "legal_head": ("陶秉公", "legal", "dept_head", "legal", "股长"),
    "notary_head": ("彭泽润", "notary", "dept_head", "notary", "主任"),
    "editor": ("叶疏桐", "office", "editor", "bureau", "办公室信息编辑"),
    "office_head": ("邵允文", "office", "office_head", "bureau", "办公室主任"),
    "vice": ("罗敬之", "chiefs", "supervising_leader", "bureau", "分管副局长"),
    "president": ("严其正", "chiefs", "president", "bureau", "局长"),
    "security": ("管无虞", "office", "security_admin", "bureau", "安全管理员"),
}


@dataclass
class Bureau:
    """``at`` is a Wednesday morning in the second quarter."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def person(self, key: str) -> Person:
        return self.people[key]

    def actor(self, key: str, at: datetime | None = None) -> Actor:
        when = at or self.at
        return actor_for(self.users[key], when if when.tzinfo else to_instant(when))

    def client(self, key: str) -> Client:
        client = Client()
        client.force_login(self.users[key])
        return client

    def draft(self, unit: str, at: datetime | None = None, *, who: str = "", **fields: Any) -> Item:
        writer = who or {"gate": "writer", "river": "river_writer", "legal": "legal_writer"}[unit]
        values: dict[str, Any] = {"title": f"{self.units[unit]}工作信息", "body": "正文。" * 120}
        values |= {"category": "experience", **fields}
        return create(
            self.actor(writer, at),
            installation=self.installation,
            unit=self.units[unit],
            draft=ItemDraft(**values),
            client_key=uuid4().hex,
        )

    def filed(self, unit: str, at: datetime | None = None, *, received: bool = True, **fields: Any) -> Item:
        """Written, signed twice, received; all within minutes before ``at``."""
        when = at or self.at
        when = when if when.tzinfo else to_instant(when)
        people = {
            "gate": ("writer", "head"),
            "river": ("river_writer", "river_head"),
            "legal": ("legal_writer", "legal_head"),
        }
        writer, head = people[unit]
        item = self.draft(unit, when - timedelta(minutes=9), **fields)
        submit(self.actor(writer, when - timedelta(minutes=8)), item)
        for signer, minutes in ((head, 5), ("vice", 0)):
            item.refresh_from_db()
            approve(self.actor(signer, when - timedelta(minutes=minutes)), item)
        item.refresh_from_db()
        if received:
            receive(self.actor("editor", when), item)
            item.refresh_from_db()
        return item


@pytest.fixture
def bureau(db: None) -> Bureau:
    counts.forget()
    bureau = Bureau(at=to_instant(datetime(2024, 6, 5, 10)))
    for position, (key, (name, kind, parent)) in enumerate(UNITS.items()):
        above = bureau.units[parent] if parent else None
        bureau.units[key] = Unit.objects.create(
            code=f"w-{key}", name=name, kind=kind, parent=above, position=position, valid_from=SINCE
        )
    for n, (key, (name, unit, role, at, title)) in enumerate(PEOPLE.items()):
        user = User.objects.create(username=f"w-{key}", password="!")  # noqa: S106
        person = Person.objects.create(
            name=name, staff_no=f"W{n:03}", unit=bureau.units[unit], user=user, phone=f"100-0000-{n:04}",
            email=f"{key}@bureau.invalid",
        )  # fmt: skip
        post, _ = Post.objects.get_or_create(
            role=role,
            unit=bureau.units[at],
            defaults={"title": title, "subtree": ROLES[role].subtree, "valid_from": SINCE},
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
        bureau.users[key], bureau.people[key] = user, person
    bureau.installation = Installation.objects.create(
        pack=PACK,
        unit=bureau.units["bureau"],
        competent_unit=bureau.units["office"],
        in_force_from=SINCE,
        evidence="局党组会议纪要",
        installed_at=to_instant(datetime(2022, 4, 1)),
    )
    return bureau
