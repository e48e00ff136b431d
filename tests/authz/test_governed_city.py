"""Doors of the desk and the indicators of a city court: who comes in at the API, with real objects of theirs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from hengjian.apps.indicators.conftest import PEOPLE, City

pytestmark = pytest.mark.django_db
AWAY = (401, 403, 404)
DESK = {"tech", "tech2"}
READERS = DESK | {"civil", "civil_staff", "leader", "president"}


def let_in(city: City, path: str, body: Any = None) -> set[str]:
    """Who is not turned away; what each one does is undone before the next one comes."""
    found = set()
    for who in PEOPLE:
        with transaction.atomic():
            answer = ask(city, who, path, body)
            transaction.set_rollback(True)
        assert answer.status_code < 500
        if answer.status_code not in AWAY:
            found.add(who)
    return found


def ask(city: City, who: str, path: str, body: Any = None) -> Any:
    client = city.client(who)
    url = f"/api/{path}"
    return client.get(url) if body is None else client.post(url, body, content_type="application/json")


def made(city: City, who: str, path: str, body: Any) -> dict[str, Any]:
    answer = ask(city, who, path, body)
    assert answer.status_code == 200, answer.content.decode()
    return dict(answer.json())


@pytest.fixture
def ticket(city: City) -> dict[str, Any]:
    """Raised by one of 民一庭; nobody has been given it yet."""
    sent = {
        "kind": "problem",
        "origin": "staff",
        "title": "打印机",
        "body": "坏了",
        "client_key": uuid4().hex,
    }
    return made(city, "civil_staff", "desk/tickets", sent)


def test_a_ticket_before_it_is_answered(city: City, ticket: dict[str, Any]) -> None:
    path, v = f"desk/tickets/{ticket['id']}", {"version": ticket["version"]}
    assert let_in(city, path) == READERS, "who raised it, his head, the desk and the leaders"
    assert let_in(city, f"{path}/route", {**v, "handler": city.units["技术处"].pk}) == DESK
    for verb in ("answer", "refuse", "escalate"):
        assert let_in(city, f"{path}/{verb}", {**v, "text": "已换"}) == DESK


def test_a_ticket_given_to_a_department_and_answered(city: City, ticket: dict[str, Any]) -> None:
    path = f"desk/tickets/{ticket['id']}"
    routed = made(city, "tech", f"{path}/route", {"version": 1, "handler": city.units["审管办"].pk})
    v = {"version": routed["version"]}
    assert let_in(city, f"{path}/answer", {**v, "text": "已换"}) == DESK | {"management"}
    answered = made(city, "management", f"{path}/answer", {**v, "text": "已换"})
    v = {"version": answered["version"]}
    assert let_in(city, path) == READERS | {"management"}
    asker = DESK | {"civil_staff"}
    assert let_in(city, f"{path}/rate", {**v, "stars": 5}) == asker, (
        "who asked, or the desk that took his call"
    )
    assert let_in(city, f"{path}/reopen", {**v, "text": "又坏了"}) == asker
    assert let_in(city, f"{path}/close", v) == DESK


def test_meetings(city: City) -> None:
    sent = {"starts_at": "2099-01-05T10:00:00+08:00", "place": "会议室"}
    meeting = made(city, "tech", "desk/meetings", sent)
    path, v = f"desk/meetings/{meeting['id']}", {"version": meeting["version"]}
    for verb, body in (
        ("collect", v),
        ("report", v),
        ("cancel", {**v, "text": "改期"}),
        ("minute", {**v, "chair": "顾怀远", "present": []}),
    ):
        assert let_in(city, f"{path}/{verb}", body) == DESK
    heads = {
        "tech_head",
        "management",
        "filing",
        "filing_clerk",
        "civil",
        "criminal",
        "below_clerk",
        "neighbour",
    }
    topic = {"topic": "problem", "title": "推广里的问题"}
    assert let_in(city, f"{path}/topic", topic) == DESK | heads, "every department may send in a topic"
    put = made(city, "filing", f"{path}/topic", topic)
    assert let_in(city, f"desk/topics/{put['id']}/drop", {"back": False}) == DESK


def test_systems_skills_and_evidence(city: City) -> None:
    system = made(city, "tech", "desk/systems", {"name": "立案系统"})
    step = {"version": 1, "stage": "x", "happened_on": "2022-09-01", "note": "说明"}
    assert let_in(city, f"desk/systems/{system['id']}/advance", step) == DESK
    unit = city.units["民一庭"].pk
    assert let_in(city, f"desk/skills/{unit}") == READERS
    assert let_in(city, f"desk/skills/{unit}/required", {"systems": []}) == DESK | {"civil"}
    entry = {"system": "x", "people": [], "way": "x", "happened_on": "2022-09-01", "note": ""}
    assert let_in(city, f"desk/skills/{unit}", entry) == DESK | {"civil"}
    done = {"line": "row:18", "happened_on": "2022-09-01", "text": "组织推广培训"}
    lead = DESK | {"filing", "filing_clerk"}
    assert let_in(city, "desk/checklist", done) == lead, "the lead of that line"
    evidence = made(city, "filing", "desk/checklist", done)
    assert let_in(city, f"desk/checklist/{evidence['id']}/withdraw", {"reason": "写错了"}) == lead
