from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Item
from hengjian.apps.conftest import Story
from hengjian.apps.duties.acts.record import Record, record_fulfilment
from hengjian.apps.duties.inbox import rows_for
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.duties.rows import DutyRow

Rows = Callable[..., dict[str, DutyRow]]


@pytest.fixture
def rows(story: Story) -> Rows:
    """``rows("writer")``: the inbox of a person by key, at the story's time or another."""

    def look(key: str, at: datetime | None = None) -> dict[str, DutyRow]:
        return {row.key: row for row in rows_for(story.actor(key, at))}

    return look


@pytest.fixture
def draft(story: Story) -> Callable[..., Item]:
    def make(at: datetime, **changes: Any) -> Item:
        values: dict[str, Any] = {
            "title": "诉前调解化解纠纷三百件",
            "body": "一季度。",
            "category": "experience",
        }
        return create(
            story.actor("writer", at),
            installation=story.installation,
            unit=story.unit("civil1"),
            draft=ItemDraft(**{**values, **changes}),
            client_key=uuid4().hex,
        )

    return make


@pytest.fixture
def held(story: Story) -> Callable[..., Fulfilment]:
    """A training held on a day, entered by the editor."""

    def enter(day: date, clause: str = "registers/training", **changes: Any) -> Fulfilment:
        values: dict[str, Any] = {
            "title": "信息写作培训",
            "happened_on": day,
            "attendees": (story.person("writer"),),
        }
        return record_fulfilment(
            story.actor("editor", datetime(2024, 12, 30, 9)),
            installation=story.installation,
            clause=clause,
            record=Record(**{**values, **changes}),
        )

    return enter
