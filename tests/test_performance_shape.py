"""A list page asks as many questions of the database for two hundred and forty rows as for forty. Counted, not timed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hengjian.apps.ui import counts
from support.fill import fill

pytestmark = pytest.mark.django_db

# address → who asks; pages with a list whose length follows the data
LISTS: dict[str, str] = {
    "/": "head",
    "/calendar/": "writer",
    "/overview/": "president",
    "/registers/": "editor",
    "/quota/": "writer",
    "/bulletins/items/": "editor",
    "/bulletins/items/?state=received&q=送达": "editor",
    "/bulletins/review/": "head",
    "/bulletins/editions/": "writer",
    "/bulletins/desk/": "editor",
    "/bulletins/desk/facts/": "editor",
    "/bulletins/faults/": "office_head",
    "/bulletins/intranet/": "writer",
    "/points/": "editor",
    "/points/notices/": "editor",
    "/points/appeals/": "editor",
    "/org/": "sysadmin",
    "/org/accounts/": "secadmin",
    "/org/vacancies/": "secadmin",
    "/audit/": "auditor",
    "/mailroom/": "editor",
    "/mailroom/mine/": "editor",
    "/ui/search/?q=送达": "editor",
    "/api/bulletins/items": "editor",
    "/api/duties/inbox": "head",
    "/api/audit/entries": "auditor",
}


def questions(story: Any, address: str, who: str) -> list[str]:
    client = story.client(who)
    client.get(address)  # sessions, packs and menus are warm
    counts.forget()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (
        f"{address}: {answer.content.decode()[-1500:] if answer.status_code == 409 else answer.status_code}"
    )
    return [query["sql"] for query in asked.captured_queries]


def test_lists_ask_a_constant_number_of_questions(story: Any) -> None:
    units = [story.unit(key) for key in ("civil1", "criminal", "civil2")]
    now = timezone.now() - timedelta(minutes=5)
    fill(story.installation, units, story.person("editor"), 40, now, "甲")
    few = {address: questions(story, address, who) for address, who in LISTS.items()}
    fill(story.installation, units, story.person("editor"), 200, now - timedelta(minutes=300), "乙")
    grown = {}
    for address, who in LISTS.items():
        many = questions(story, address, who)
        if (
            len(many) > len(few[address]) + 2
        ):  # a second page or a first hit may add a question, a row may not
            grown[address] = f"{len(few[address])} → {len(many)}: {repeated(many)}"
    assert not grown, json.dumps(grown, ensure_ascii=False, indent=1)


def test_no_list_asks_more_than_sixty_questions(story: Any) -> None:
    units = [story.unit("civil1"), story.unit("criminal")]
    fill(story.installation, units, story.person("editor"), 120, timezone.now() - timedelta(minutes=5), "丙")
    many = {address: len(questions(story, address, who)) for address, who in LISTS.items()}
    assert {address: n for address, n in many.items() if n > 60} == {}


def repeated(queries: list[str]) -> str:
    """The question asked most often, without its values."""
    shapes = [sql.split(" WHERE ")[0][:160] for sql in queries]
    worst = max(set(shapes), key=shapes.count)
    return f"{shapes.count(worst)} × {worst}"
