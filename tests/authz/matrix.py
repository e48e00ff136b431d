"""Knock at every door as everybody and write down what was answered. One savepoint a knock: nothing stays.

Shortcuts keep it fast. Pages are not rendered: the status does not depend on it, and ``test_visible.py`` renders
all of them for everybody. And where a stranger, an author and the office are all told that a verb is not answered at
all, nobody else is asked.
Who may do what is decided before the database is asked: on PostgreSQL four people knock at every door, not sixteen.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.core.cache import cache as answers_kept
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.utils.safestring import SafeString

from authz.bodies import body_of, form_of, operations
from authz.doors import doors
from authz.world import World
from hengjian.apps.ui import counts

# the table is kept in one file a part
PARTS = {
    "api": r"^api/(?!bulletins/)",
    "api_items": r"^api/bulletins/",
    "items": r"^bulletins/items/",
    "bulletins": r"^bulletins/(?!items/)",
    "org": r"^org/",
    "points": r"^points/",
    "rest": r"^(?!api/|bulletins/|org/|points/)",
}
TABLES = Path(__file__).with_name("expected")
PERSONAS = (
    "anonymous", "staff", "writer", "head", "leader", "president", "party", "editor", "office_head", "duty",
    "neighbour", "outsider", "sysadmin", "secadmin", "auditor", "disabled",
)  # fmt: skip
FEW = ("anonymous", "writer", "office_head")
SOME = (*FEW, "neighbour")
# answers that do not depend on who asks, once a stranger and two colleagues of different rights got them
NO_SUCH_VERB = {"405", "login", "401"}
OTHER = ("PUT", "PATCH", "DELETE")
Key = tuple[str, str, str]
Row = dict[str, str]
Watch = Callable[[str, str, str, HttpResponse], None]


@dataclass(frozen=True)
class Knock:
    """One line of the table: pattern, target, verb, and the address to ask."""

    route: str
    target: str
    verb: str
    address: str

    @property
    def key(self) -> Key:
        return (self.route, self.target, self.verb)

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")


def knocks(world: World) -> Iterator[Knock]:
    for door in doors(world):
        first = True
        for target, address in door.addresses.items():
            for verb in ("GET", "POST", *_further(door.route)):
                yield Knock(door.route, target, verb, address)
            if first:
                yield Knock(door.route, target, "OTHER", address)
            first = False


def _further(route: str) -> list[str]:
    """Verbs besides GET and POST that an operation of the API offers."""
    offered = _operations_by_route().get(re.sub(r"<\w+:", "<", route), {})
    return [verb for verb in OTHER if verb.lower() in offered]


@cache
def _operations_by_route() -> dict[str, dict[str, Any]]:
    return {re.sub(r"\{(\w+)\}", r"<\1>", path.strip("/")): verbs for path, verbs in operations().items()}


def clients(world: World, wanted: Sequence[str] = PERSONAS) -> dict[str, Client]:
    """Signed in and warm: the first request of a session writes, the others need not."""
    found = {key: world.story.client(None if key == "anonymous" else key) for key in wanted}
    for client in found.values():
        client.raise_request_exception = False
        client.get("/ui/keys/")
    return found


def walk(
    world: World, wanted: Callable[[Knock], bool], watch: Watch | None = None, asked: Sequence[str] = PERSONAS
) -> dict[Key, Row]:
    seen: dict[Key, Row] = {}
    people = clients(world)
    with quick():
        for knock in filter(wanted, knocks(world)):
            row = {who: _answer(people[who], knock, world, who, watch) for who in FEW}
            if knock.verb != "OTHER" and not set(row.values()) <= NO_SUCH_VERB:
                row |= {
                    who: _answer(people[who], knock, world, who, watch) for who in asked if who not in row
                }
            seen[knock.key] = row
    return seen


@contextmanager
def quick() -> Iterator[None]:
    """Pages are answered without their text, refusals without a line in the log of the server."""
    with patch.object(Template, "render", lambda *_, **__: SafeString("")):
        logging.disable(logging.ERROR)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def _answer(client: Client, knock: Knock, world: World, who: str, watch: Watch | None) -> str:
    found = []
    for verb in OTHER if knock.verb == "OTHER" else (knock.verb,):
        with transaction.atomic():
            answer = _send(client, knock, verb, world)
            if watch is not None:
                watch(who, knock.verb, knock.address, answer)
            drain(answer)
            transaction.set_rollback(True)
        counts.forget()
        answers_kept.clear()
        found.append(shown(answer))
    return "/".join(dict.fromkeys(found))


def _send(client: Client, knock: Knock, verb: str, world: World) -> Any:
    cookies = dict(client.cookies)
    try:
        if verb == "GET":
            return client.get(knock.address)
        if not knock.is_api:
            return _send_form(client, knock, verb, world)
        if knock.route.endswith("/files"):
            return client.post(knock.address, {"file": SimpleUploadedFile("a.txt", b"text", "text/plain")})
        template = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", knock.route)
        return client.generic(
            verb, knock.address, body_of(template, verb, world, _number_in(knock.address)), "application/json"
        )
    finally:
        client.cookies.clear()
        client.cookies.update(cookies)


def _send_form(client: Client, knock: Knock, verb: str, world: World) -> Any:
    """A filled form, so that a refusal is about rights; where a file is asked for, a file."""
    values: dict[str, Any] = form_of(world, knock.route, _number_in(knock.address))
    if verb != "POST":
        return client.generic(verb, knock.address, urlencode(values), "application/x-www-form-urlencoded")
    if knock.route.endswith(("/files/", "/import/")):
        values["file"] = SimpleUploadedFile("a.txt", b"text", "text/plain")
    return client.post(knock.address, values)


def _number_in(address: str) -> int:
    found = re.search(r"/(\d+)(/|$)", address)
    return int(found[1]) if found else 0


def drain(answer: Any) -> bytes:
    """Read an answer to its end, so that the file behind it is closed."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def shown(answer: Any) -> str:
    """The status; a redirect to the login page is said as such."""
    if answer.status_code in {301, 302} and "/accounts/login/" in answer["Location"]:
        return "login"
    return str(answer.status_code)


def read_table(part: str = "*") -> dict[Key, Row]:
    """The expected answers of one part (a file of the folder), or of all."""
    rows: list[Row] = []
    for path in sorted(TABLES.glob(f"{part}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return {
        (row["route"], row["target"], row["verb"]): {who: row[who] for who in PERSONAS if row[who]}
        for row in rows
    }


def write_table(part: str, seen: dict[Key, Row]) -> None:
    TABLES.mkdir(exist_ok=True)
    with (TABLES / f"{part}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["route", "target", "verb", *PERSONAS])
        for key, row in sorted(seen.items()):
            writer.writerow([*key, *(row.get(who, "") for who in PERSONAS)])


def differences(seen: dict[Key, Row], expected: dict[Key, Row]) -> list[str]:
    """One line a cell that differs, a door not in the table, or a line of the table without a door."""
    lines = [f"not in the table: {' '.join(key)}" for key in sorted(seen.keys() - expected.keys())]
    lines += [f"no such door: {' '.join(key)}" for key in sorted(expected.keys() - seen.keys())]
    for key in sorted(seen.keys() & expected.keys()):
        for who, answer in seen[key].items():
            if answer != expected[key].get(who, ""):
                lines.append(
                    f"{' '.join(key)} as {who}: {answer}, expected {expected[key].get(who, 'nothing')}"
                )
    return lines


__all__ = [
    "FEW",
    "PARTS",
    "PERSONAS",
    "SOME",
    "Knock",
    "differences",
    "operations",
    "read_table",
    "walk",
    "write_table",
]
