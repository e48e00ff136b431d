"""An invented province for the tests of inspections: a high court, a middle one with departments, two county courts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from hengjian.apps.inspections.acts import evidence, findings, plan, report, requests, team
from hengjian.apps.inspections.models import Evidence, Finding, HeadCheck, Inspection, Plan, Request
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant

SINCE = date(2020, 1, 1)
PDF = b"%PDF-1.4 statement"
# key: (name, kind, parent, level)
UNITS: dict[str, tuple[str, str, str | None, str]] = {
    "high": ("江岚省高级人民法院", "court", None, "high"),
    "high_stat": ("省法院司法统计处", "department", "high", ""),
    "middle": ("澜州市中级人民法院", "court", "high", "intermediate"),
    "middle_stat": ("中院审管办", "department", "middle", ""),
    "county": ("清岚县人民法院", "court", "middle", "basic"),
    "filing": ("立案庭", "department", "county", ""),
    "civil": ("民一庭", "department", "county", ""),
    "county_stat": ("清岚法院审管办", "department", "county", ""),
    "other": ("望溪县人民法院", "court", "middle", "basic"),
    "other_stat": ("望溪法院审管办", "department", "other", ""),
}
# key: (name, own unit, role, unit of the post)
PEOPLE: dict[str, tuple[str, str, str, str]] = {
    "high_stat": ("许知行", "high_stat", "high_statistics", "high"),
    "high_two": ("冯听澜", "high_stat", "high_statistics", "high"),
    "high_three": ("温如故", "high_stat", "high_statistics", "high"),
    "signer_one": ("谷明远", "high_stat", "statistics", "high"),
    "signer_two": ("邵闻理", "high_stat", "statistics", "high"),
    "high_president": ("严慎之", "high", "president", "high"),
    "stat": ("江采薇", "middle_stat", "statistics", "middle"),
    "one": ("秦司南", "middle_stat", "staff", "middle_stat"),
    "two": ("祁连山", "middle_stat", "staff", "middle_stat"),
    "three": ("韩望北", "other_stat", "statistics", "other"),
    "president": ("沈明鉴", "county", "president", "county"),
    "head": ("林知微", "filing", "dept_head", "filing"),
    "clerk": ("苏小满", "filing", "staff", "filing"),
    "civil_head": ("周以衡", "civil", "dept_head", "civil"),
    "county_stat": ("何新雨", "county_stat", "statistics", "county"),
    "other_head": ("钟岳平", "other_stat", "dept_head", "other_stat"),
    "security": ("管无虞", "county", "security_admin", "county"),
}


@dataclass
class Circle:
    """``circle.actor("one")`` acts; ``circle.at`` is a Wednesday morning. ``begun()`` is an inspection under way."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)

    def actor(self, key: str, days: float = 0) -> Actor:
        return actor_for(self.users[key], self.at + timedelta(days=days))

    def client(self, key: str | None = None) -> Client:
        client = Client()
        if key is not None:
            client.force_login(self.users[key])
        return client

    def plan(
        self, *courts: str, mode: str = "special", by: str = "stat", house: str = "middle", **more: Any
    ) -> Plan:
        text = plan.PlanText(
            title="2026年案件信息质量检查",
            mode=mode,
            purpose="核对录入质量。",
            starts_on=self.at.date(),
            ends_on=self.at.date() + timedelta(days=10),
            **more,
        )
        return plan.make_plan(
            self.actor(by),
            self.installation,
            house=self.units[house],
            text=text,
            courts=[self.units[key] for key in courts or ("county",)],
            client_key=uuid4().hex,
        )

    def planned(self, **more: Any) -> Inspection:
        found: Inspection = self.plan(**more).inspections.get()
        return found

    def name(self, inspection: Inspection, *keys: str, by: str = "stat") -> Inspection:
        for n, key in enumerate(keys):
            team.name_member(self.actor(by), inspection, person=self.people[key], lead=n == 0)
        inspection.refresh_from_db()
        return inspection

    def ordered(self, *keys: str) -> Inspection:
        row = self.name(self.planned(), *(keys or ("one", "two")))
        for key in keys or ("one", "two"):
            team.declare(self.actor(key), row)
        plan.set_scope(self.actor("stat"), row, units=[self.units["filing"]], cases="2025年立案的民事案件")
        row.refresh_from_db()
        team.order(self.actor("stat"), row)
        row.refresh_from_db()
        return row

    def begun(self) -> Inspection:
        row = self.ordered()
        for key in ("one", "two"):
            team.arrive(self.actor(key), row)
        row.refresh_from_db()
        return row

    def evidence(
        self, row: Inspection, by: str = "one", data: bytes = PDF, name: str = "说明.pdf"
    ) -> Evidence:
        text = evidence.EvidenceText("立案登记簿照片", "立案庭提供", "copy", self.at)
        return evidence.store(
            self.actor(by), row, text=text, content=ContentFile(data, name), client_key=uuid4().hex
        )

    def letter(
        self, row: Inspection, due: date | None = None, by: str = "one", power: str = "inquiry"
    ) -> Request:
        text = requests.RequestText(power, "立案日期的核对", "3月立案日期晚于收案日期的原因\n更正情况", due)
        return requests.issue(
            self.actor(by), row, unit=self.units["filing"], text=text, client_key=uuid4().hex
        )

    def finding(self, row: Inspection, *, alleged: str = "", head: str = "truth", cause: str = "") -> Finding:
        piece = row.evidence.first() or self.evidence(row)
        text = findings.FindingText(head, "立案日期与卷宗不符", "抽查50件，3件不符。", cause, alleged)
        return findings.record(
            self.actor("one"),
            row,
            unit=self.units["filing"],
            text=text,
            person=self.people["clerk"] if alleged else None,
            evidence=[piece],
        )

    def handed(self, row: Inspection, problem: str = "truth") -> Inspection:
        heads = (
            "truth",
            "completeness",
            "timeliness",
            "analysis",
            "evaluation",
            "rules",
            "keeping",
            "secrecy",
        )
        known = set(row.heads.values_list("head", flat=True))
        for head in (h for h in heads if h not in known):
            findings.check_head(self.actor("two"), row, head=head, result=HeadCheck.Result.FINE)
        findings.hand(self.actor("one"), row)
        row.refresh_from_db()
        return row

    def reported(self) -> tuple[Inspection, Finding]:
        """One problem, answered and signed by both inspectors."""
        from hengjian.apps.approvals import running
        from hengjian.apps.approvals.acts.decide import agree

        row = self.begun()
        found = self.finding(row, cause="negligence")
        self.handed(row)
        found.refresh_from_db()
        findings.reply(self.actor("head"), found, accepts=True, text="属实，已更正。")
        report.submit(self.actor("one"), row, summary="总体较好。", outcomes=["rectify"])
        for key in ("one", "two"):
            course = running.current(row)
            assert course is not None
            agree(self.actor(key), course)
        row.refresh_from_db()
        found.refresh_from_db()
        return row, found


