"""One set of items a person may see, through every door: list, detail, search, counts, API, files, pages of points.

A title or text marked 机密 may appear in no answer to somebody who may not see its item: that is looked for in
everything every door says to everybody, not only where items are expected.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import connection

from authz.doors import doors
from authz.matrix import PERSONAS, SOME, clients, drain
from authz.world import World
from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Attachment, Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.ui.search import search

pytestmark = pytest.mark.django_db
PEOPLE = [who for who in PERSONAS if who not in {"anonymous", "disabled"}]
RESTRICTED = {"special", "special_filed", "sensitive", "emergency"}


def visible(world: World, who: str) -> set[int]:
    return set(visible_items(world.actor(who)).values_list("pk", flat=True))


def secrets(world: World) -> dict[int, str]:
    """Item → the mark in its title."""
    return {item.pk: item.title for item in world.items.values() if "机密" in item.title}


def text_of(answer: Any) -> str:
    """What an answer says; office files are unpacked."""
    data = drain(answer)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
        return re.sub(r"<[^>]+>", "", "".join(parts))
    return data.decode("utf-8", "replace")


def test_detail_opens_exactly_what_is_visible(world: World) -> None:
    people = clients(world)
    for who in PEOPLE:
        opened = {
            i.pk
            for i in world.items.values()
            if people[who].get(f"/bulletins/items/{i.pk}/").status_code == 200
        }
        assert opened == visible(world, who), who


def test_list_and_its_count_show_exactly_what_is_visible(world: World) -> None:
    people = clients(world)
    for who in PEOPLE:
        page = people[who].get("/bulletins/items/")
        listed = {int(row["url"].strip("/").split("/")[-1]) for row in page.context["rows"]}
        assert listed == visible(world, who), who
        assert page.context["page"].paginator.count == len(listed), who


def test_search_finds_only_what_is_visible(world: World) -> None:
    for who in PEOPLE:
        for text in ("机密", "探针", "正文"):
            links = [hit.url for _, hits in search(world.actor(who), text) for hit in hits]
            found = {int(m[1]) for url in links if (m := re.fullmatch(r"/bulletins/items/(\d+)/", url))}
            assert found <= visible(world, who), (who, text)


def test_files_are_handed_out_with_the_right_to_read(world: World) -> None:
    people, files = clients(world), list(Attachment.objects.all())
    for who in PEOPLE:
        answers = {file.item_id: people[who].get(f"/bulletins/files/{file.pk}/") for file in files}
        given = {item for item, answer in answers.items() if drain(answer) and answer.status_code == 200}
        assert given == set(answers) & visible(world, who), who


def test_closed_outlets_and_sensitive_items_are_seen_by_the_entitled_only(world: World) -> None:
    entitled = {"staff", "writer", "head", "leader", "president", "party", "editor", "office_head"}
    closed = {world.items[label].pk for label in RESTRICTED}
    for who in PEOPLE:
        assert bool(closed & visible(world, who)) == (who in entitled | {"duty"}), who
    assert visible(world, "duty") == {world.items["emergency"].pk}


@pytest.mark.parametrize(
    "who", [who for who in PEOPLE if connection.vendor == "sqlite" or who in (*SOME, "outsider")]
)
def test_no_answer_to_anybody_tells_a_hidden_text(world: World, who: str) -> None:
    client = clients(world, [who])[who]
    hidden = [title for pk, title in secrets(world).items() if pk not in visible(world, who)]
    told = []
    for door in doors(world):
        for address in door.addresses.values():
            answer = client.get(address)
            if answer.status_code < 400:
                said = text_of(answer)
                told += [f"{address}: {title}" for title in hidden if title in said]
    for query in ("q=机密", "q=机密专报&state=received", "kind=adopt&q=机密"):
        for place in ("/ui/search/", "/bulletins/items/", "/bulletins/intranet/", "/bulletins/desk/facts/"):
            said = text_of(client.get(f"{place}?{query}"))
            told += [f"{place}?{query}: {title}" for title in hidden if f"{title}" in said]
    assert not told, "\n".join(told)


def test_mail_never_carries_the_title_of_a_restricted_item(world: World) -> None:
    closed = [world.items[label].title for label in RESTRICTED]
    for mail in OutgoingMail.objects.all():
        assert not any(title in mail.subject + mail.body for title in closed), mail.subject


def test_the_log_names_restricted_items_by_their_number(world: World) -> None:
    """The auditor keeps the log and may not read what it is about."""
    closed = [world.items[label].title for label in RESTRICTED]
    for entry in Entry.objects.all():
        assert not any(title in entry.object_label + entry.payload for title in closed), (
            entry.n,
            entry.action,
        )


def test_the_intranet_column_holds_open_outlets_only(world: World) -> None:
    people, open_item = clients(world), world.items["received"]
    for who in PEOPLE:
        page = people[who].get("/bulletins/intranet/").content.decode()
        assert (open_item.title in page) == (who != "outsider"), who
    assert Item.objects.filter(intranet_post__isnull=False, outlet="special").count() == 0
