"""Facts and items in one line, for the tests of this app."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.models import Authorship, Fact, Item, ItemUnit
from hengjian.apps.conftest import Story
from hengjian.apps.org.access import Actor
from hengjian.apps.points.acts import notices
from hengjian.apps.points.models import Notice
from hengjian.base.times import to_instant


@dataclass
class Desk:
    """Makes items and facts of the story's court; ``day("2024-06-03")`` style times are local."""

    story: Story

    def item(self, unit: str = "civil1", category: str = "problem", title: str = "", **fields: Any) -> Item:
        now = fields.pop("at", self.story.at)
        return Item.objects.create(
            installation=self.story.installation,
            client_key=uuid4().hex,
            title=title or "关于规范送达地址确认的建议",
            category=category,
            unit=self.story.unit(unit),
            lead_unit=fields.pop("lead_unit", None),
            state=fields.pop("state", Item.State.RECEIVED),
            created_at=now,
            changed_at=now,
            **fields,
        )

    def joint(self, units: list[str], lead: str | None, category: str = "problem") -> Item:
        item = self.item(units[0], category, joint=True, lead_unit=self.story.unit(lead) if lead else None)
        for position, unit in enumerate(units):
            ItemUnit.objects.create(item=item, unit=self.story.unit(unit), position=position)
        return item

    def fact(self, kind: str, item: Item | None, when: str, value: str = "", **fields: Any) -> Fact:
        unit = fields.pop("unit", None)
        by = fields.pop("by", "editor")
        return Fact.objects.create(
            installation=self.story.installation,
            kind=kind,
            item=item,
            unit=self.story.unit(unit) if unit else (item.unit if item and kind == "submit" else None),
            value=value,
            happened_at=local(when),
            recorded_at=fields.pop("recorded_at", local(when)),
            recorded_by=self.story.person(by),
            client_key=uuid4().hex,
            **fields,
        )

    def withdraw(self, fact: Fact, when: str) -> Fact:
        return Fact.objects.create(
            installation=fact.installation, kind=fact.kind, item=fact.item, unit=fact.unit, value=fact.value,
            happened_at=local(when), recorded_at=local(when), withdraws=fact, cause="error", note="记错",
            client_key=uuid4().hex,
        )  # fmt: skip

    def author(self, item: Item, person: str, weight: int = 1, unit: str | None = None) -> Authorship:
        unit_row = self.story.unit(unit) if unit else item.unit
        position = item.authorships.count()
        return Authorship.objects.create(
            item=item, unit=unit_row, person=self.story.person(person), weight=weight, position=position
        )

    def editor(self, when: str = "2024-06-30T18:00") -> Actor:
        return self.story.actor("editor", local(when))

    def leader(self, when: str = "2024-07-02T08:50") -> Actor:
        return self.story.actor("leader", local(when))

    def president(self, when: str = "2024-07-02T09:00") -> Actor:
        return self.story.actor("president", local(when))


def local(text: str) -> datetime:
    return to_instant(datetime.fromisoformat(text))


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(story)


def signed(desk: Desk, notice: Notice, on: str = "2024-07-02") -> Notice:
    """Through the hands the flow of the notice names."""
    notice = notices.approve(desk.leader(f"{on}T08:50"), notice, version=notice.version)
    return notices.approve(desk.president(f"{on}T09:00"), notice, version=notice.version)


def closed_june(desk: Desk) -> Notice:
    item = desk.item("civil1")
    desk.author(item, "writer", 2)
    desk.author(item, "staff", 1)
    desk.fact("submit", item, "2024-06-03T09:00")
    desk.fact("adopt", item, "2024-06-05T09:00", "bulletin")
    desk.fact("adopt", item, "2024-06-20T09:00", "province", publication="省院信息")
    other = desk.item("criminal", "dynamic", "刑庭开展庭审观摩")
    desk.fact("adopt", other, "2024-06-05T09:00", "bulletin")
    desk.fact("late", other, "2024-06-05T09:00", unit="criminal")
    desk.fact(
        "instruct", desk.joint(["civil1", "criminal"], None), "2024-06-11T09:00", "county", system="party"
    )
    editor = desk.editor("2024-07-02T08:30")
    notice = notices.prepare(editor, desk.story.installation, clause="notices/monthly", period="2024-06")
    notice = notices.submit(editor, notice, version=notice.version)
    notice = signed(desk, notice)
    return notices.publish(editor, notice, version=notice.version)
