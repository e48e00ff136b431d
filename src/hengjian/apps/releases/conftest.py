"""An invented province: a high court, two intermediate courts, three basic ones; the statistics office of each, and people
who must see nothing before the time.

``land.actor("stat")`` acts at ``land.at`` or at a time given; ``land.release(…)`` draws up, ``land.sign(…)`` signs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.acts import releases as acts
from hengjian.apps.releases.lines import Line
from hengjian.apps.releases.models import Application, Release
from hengjian.base.times import to_instant
from hengjian.figures.spans import Span

SINCE = date(2020, 1, 1)

# key: (name, short name, kind, parent, level)
UNITS: dict[str, tuple[str, str, str, str | None, str]] = {
    "high": ("江岚省高级人民法院", "江岚高院", "court", None, "high"),
    "lan": ("澜州市中级人民法院", "澜州中院", "court", "high", "intermediate"),
    "liu": ("柳川市中级人民法院", "柳川中院", "court", "high", "intermediate"),
    "qing": ("清岚县人民法院", "清岚法院", "court", "lan", "basic"),
    "wang": ("望溪县人民法院", "望溪法院", "court", "lan", "basic"),
    "yun": ("云泽县人民法院", "云泽法院", "court", "liu", "basic"),
    "civil": ("民事审判庭", "民庭", "department", "qing", ""),
    "study": ("研究室", "", "department", "high", ""),
}

# key: (name, own unit, role, unit of the post, title)
PEOPLE: dict[str, tuple[str, str, str, str, str]] = {
    "stat": ("白知数", "study", "statistics", "high", "司法统计处处长"),
    "stat2": ("陶明算", "study", "statistics", "high", "司法统计处统计员"),
    "stat3": ("骆清核", "study", "statistics", "high", "司法统计处统计员"),
    "high_stat": ("柏统云", "study", "high_statistics", "high", "司法统计处审核员"),
    "president": ("岳承衡", "high", "president", "high", "院长"),
    "lan_stat": ("岑汇川", "lan", "statistics", "lan", "统计员"),
    "liu_stat": ("邬计远", "liu", "statistics", "liu", "统计员"),
    "qing_stat": ("祝小数", "qing", "statistics", "qing", "统计员"),
    "qing_stat2": ("辛二数", "qing", "statistics", "qing", "统计员"),
    "qing_president": ("闻道清", "qing", "president", "qing", "院长"),
    "wang_stat": ("茅数平", "wang", "statistics", "wang", "统计员"),
    "judge": ("林知微", "civil", "staff", "civil", "法官"),
    "head": ("周以衡", "civil", "dept_head", "civil", "庭长"),
    "neighbour": ("韩望北", "wang", "staff", "wang", "法官"),
    "yun_president": ("段云深", "yun", "president", "yun", "院长"),
    "sysadmin": ("丁系统", "high", "system_admin", "high", "系统管理员"),
    "secadmin": ("安保全", "high", "security_admin", "high", "安全管理员"),
    "auditor": ("申计明", "high", "audit_admin", "high", "审计管理员"),
}


@dataclass
class Land:
    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def actor(self, key: str, when: datetime | str | None = None) -> Actor:
        at = to_instant(datetime.fromisoformat(when)) if isinstance(when, str) else when
        return actor_for(self.users[key], at or self.at)

    def client(self, key: str | None = None) -> Client:
        client = Client()
        if key is not None:
            client.force_login(self.users[key])
        return client

    def line(self, court: str = "high", written: str = "12034", **said: Any) -> Line:
        values: dict[str, Any] = {
            "name": "新收案件", "concept": "filed", "period": "2025H1", "measure": "件", "source": "统计系统导出",
            "definition": "期内立案的案件", "card_version": "1", "aliases": "新收、收案",
        }  # fmt: skip
        values |= said
        span = Span.parse(values.pop("period"))
        return Line(court=self.units[court], written=written, span=span, **values)

    def release(self, *lines: Line, who: str = "stat", **said: Any) -> Release:
        actor = self.actor(who, said.pop("when", None))
        house = self.units[said.pop("house", "high")]
        values: dict[str, Any] = {
            "title": "2025年上半年司法统计公报", "mode": "公报", "channel": "website", "grade": "public",
            "query_channel": "法院网站统计公报栏目", "opens_at": None, "client_key": uuid4().hex,
        }  # fmt: skip
        made = acts.draft(actor, self.installation, house, **(values | said))
        return acts.add_cells(actor, made, version=made.version, lines=lines or [self.line()])

    def sign(self, release: Release, when: datetime | str | None = None, who: str = "stat") -> Release:
        """Handed over and signed by all whose turn it is."""
        acts.submit(self.actor(who, when), release, version=release.version)
        course = running.current(release)
        assert course is not None
        signers = ("stat2", "stat3", "president") if release.unit == self.units["high"] else ()
        for signer in signers or ("qing_stat2", "qing_president"):
            agree(self.actor(signer, when), course)
        release.refresh_from_db()
        return release

    def granted(self, application: Application, *signers: str) -> Application:
        course = running.current(application)
        assert course is not None
        for signer in signers:
            agree(self.actor(signer), course)
        application.refresh_from_db()
        return application


@pytest.fixture
def land(db: None) -> Land:
    found = Land(at=to_instant(datetime(2025, 7, 15, 10, 0)))
    for position, (key, (name, short, kind, parent, level)) in enumerate(UNITS.items()):
        unit = Unit(
            code=f"L-{key}", name=name, short_name=short, kind=kind, position=position, valid_from=SINCE
        )
        unit.parent = found.units[parent] if parent else None
        unit.save()
        found.units[key] = unit
        if level:
            UnitClass.objects.create(unit=unit, pack="shandong", key=level, valid_from=SINCE)
    for n, key in enumerate(PEOPLE, 1):
        _person(found, key, n)
    found.installation = Installation.objects.create(
        pack="shandong", unit=found.units["high"], competent_unit=found.units["study"], in_force_from=SINCE,
        evidence="印发通知", installed_at=to_instant(datetime(2020, 1, 1)),
    )  # fmt: skip
    return found


def _person(land: Land, key: str, n: int) -> None:
    name, unit, role, at, title = PEOPLE[key]
    user = User.objects.create(username=f"l_{key}", password="!")
    person = Person.objects.create(name=name, staff_no=f"L{n:03}", unit=land.units[unit], user=user)
    post, _ = Post.objects.get_or_create(
        role=role, unit=land.units[at], title=title,
        defaults={"subtree": ROLES[role].subtree, "valid_from": SINCE},
    )  # fmt: skip
    Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    land.users[key], land.people[key] = user, person
