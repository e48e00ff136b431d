"""Items as the desk finds them: filed and received."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from hengjian.apps.bulletins.models import Edition, Item, ItemUnit, Revision


@pytest.fixture
def received(story) -> Callable[..., Item]:
    def make(
        title: str = "民一庭推行要素式审判",
        *,
        unit: str = "civil1",
        body: str = "第一段。\n第二段。",
        **fields,
    ) -> Item:
        values = {
            "installation": story.installation,
            "client_key": uuid4().hex,
            "title": title,
            "body": body,
            "category": "experience",
            "grade": "internal",
            "state": Item.State.RECEIVED,
            "unit": story.unit(unit),
            "lead_unit": story.unit(unit),
            "created_by": story.person("writer"),
            "created_at": story.at,
            "filed_at": story.at,
            "received_at": story.at,
            "changed_at": story.at,
        } | fields
        item = Item.objects.create(**values)
        ItemUnit.objects.create(item=item, unit=story.unit(unit))
        Revision.objects.create(
            item=item, n=1, title=title, body=body, stage="报送", made_by=story.person("writer"),
            made_by_unit=story.unit(unit), made_at=story.at,
        )  # fmt: skip
        return item

    return make


@pytest.fixture
def weekly(story) -> Edition:
    from hengjian.apps.bulletins.desk.acts.edition import plan_editions
    from hengjian.apps.org.access import system_actor

    plan_editions(system_actor("后台任务", story.at), story.installation, day=story.at.date())
    return Edition.objects.get(series="weekly")
