"""Who sees which item: one answer on the list, the page, the search, the API and for its files."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.acts.attach import attach
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.emergency import report
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.acts.take_back import cancel
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.bulletins.search import Query, found, hits
from hengjian.apps.org import roles
from hengjian.apps.org.models import Appointment, Post

INSIDERS = {"writer", "staff", "head"}
CLEARED = {"leader", "president", "party", "editor", "office_head"}

# item: who sees it
SEES = {
    "draft": INSIDERS,
    "in_review": INSIDERS | CLEARED,
    "returned_before_filing": INSIDERS | CLEARED,
    "general": INSIDERS | CLEARED,
    "special": INSIDERS | CLEARED,
    "emergency": INSIDERS | CLEARED | {"duty"},
    "joint_draft": INSIDERS,
    "joint": INSIDERS | CLEARED | {"neighbour", "neighbour_head"},
    "never_filed": INSIDERS,
    "given_up": INSIDERS | CLEARED,
}
PEOPLE = (
    INSIDERS
    | CLEARED
    | {"duty", "neighbour", "neighbour_head", "outsider", "sysadmin", "secadmin", "auditor"}
)


@pytest.fixture
def items(desk, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    criminal = desk.story.unit("criminal")
    joint = {"joint": True, "partners": (criminal,), "lead_unit": None}
    special = {"category": "major", "subtype": "influential_case", "occurred_at": desk.clock}
    start = desk.clock
    desk.tick()
    made = {
        "draft": desk.draft(),
        "in_review": desk.in_review(),
        "returned_before_filing": returned(desk),
        "general": desk.filed(),
        "special": desk.do(approve, "leader", desk.do(submit, "writer", desk.draft(**special))),
        "emergency": desk.do(
            report,
            "writer",
            installation=desk.story.installation,
            unit=desk.story.unit("civil1"),
            what="情况",
            where="大厅",
            occurred_at=start,
            client_key="emergency-1",
        ),
        "joint_draft": desk.draft(**joint),
        "joint": desk.filed(**joint),
        "never_filed": desk.do(cancel, "writer", desk.draft(), reason="不报"),
        "given_up": desk.do(cancel, "writer", desk.filed(), reason="不报"),
    }
    for name, item in made.items():
        Item.objects.filter(pk=item.pk).update(title=f"稿件 {name}")
        if item.state in ("draft", "filed"):
            by = "editor" if item.filed_at else "writer"
            desk.do(attach, by, item, name="a.txt", content=ContentFile(b"a"))
    return made


def returned(desk):
    return desk.do(send_back, "head", desk.in_review(), opinion="请改")


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_every_door_shows_the_same_items(items, story, who):
    expected = {name for name, people in SEES.items() if who in people}
    names = {item.pk: name for name, item in items.items()}
    actor, client = story.actor(who), story.client(who)

    assert {names[pk] for pk in visible_items(actor).values_list("pk", flat=True)} == expected
    assert {names[pk] for pk in visible_items(actor, surely=True).values_list("pk", flat=True)} <= expected
    assert {names[item.pk] for item in found(actor, Query(q="稿件"))} == expected
    assert {hit.title.split()[1] for hit in hits(actor, "稿件", 50)} == expected
    page = client.get(reverse("bulletins:items"))
    assert {names[item.pk] for item in page.context["page"]} == expected
    assert {row["title"].split()[1] for row in page.context["rows"]} == expected
    listed = client.get("/api/bulletins/items").json()
    assert {names[row["id"]] for row in listed["items"]} == expected
    assert listed["count"] == len(expected)
    for name, item in items.items():
        status = 200 if name in expected else 404
        assert client.get(reverse("bulletins:item", args=[item.pk])).status_code == status
        assert client.get(f"/api/bulletins/items/{item.pk}").status_code == status
        for file in item.attachments.all():
            for address in (reverse("bulletins:file", args=[file.pk]), f"/api/bulletins/files/{file.pk}"):
                answer = client.get(address)
                assert answer.status_code == status
                if answer.streaming:
                    assert b"".join(answer.streaming_content) == b"a"


def test_a_reader_without_clearance_does_not_see_what_never_reaches_the_intranet(items, story, monkeypatch):
    plain = roles.Role("party_group", "党组成员", frozenset({roles.Right.ITEM_READ_ALL}), subtree=True)
    monkeypatch.setitem(roles.ROLES, "party_group", plain)
    names = {item.pk: name for name, item in items.items()}
    seen = {names[pk] for pk in visible_items(story.actor("party")).values_list("pk", flat=True)}
    assert seen == {"in_review", "returned_before_filing", "general", "joint", "given_up"}


def test_reading_what_is_restricted_is_on_record_once_a_look(items, story):
    log = Entry.objects.filter(action="bulletins.item.read_restricted")
    story.client("writer").get(reverse("bulletins:item", args=[items["special"].pk]))
    story.client("leader").get(reverse("bulletins:item", args=[items["general"].pk]))
    assert not log.exists()
    story.client("leader").get(reverse("bulletins:item", args=[items["special"].pk]))
    assert log.get().actor_name == "顾怀远"


def test_who_leaves_the_department_no_longer_sees_its_drafts(items, story):
    writer = story.person("writer")
    Appointment.objects.filter(person=writer).delete()
    post = Post.objects.get(role="liaison", unit=story.unit("criminal"))
    Appointment.objects.create(post=post, person=writer, valid_from=post.valid_from)
    assert items["draft"] not in visible_items(story.actor("writer"))
