"""The search box finds issued editions, for those who may read them."""

from __future__ import annotations

import pytest

from hengjian.apps.bulletins.desk.acts import edition as acts
from hengjian.apps.bulletins.desk.search import find

pytestmark = pytest.mark.django_db


def titles(story, who: str, text: str) -> list[str]:
    return [hit.title for hit in find(story.actor(who), text, 20)]


def test_an_issued_edition_is_found_by_what_stands_in_it(story, weekly, received) -> None:
    acts.put_item(story.actor("editor"), weekly, received())
    weekly.refresh_from_db()
    assert titles(story, "writer", "要素式") == []
    acts.issue(story.actor("editor"), weekly, version=weekly.version)
    for who in ("writer", "neighbour", "president"):
        assert len(titles(story, who, "要素式")) == 1, who
        assert len(titles(story, who, "1")) == 1, who
        assert titles(story, who, "要素式 没有这个词") == [], who
    assert titles(story, "outsider", "要素式") == []
    assert titles(story, "writer", "9" * 40) == []


def test_a_special_report_is_found_by_its_audience_only(story, received) -> None:
    editor = story.actor("editor")
    special = acts.open_edition(editor, story.installation, outlet="special", recipients=[])
    acts.put_item(
        editor, special, received("绝密标题", category="major", subtype="novel_case", outlet="special")
    )
    special.refresh_from_db()
    acts.issue(editor, special, version=special.version)
    assert len(titles(story, "president", "绝密标题")) == 1
    for who in ("writer", "head", "neighbour", "outsider", "auditor"):
        assert titles(story, who, "绝密标题") == [], who
