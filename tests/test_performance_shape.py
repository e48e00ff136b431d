"""A page asks as many questions of the database for two hundred and forty rows as for forty. Counted, not timed.

The pages are all addresses without a parameter, as the people of whom the authorisation table says that they may see
them; so a new list is covered as soon as its row is recorded. Its rows must come from ``support.fill``.
Addresses with a number in them: ``authz/test_growth.py``. Not covered: those of regulations this court does not have
(cases, statistics, inspections, indicators, desk, releases).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authz.doors import routes
from authz.matrix import read_table
from hengjian.apps.ui import counts
from support.fill import fill

pytestmark = pytest.mark.django_db

# who sees most, and who has a department of his own; the first of each who may see a page asks for it
WIDE = ("editor", "president", "auditor", "secadmin", "sysadmin")
OWN = ("head", "writer", "duty")
# forms of lists that take a parameter
FURTHER = {
    "/bulletins/items/?state=received&q=送达": "editor",
    "/bulletins/items/?page=2": "editor",
    "/ui/search/?q=送达": "editor",
    "/api/bulletins/items?q=送达": "writer",
}
# a second page or a first hit may add a question, a row may not
SLACK = 2
MOST = 80  # the inbox asks every app: about fifty, however many rows


def pages() -> list[tuple[str, str]]:
    """Address and person, twice where both kinds of people may see it."""
    table, found = read_table(), list(FURTHER.items())
    for route in routes():
        if route.startswith("accounts/"):
            continue  # forms of one's own account
        row = table.get((route, "", "GET"), {})
        for people in (WIDE, OWN):
            who = next((who for who in people if row.get(who) == "200"), None)
            found += [(f"/{route}", who)] if who else []
    return found


def questions(story: Any, address: str, who: str, *, cold: bool = True) -> list[str]:
    """Sessions and packs are warm; numbers in the menu, kept for half a minute, only if not ``cold``."""
    client = story.client(who)
    client.get(address)
    if cold:
        counts.forget()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} as {who}: {answer.status_code}"
    return [query["sql"] for query in asked.captured_queries]


def test_lists_ask_a_constant_number_of_questions(story: Any) -> None:
    units = [story.unit(key) for key in ("civil1", "criminal", "civil2")]
    now = timezone.now() - timedelta(minutes=5)
    fill(story.installation, units, story.person("editor"), 40, now, "甲")
    few = {page: questions(story, *page) for page in pages()}
    long = [page for page, asked in few.items() if len(asked) > MOST]
    many = {" as ".join(page): len(questions(story, *page, cold=False)) for page in long}
    assert max(many.values(), default=0) <= MOST, f"more than {MOST} questions for one page: {many}"
    fill(story.installation, units, story.person("editor"), 200, now - timedelta(minutes=300), "乙")
    grown = {}
    for page, before in few.items():
        asked = questions(story, *page)
        if len(asked) > len(before) + SLACK:
            grown[" as ".join(page)] = f"{len(before)} → {len(asked)}: {repeated(asked)}"
    assert not grown, json.dumps(grown, ensure_ascii=False, indent=1)


def test_every_list_of_the_menu_is_among_the_pages() -> None:
    assert {"/bulletins/items/", "/audit/", "/mailroom/", "/points/notices/"} <= {
        address for address, _ in pages()
    }


def repeated(queries: list[str]) -> str:
    """The question asked most often, without its values."""
    shapes = [sql.split(" WHERE ")[0][:160] for sql in queries]
    worst = max(set(shapes), key=shapes.count)
    return f"{shapes.count(worst)} × {worst}"
