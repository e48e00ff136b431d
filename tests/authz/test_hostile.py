"""A hostile user with an account: texts that want to be run, files that want to be opened, objects of others."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from authz.doors import doors
from authz.matrix import drain
from authz.world import World
from hengjian.apps.bulletins.models import Attachment, Item

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>"
EVIL = f"{SCRIPT}{BREAKOUT}"
FORMULA = '=HYPERLINK("http://evil.invalid","x")'


def infect(world: World) -> None:
    """Every text a person can write carries markup, as if all forms had let it through."""
    from django.apps import apps
    from django.db import models

    known = {
        "bulletins.item": ["title", "body"], "bulletins.attachment": ["name"], "bulletins.revision": ["title", "body"],
        "bulletins.faultcase": ["description", "reply", "reason"], "bulletins.fact": ["publication", "leader", "text"],
        "bulletins.edition": ["title"], "org.person": ["name", "phone"], "org.unit": ["short_name"],
        "org.post": ["title"], "points.appeal": ["text", "decision"], "duties.fulfilment": ["title", "file_name"],
        "mailroom.outgoingmail": ["subject", "body", "error"], "duties.jobstate": ["error"],
        "org.importfile": ["name"], "regs.installation": ["evidence"],
    }  # fmt: skip
    for label, wanted in known.items():
        model = apps.get_model(label)
        fields = [f for f in model._meta.get_fields() if isinstance(f, models.CharField | models.TextField)]
        texts = {f.name: EVIL[: f.max_length or 999] for f in fields if f.name in wanted and not f.unique}
        model.objects.update(**texts)
    for unit in world.story.units.values():
        unit.name, unit.short_name = f"{EVIL}{unit.pk}", ""
        unit.save()


@pytest.mark.parametrize("who", ["writer", "editor", "president", "auditor", "secadmin"])
def test_no_page_lets_a_text_become_markup(world: World, who: str) -> None:
    """Stored texts are shown as they were typed, on every page, in every field, also file names."""
    infect(world)
    client = world.story.client(who)
    client.raise_request_exception = False
    live = re.compile(r"<script>alert|<img src=x|\"'><")
    found, shown = [], 0
    for door in doors(world):
        for address in list(door.addresses.values())[:2]:
            answer = client.get(address)
            said = drain(answer).decode("utf-8", "replace")
            if "html" in answer.get("Content-Type", "") and answer.status_code < 500:
                shown += "&lt;script&gt;" in said
                found += [address] if live.search(said) else []
            if answer.status_code >= 500:
                found.append(f"{address}: {answer.status_code}")
    assert not found, "\n".join(found)
    assert shown > 3, "no page shows the texts: the test proves nothing"


def test_downloads_are_never_shown_by_the_browser(world: World) -> None:
    """A file that is a page in disguise is saved, not opened; its name breaks no header."""
    file = Attachment.objects.get(pk=world.ids["file_received"])
    for name in ("x.html", 'a"; filename="b.exe', "报告\r\nSet-Cookie: a=b.txt", "<b>.svg"):
        Attachment.objects.filter(pk=file.pk).update(name=name)
        answer = world.story.client("writer").get(f"/bulletins/files/{file.pk}/")
        drain(answer)
        assert answer.status_code in {200, 400}
        assert answer.get("Content-Disposition", "attachment").startswith("attachment")
        assert "Set-Cookie: a" not in str(answer.headers) and "\n" not in answer.get(
            "Content-Disposition", ""
        )


def test_exports_hold_no_formula(world: World) -> None:
    """A title that begins with = + - @ is text in every workbook and every CSV."""
    Item.objects.update(title=FORMULA)
    world.story.units["civil1"].name = FORMULA
    world.story.units["civil1"].save()
    seen = 0
    for who in ("editor", "auditor", "secadmin", "sysadmin"):
        client = world.story.client(who)
        client.raise_request_exception = False
        for door in doors(world):
            for address in door.addresses.values():
                if re.search(r"xlsx|csv|export", address):
                    for answer in (
                        client.get(address),
                        client.post(address, {"format": "csv"}),
                        client.post(address),
                    ):
                        seen += answer.status_code == 200
                        assert live_formulas(drain(answer)) == [], address
    assert seen > 0


def live_formulas(data: bytes) -> list[str]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            sheets = [n for n in packed.namelist() if "worksheets/sheet" in n]
            return [n for n in sheets if b"<f>" in packed.read(n) or b"<f " in packed.read(n)]
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip().startswith(("<", "{", "[")):
        return []
    return re.findall(r'(?:^|,)"?([=@+][A-Z(][^,\n]*)', text, flags=re.M)


FOREIGN = ("criminal_draft", "foreign")


@pytest.mark.parametrize("target", FOREIGN)
def test_a_number_in_a_body_opens_no_foreign_object(world: World, target: str) -> None:
    """IDOR in bodies: ids of foreign items, units, people and files where a form or an operation takes an id."""
    from authz.bodies import body_of, operations

    client = world.story.client("writer")
    client.raise_request_exception = False
    item, other = world.items[target], world.story.unit("criminal")
    said = []
    for template, methods in operations().items():
        for method in methods:
            if method == "get" or "{" in template:
                continue
            body = json.loads(body_of(template, method.upper(), world))
            body |= {key: value for key, value in foreign_ids(item.pk, other.pk).items() if key in body}
            answer = client.generic(method.upper(), template, json.dumps(body), "application/json")
            said.append((template, answer.status_code, drain(answer).decode("utf-8", "replace")))
    assert [place for place, status, _ in said if status >= 500] == []
    assert [place for place, _, text in said if item.title in text] == []
    item.refresh_from_db()
    assert (item.state, item.version) == (world.items[target].state, world.items[target].version)


def foreign_ids(item: int, unit: int) -> dict[str, Any]:
    return {"item": item, "items": [item], "unit": unit, "unit_id": unit, "partners": [unit], "item_id": item}


def test_the_api_takes_no_field_it_did_not_ask_for(world: World) -> None:
    """Mass assignment over the API."""
    client, item = world.story.client("writer"), world.items["draft"]
    body = {
        "title": "夹带", "body": "正文。", "category": "experience", "client_key": "api-mass", "version": item.version,
        "unit": world.story.unit("civil1").pk, "installation": world.ids["foreign_installation"], "state": "received",
        "number": "2099-0001", "created_by": world.story.person("president").pk, "received_at": "2026-01-01T00:00:00",
    }  # fmt: skip
    client.post("/api/bulletins/items", json.dumps(body), "application/json")
    client.put(f"/api/bulletins/items/{item.pk}", json.dumps(body), "application/json")
    for found in Item.objects.filter(title="夹带"):
        assert (found.state, found.received_at) == ("draft", None)
        assert found.number != "2099-0001" and found.installation == world.story.installation
        assert found.created_by != world.story.person("president")


@pytest.mark.parametrize(
    "place",
    [
        "//evil.invalid/",
        "https://evil.invalid/",
        "/\\evil.invalid",
        "javascript:alert(1)",
        "\thttps://evil.invalid",
    ],
)
def test_no_form_sends_the_browser_elsewhere(world: World, place: str) -> None:
    """``next`` and the referer lead back into the house or nowhere."""
    client: Client = world.story.client("editor")
    item = world.items["filed"]
    answers = [
        client.post(
            f"/bulletins/items/{item.pk}/receive/?next={place}",
            {"version": item.version, "next": place, "importance": "general"},
            headers={"referer": place},
        ),
        client.post("/accounts/logout/", {"next": place}),
    ]
    for answer in answers:
        assert "evil.invalid" not in answer.get("Location", "") and "javascript:" not in answer.get(
            "Location", ""
        )
        assert 'href="javascript:' not in drain(answer).decode()


def bomb(ratio_mb: int = 200) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b" " * (ratio_mb << 20))
    return kept.getvalue()


def lol() -> bytes:
    kept = io.BytesIO()
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]><w:document>&l9;</w:document>'
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", xml)
    return kept.getvalue()


@pytest.mark.parametrize("make", [bomb, lol], ids=["zip bomb", "billion laughs"])
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_bomb_is_refused_quickly(world: World, make: Any, name: str) -> None:
    """Where files are read (drafts from Word, people from Excel), a bomb costs a sentence and no server."""
    import time

    data = make()
    started = time.process_time()
    for who, address in (("writer", "/bulletins/items/import/"), ("sysadmin", "/org/import/")):
        client = world.story.client(who)
        client.raise_request_exception = False
        answer = client.post(address, {"file": SimpleUploadedFile(name, data), "client_key": "bomb"})
        assert answer.status_code in {302, 400, 409, 413, 422}, (address, answer.status_code)
    assert time.process_time() - started < 8


def test_an_answer_to_a_stale_session_is_a_login_page_not_a_fault(world: World) -> None:
    client = Client(headers={"cookie": "sessionid=../../etc/passwd; csrftoken=x"})
    assert client.get("/bulletins/items/").status_code == 302
    assert client.get("/api/org/me").status_code == 401
