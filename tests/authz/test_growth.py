"""A page of one thing asks as many questions of the database when there is more of everything about it.

Every address the authorisation table opens to somebody, those with a number among them, before and after each table has
grown. The long lists are counted in ``test_performance_shape.py``. Counted on SQLite: the questions are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext

from authz.doors import doors
from authz.matrix import clients, drain, read_table
from authz.world import World
from hengjian.apps.bulletins.models import Item
from hengjian.apps.ui import counts
from support.grow import grow

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WIDE = ("editor", "president", "auditor", "secadmin", "sysadmin", "writer", "head", "duty")
SLACK = 2
# pages that cannot be shown once everything is there several times, and why
SHUT = {
    "points/readings/<int:pk>/<slug:reading>/": "a second of the same reading is refused while one is open"
}
# what a page of this world lists; a table that no longer grows would make the test blind
GROWING = {
    "bulletins.Attachment", "bulletins.Item", "bulletins.Revision", "bulletins.StageReport", "duties.Fulfilment",
    "mailroom.OutgoingMail", "org.Appointment", "org.Post", "org.Unit", "points.Appeal", "points.Notice",
}  # fmt: skip


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Route, address and the first person who may see it."""
    table = read_table()
    for door in doors(world):
        for target, address in door.addresses.items():
            row = table.get((door.route, target, "GET"), {})
            who = next((who for who in WIDE if row.get(who) == "200"), None)
            if who is not None and not door.route.startswith("accounts/"):
                yield door.route, address, who


def questions(client: Any, address: str) -> list[str] | None:
    """None when the page is refused."""
    counts.forget()
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        drain(answer)
    return [query["sql"] for query in asked.captured_queries] if answer.status_code == 200 else None


def grown(before: list[str], after: list[str]) -> str:
    """In words what grew; empty when nothing did."""
    if len(after) <= len(before) + SLACK:
        return ""
    shapes = [sql.split(" WHERE ")[0][:160] for sql in after]
    worst = max(set(shapes), key=shapes.count)
    return f"{len(before)} → {len(after)}: {shapes.count(worst)} × {worst}"


def test_pages_ask_a_constant_number_of_questions(world: World) -> None:
    people, shut, longer = clients(world, WIDE), set(), {}
    few = {page: questions(people[page[2]], page[1]) for page in pages(world)}
    assert len(few) > 250 and None not in few.values()
    made = grow(6)
    assert {table for table in GROWING if made.get(table, 0) < 6} == set()
    for (route, address, who), before in few.items():
        after = questions(people[who], address)
        if after is None:
            shut.add(route)
        elif words := grown(before or [], after):
            longer[f"{address} as {who}"] = words
    assert not longer, json.dumps(longer, ensure_ascii=False, indent=1)
    assert shut == set(SHUT)


def test_a_question_a_row_is_found(world: World) -> None:
    def planted(request: HttpRequest) -> HttpResponse:
        return HttpResponse("".join(str(item.created_by) for item in Item.objects.all()))

    before = _asked(planted)
    grow(6)
    assert "org_" in grown(before, _asked(planted))


def _asked(view: Any) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        view(HttpRequest())
    return [query["sql"] for query in asked.captured_queries]
