"""The authorisation matrix: every address × verb × person against ``expected/*.csv``. See README.md in this folder."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
from django.db import connection
from ninja import Schema

from authz.bodies import operations
from authz.doors import doors, routes
from authz.matrix import PARTS, PERSONAS, SOME, Knock, differences, read_table, walk, write_table
from authz.world import World

pytestmark = pytest.mark.django_db
HOW = """
The table of expected answers does not fit the product. If you added, moved or changed an address:
    python tests/authz/record.py          (adds the new rows, drops those of addresses that are gone)
    python tests/authz/record.py {part}   (writes every row of this part anew: for answers that changed)
    git diff tests/authz/expected         (read each line: who gets 200 or 302 and should not, who gets 403 and should?)
More in tests/authz/README.md. What differs:
"""
NO_SAMPLE = """
These addresses take a parameter, and tests/authz/doors.py does not know with which objects to try them. Add one line
a pattern to SAMPLES there (an own object and one of somebody else; new kinds of objects are made in world.py), then:
    python tests/authz/record.py && git diff tests/authz/expected
"""


@pytest.mark.parametrize("part", PARTS)
def test_every_door_answers_everybody_as_the_table_says(world: World, part: str) -> None:
    expected = read_table(part)
    order = os.environ.get("HENGJIAN_RECORD", "")
    failures: list[str] = []

    def wanted(knock: Knock) -> bool:
        return bool(re.search(PARTS[part], knock.route)) and (order != "new" or knock.key not in expected)

    def watch(who: str, verb: str, address: str, answer: Any) -> None:
        if answer.status_code >= 500:
            failures.append(f"{verb} {address} as {who}: {answer.status_code}")

    everybody = order or connection.vendor == "sqlite"
    seen = walk(world, wanted, watch, PERSONAS if everybody else SOME)
    if order == "new":
        still = {door.route for door in doors(world)}
        seen |= {key: row for key, row in expected.items() if key[0] in still}
    if order:
        write_table(part, seen)
    found = failures + ([] if order else differences(seen, expected))
    assert not found, HOW.format(part=part) + "\n".join(found[:80])


def test_every_address_has_something_to_knock_with(world: World) -> None:
    found = [door.route for door in doors(world) if not door.addresses]
    assert not found, NO_SAMPLE + "\n".join(found)


def test_every_operation_of_the_api_is_a_row() -> None:
    rows = {(re.sub(r"<\w+:", "<", route).strip("/"), verb) for route, _, verb in read_table()}
    missing = [
        f"{method.upper()} {template}"
        for template, methods in operations().items()
        for method in methods
        if (re.sub(r"\{(\w+)\}", r"<\1>", template.strip("/")), method.upper()) not in rows
    ]
    assert not missing, HOW.format(part="api") + "\n".join(missing)


def test_schemas_of_the_api_have_names_of_their_own() -> None:
    """Two schemas of one name overwrite each other in the published description."""
    fields: dict[str, set[str]] = {}
    for schema in _below(Schema):
        if schema.__module__.startswith("hengjian.") and schema.model_fields:
            fields.setdefault(schema.__name__, set()).add(f"{schema.__module__}.{schema.__qualname__}")
    assert {name: found for name, found in fields.items() if len(found) > 1} == {}


def _below(schema: type[Schema]) -> list[type[Schema]]:
    return [found for one in schema.__subclasses__() for found in (one, *_below(one))]


def test_parts_cover_every_address_once() -> None:
    for route in routes():
        assert sum(bool(re.search(pattern, route)) for pattern in PARTS.values()) == 1, route
