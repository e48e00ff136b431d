"""Short ways to an item in a certain state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story

T = TypeVar("T")


@dataclass
class Desk:
    """Each step happens one minute after the one before, so that order is visible."""

    story: Story
    clock: datetime

    def tick(self, minutes: int = 1) -> datetime:
        self.clock += timedelta(minutes=minutes)
        return self.clock

    def actor(self, key: str):
        return self.story.actor(key, self.tick())

    def do(self, act: Callable[..., T], key: str, *args: Any, **values: Any) -> T:
        """``key`` acts a minute after everything the arguments needed."""
        return act(self.actor(key), *args, **values)

    def values(self, **changes: Any) -> ItemDraft:
        base: dict[str, Any] = {
            "title": "诉前调解中心一季度化解纠纷三百件",
            "body": "一季度共受理三百二十件，化解三百件。\n下一步将推广到各法庭。",
            "category": "experience",
        }
        return ItemDraft(**{**base, **changes})

    def draft(self, by: str = "writer", unit: str = "civil1", **changes: Any) -> Item:
        return create(
            self.actor(by),
            installation=self.story.installation,
            unit=self.story.unit(unit),
            draft=self.values(**changes),
            client_key=uuid4().hex,
        )

    def important(self, **changes: Any) -> Item:
        """A case of weight: signed by two, presented to the president."""
        words = {"category": "major", "subtype": "influential_case", "occurred_at": self.clock}
        return self.draft(**{**words, **changes})

    def in_review(self, **changes: Any) -> Item:
        return self.do(submit, "writer", self.draft(**changes))

    def filed(self, **changes: Any) -> Item:
        return self.do(approve, "head", self.in_review(**changes))

    def received(self, **changes: Any) -> Item:
        return self.do(receive, "editor", self.filed(**changes))


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(story, story.at)
