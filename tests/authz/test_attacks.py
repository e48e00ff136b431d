"""One test for each weakness that was once found in a comparable system (see docs/threat-model.md)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from authz.doors import doors
from authz.matrix import drain
from authz.world import World
from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Attachment, Item
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.models import Appointment, Post

pytestmark = pytest.mark.django_db
PASSWORD = "Qingchuan-2026"
PARAMETERS = (
    "q", "page", "state", "unit", "kind", "sort", "order", "category", "since", "until", "action", "object",
    "installation", "period", "old", "new", "item", "notice", "line", "on", "draft", "key",
)  # fmt: skip
ODD = {
    "sql": "' OR 1=1 --", "percent": "%", "dunder": "__class__", "connector": "_connector=OR", "huge": "9" * 40,
    "negative": "-1", "nul": "\u0000", "wide digit": "２", "long": "a" * 5000, "superscript": "²",
}  # fmt: skip


@pytest.fixture
def writer(story) -> Client:
    return story.client("writer")


def sign_in(name: str, password: str, client: Client | None = None) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post("/accounts/login/", {"login": name, "password": password})


def test_repeated_parameters_are_no_way_around(world: World) -> None:
    """GitLab CVE-2023-7028: a second value of a parameter is not a second target."""
    neighbour = world.story.client("neighbour")
    draft, own = world.items["draft"].pk, world.items["criminal_draft"].pk
    page = neighbour.get(f"/bulletins/items/?q=机密草稿一&q=机密&unit={world.story.unit('civil1').pk}&unit=")
    assert page.context["rows"]
    assert f"/bulletins/items/{draft}/" not in {row["url"] for row in page.context["rows"]}
    answer = neighbour.post(
        f"/bulletins/items/{own}/submit/?pk={draft}", {"pk": [own, draft], "version": "1"}
    )
    assert answer.status_code in {302, 422}
    assert Item.objects.get(pk=draft).state == "draft"


def test_fields_that_are_not_asked_for_are_not_taken(world: World) -> None:
    """Mass assignment: state, number, unit and points cannot be sent along."""
    writer = world.story.client("writer")
    values = {
        "title": "夹带字段", "body": "正文。", "form": "info", "grade": "internal", "category": "experience",
        "joint": "alone", "client_key": "mass", "state": "received", "number": "2026-9999", "installation": "2",
        "received_at": "2026-01-01", "created_by": str(world.story.person("president").pk), "version": "99",
    }  # fmt: skip
    assert writer.post("/bulletins/items/new/", values).status_code == 302
    item = Item.objects.get(client_key="mass")
    assert (item.state, item.number, item.received_at, item.version) == ("draft", "", None, 1)
    assert item.installation == world.story.installation and item.created_by == world.story.person("writer")


def test_a_foreign_unit_cannot_be_written_for(world: World) -> None:
    writer = world.story.client("writer")
    values = {"title": "代写", "form": "info", "grade": "internal", "category": "experience", "joint": "alone",
              "client_key": "foreign", "unit": str(world.story.unit("criminal").pk)}  # fmt: skip
    assert writer.post("/bulletins/items/new/", values).status_code in {403, 404}
    assert not Item.objects.filter(client_key="foreign").exists()


def test_a_form_key_of_another_department_gives_nothing_away(world: World) -> None:
    """An idempotency key is no handle on somebody else's object."""
    values = {"title": "猜键", "form": "info", "grade": "internal", "category": "experience", "joint": "alone",
              "client_key": "world-draft"}  # fmt: skip
    answer = world.story.client("neighbour").post("/bulletins/items/new/", values)
    assert answer.status_code == 422
    assert "机密草稿一" not in answer.content.decode()


def test_a_foreign_host_header_is_refused(writer: Client) -> None:
    assert writer.get("/ui/keys/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "place", ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/secret_key", "1%00.txt", "-1"]
)
def test_downloads_take_numbers_not_paths(world: World, place: str) -> None:
    """OpenMRS CVE-2022-23612: no address of a file leads out of the store."""
    for start in ("/bulletins/files/", "/registers/entry/", "/bulletins/editions/"):
        assert world.story.client("editor").get(f"{start}{place}/").status_code in {301, 400, 404}


def test_an_uploaded_name_never_becomes_a_path(world: World, settings) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    draft = world.items["draft"].pk
    evil = SimpleUploadedFile("..\\../..//etc/cron.d/x\u202etxt.txt", b"text", "text/plain")
    world.story.client("writer").post(f"/bulletins/items/{draft}/files/", {"file": evil})
    kept = Attachment.objects.filter(item=draft).latest("pk")
    assert settings.MEDIA_ROOT in __import__("pathlib").Path(kept.file.path).parents
    assert "/" not in kept.name and "\\" not in kept.name and "\u202e" not in kept.name


def test_a_login_begins_a_new_session(story) -> None:
    """Session fixation: what was known before the login is worth nothing after it."""
    user = story.users["writer"]
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key
    _, answer = sign_in("writer", PASSWORD, client)
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value != before
    assert Client(headers={"cookie": f"sessionid={before}"}).get("/ui/keys/").status_code == 302