@pytest.fixture
def circle(db: None, settings: Any, tmp_path: Any) -> Circle:
    settings.MEDIA_ROOT = tmp_path
    found = Circle(at=to_instant(datetime(2026, 3, 4, 10)))
    for position, (key, (name, kind, parent, level)) in enumerate(UNITS.items()):
        unit = Unit.objects.create(
            code=f"i-{key}", name=name, kind=kind, position=position, valid_from=SINCE,
            parent=found.units[parent] if parent else None,
        )  # fmt: skip
        found.units[key] = unit
        if level:
            UnitClass.objects.create(unit=unit, pack="shandong", key=level, valid_from=SINCE)
    for key in PEOPLE:
        found.users[key] = User(username=f"i-{key}", password="!")
    User.objects.bulk_create(found.users.values())
    for n, (key, (name, unit_key, role, at)) in enumerate(PEOPLE.items(), 1):
        person = Person.objects.create(
            name=name, staff_no=f"I{n:03}", unit=found.units[unit_key], user=found.users[key]
        )
        post, _ = Post.objects.get_or_create(
            role=role, unit=found.units[at],
            defaults={"title": ROLES[role].label, "subtree": ROLES[role].subtree, "valid_from": SINCE},
        )  # fmt: skip
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
        found.people[key] = person
    found.installation = Installation.objects.create(
        pack="shandong", unit=found.units["high"], competent_unit=found.units["high_stat"], in_force_from=SINCE,
        evidence="印发通知", installed_at=to_instant(datetime(2020, 1, 1)),
    )  # fmt: skip
    return found