def test_a_wrong_name_and_a_wrong_password_look_the_same(story) -> None:
    """User enumeration: also for disabled accounts."""
    for key in ("writer", "disabled"):
        story.users[key].set_password(PASSWORD)
        story.users[key].save()
    answers = [sign_in(name, "wrong-Password-1")[1] for name in ("nobody", "writer", "disabled")]
    said = [[str(e) for e in answer.context["form"].non_field_errors()] for answer in answers]
    assert said[0] and said[0] == said[1] == said[2]
    assert {answer.status_code for answer in answers} == {answers[0].status_code}


def test_the_session_of_a_disabled_user_dies_at_once(story) -> None:
    client = story.client("writer")
    assert client.get("/ui/keys/").status_code == 200
    story.users["writer"].is_active = False
    story.users["writer"].save()
    assert "/accounts/login/" in client.get("/ui/keys/")["Location"]
    assert client.get("/api/org/me").status_code == 401


def test_a_post_that_ended_gives_no_right_in_a_running_session(story) -> None:
    client = story.client("head")
    assert client.get("/bulletins/review/").status_code == 200
    person = story.person("head")
    Appointment.objects.filter(person=person).update(valid_to=story.at.date())
    assert client.get("/bulletins/items/new/").status_code == 403


def test_the_api_sets_no_session_cookie(story) -> None:
    """DHIS2 CVE-2023-31139: an answer of the API never hands out a session."""
    stranger = Client().get("/api/org/me")
    assert stranger.status_code == 401 and "sessionid" not in stranger.cookies
    client = story.client("writer")
    client.get("/ui/keys/")
    assert "sessionid" not in client.get("/api/org/me").cookies


def test_the_api_refuses_a_forged_request(story) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.users["writer"])
    answer = client.post("/api/org/me/phone", json.dumps({"phone": "1"}), "application/json")
    assert answer.status_code == 403


def test_line_breaks_never_reach_a_mail_header(world: World) -> None:
    """A subject with a line break would add headers; the queue must survive it."""
    from hengjian.apps.mailroom.delivery import deliver

    OutgoingMail.objects.all().delete()
    OutgoingMail.objects.create(
        key="evil", person=world.story.person("writer"), subject="催办\r\nBcc: evil@example.invalid", body="请查看。",
        created_at=world.now,
    )  # fmt: skip
    OutgoingMail.objects.create(
        key="good", person=world.story.person("writer"), subject="催办", body="请查看。", created_at=world.now
    )
    deliver(world.now)
    assert [m.subject for m in mail.outbox if "\n" in m.subject] == []
    assert not any(
        "evil@example.invalid" in m.message().as_string().split("\n\n")[0].split("Subject")[0]
        for m in mail.outbox
    )
    assert OutgoingMail.objects.get(key="good").state != "waiting"


deaf: set[str] = set()
"""Addresses that answered without looking at a parameter: they cannot tell one value from another."""


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_no_filter_or_order_parameter_breaks_a_list(world: World, value: str) -> None:
    """CVE-2025-64459 and its kin: whatever stands in a parameter, a list answers or refuses, and never fails."""
    client = world.story.client("editor")
    client.raise_request_exception = False
    failed = []
    asked = 0
    for door in doors(world):
        for address in list(door.addresses.values())[:1]:
            if door.route.startswith("api/") or re.search(r"(docx|pdf|xlsx)/?$", address) or address in deaf:
                continue
            answer = client.get(address, dict.fromkeys(PARAMETERS, value))
            said = drain(answer)
            if said and answer.status_code >= 500:
                failed.append(address)
            if "GET" in vars(answer.wsgi_request):  # Django reads the query string when it is first asked for
                asked += 1
            elif answer.status_code < 500:
                deaf.add(address)
    assert not failed
    assert asked > 20, "hardly a page reads its parameters: the test proves nothing"


def test_who_appoints_cannot_appoint_himself(world: World) -> None:
    """DHIS2 CVE-2022-41948: the security administrator gives rights to others, never to himself."""
    post = Post.objects.get(role="editor")
    client = world.story.client("secadmin")
    me = world.story.person("secadmin")
    values = {"person": str(me.pk), "seat": "B", "valid_from": "2026-01-01", "since": "2026-01-01"}
    client.post(f"/org/posts/{post.pk}/appoint/", values)
    body = {"person": me.pk, "seat": "B", "since": "2026-01-01", "valid_from": "2026-01-01"}
    client.post(f"/api/org/posts/{post.pk}/appoint", json.dumps(body), "application/json")
    assert not Appointment.objects.filter(post=post, person=me).exists()


def test_a_refused_act_is_in_the_log(world: World) -> None:
    before = Entry.objects.filter(outcome="denied").count()
    item = world.items["received"]
    world.story.client("writer").post(f"/bulletins/items/{item.pk}/late/", {"reference": "x"})
    assert Entry.objects.filter(outcome="denied").count() == before + 1


def test_answers_carry_the_protecting_headers(story) -> None:
    answer = story.client("writer").get("/ui/keys/")
    policy = answer["Content-Security-Policy"]
    assert (
        "unsafe-inline" not in policy and "object-src 'none'" in policy and "frame-ancestors 'none'" in policy
    )
    assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_redirect_after_login_stays_in_the_house(story) -> None:
    user = story.users["writer"]
    user.set_password(PASSWORD)
    user.save()
    answer = Client().post(
        "/accounts/login/?next=https://evil.example/",
        {"login": "writer", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert "evil.example" not in answer["Location"]
