"""Before the minute nobody without right gets a figure, a title or a sign of them through any channel; at the minute all do.

The clock is injected: browsers act at a time the test sets. Every address of the product that is read without changing
anything is opened by everybody, and the whole answer, headers included, is searched for the marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from hengjian.apps.audit.models import Entry
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.queries import house_of
from hengjian.apps.releases import queries, tracing
from hengjian.apps.releases.acts.handouts import copy_release
from hengjian.apps.releases.acts.readers import admit, dismiss
from hengjian.apps.releases.conftest import Land
from hengjian.apps.releases.models import Cell, Figure, HandOut, Release
from hengjian.apps.releases.opening import open_due
from hengjian.apps.ui import counts
from hengjian.apps.ui.search import search

pytestmark = pytest.mark.django_db

TITLE, VALUE, NOTE = "机密公报之题", "7654321", "机密说明之文"
MARKS = (TITLE, VALUE, "7,654,321", NOTE, "机密概念")
OUTSIDE = ("judge", "head", "neighbour", "qing_stat", "wang_stat", "lan_stat", "liu_stat", "yun_president",
           "qing_president", "sysadmin", "secadmin", "auditor", None)  # fmt: skip
# what shows nothing but its own
APART = re.compile(
    r"^(api/)?(accounts|bulletins|points|org|regs|indicators|desk|matters|plans|inspections|cases)/|static|openapi"
)
INSIDE = ("stat", "stat2", "president")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the time at which requests are made."""
    from django.utils import timezone

    def at(moment: datetime) -> None:
        counts.forget()
        monkeypatch.setattr(timezone, "now", lambda: moment)

    yield at


@pytest.fixture
def secret(land: Land) -> Release:
    """Signed, to open at three in the afternoon; restating nothing, with one reader and one copy handed out."""
    line = land.line(written=VALUE, name="机密概念案件", concept="secret", aliases="机密概念")
    made = land.release(line, title=TITLE, note=NOTE, opens_at=land.at.replace(hour=15))
    land.sign(made)
    made.refresh_from_db()
    copy_release(land.actor("stat"), made, form="csv")
    return made


def before(secret: Release) -> datetime:
    assert secret.opens_at is not None
    return secret.opens_at - timedelta(seconds=1)


def _routes(patterns: Any, start: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(secret: Release) -> list[str]:
    """Every address of releases, and every page without parameters of the apps that speak of other apps' things (inbox,
    log, search, mail, approvals …); ids are those of the secret."""
    ids = {"pk": secret.pk, "verb": "submit", "cell": Cell.objects.get().pk}
    found = []
    for route in _routes(get_resolver().url_patterns):
        plain = route.replace("^", "").replace("$", "").replace(r"\.", ".")
        if "figures/<int:pk>" in plain or "public/<int:pk>" in plain:
            plain = re.sub(r"<int:pk>", str(Figure.objects.get().pk), plain)
        if re.search(r"releases/.*<", plain):
            plain = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ids.get(m[1], 1)), plain)
        if not re.search(r"[<(]", plain) and not APART.search(plain):
            found.append(f"/{plain}")
    more = [f"/releases/?state={state}" for state in ("embargoed", "open", "approved")]
    more += [
        f"/releases/{page}?q={word}" for page in ("figures/", "public/") for word in ("机密概念", "案件")
    ]
    more += [
        "/api/releases/figures?q=机密",
        "/api/releases/public/figures?q=机密",
        "/search/?q=机密",
        "/ui/search/?q=机密",
    ]
    return found + more


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    heads = json.dumps(dict(answer.headers.items()), ensure_ascii=False)
    return f"{answer.status_code} {heads} {body.decode('utf-8', 'ignore')}"


def leaks(text: str, address: str) -> list[str]:
    """Marks that are in an answer and were not in the question."""
    return [mark for mark in MARKS if mark in text and mark not in address]


def test_nobody_outside_reads_a_mark_at_any_address_before_the_time(
    land: Land, secret: Release, clock: Any
) -> None:
    clock(before(secret))
    places = addresses(secret)
    assert len(places) > 40
    core = [
        p for p in places if re.search(rf"releases/($|{secret.pk}/$|figures|public|check/$)|search/|^/$", p)
    ]
    found = []
    # a judge, the auditor and a stranger open everything; the others what figures are shown on
    for who in OUTSIDE:
        client = land.client(who)
        mine = places if who in ("judge", "auditor", None) else core
        found += [(who, p, hit) for p in mine if (hit := leaks(said(client, p), p))]
    assert not found, found


def plain(content: bytes) -> str:
    """Without what differs from answer to answer: nonces, tokens, numbers."""
    return re.sub(r'nonce[-=]"?[\w+/=-]+|value="\w{40,}"|\d+', "", content.decode())


def test_a_secret_release_and_none_at_all_are_answered_alike(land: Land, secret: Release, clock: Any) -> None:
    clock(before(secret))
    figure = Figure.objects.get().pk
    nothing = secret.pk + 1000
    pairs = [
        (f"/releases/{secret.pk}/", f"/releases/{nothing}/"),
        (f"/api/releases/{secret.pk}", f"/api/releases/{nothing}"),
        (f"/releases/figures/{figure}/", f"/releases/figures/{figure + 1000}/"),
        (f"/releases/public/{figure}/", f"/releases/public/{figure + 1000}/"),
    ]
    for who in ("judge", "qing_stat", "auditor"):
        client = land.client(who)
        for one, other in pairs:
            first, second = client.get(one), client.get(other)
            assert first.status_code == second.status_code == 404, one
            assert plain(first.content) == plain(second.content), one
        for verb in ("submit", "postpone", "withdraw", "admit"):
            one, other = (client.post(f"/releases/{pk}/act/{verb}/") for pk in (secret.pk, nothing))
            assert one.status_code == other.status_code
        assert client.post(f"/releases/{secret.pk}/copy/", {"form": "csv"}).status_code == 404
        assert (
            client.post(f"/api/releases/{secret.pk}/copy", {"form": "csv"}, "application/json").status_code
            == 404
        )


def test_counts_and_search_are_as_if_there_were_nothing(land: Land, secret: Release, clock: Any) -> None:
    at = before(secret)
    for who in OUTSIDE[:-1]:
        actor = land.actor(str(who), at)
        assert not queries.visible_releases(actor).exists(), who
        assert not queries.visible_figures(actor).exists(), who
        assert not queries.open_figures(actor).exists(), who
        assert not search(actor, "机密"), who


def test_log_mails_file_names_and_traces_do_not_tell(land: Land, secret: Release) -> None:
    entries = "".join(f"{e.object_label}{e.payload}" for e in Entry.objects.all())
    mails = "".join(f"{m.subject}{m.body}" for m in OutgoingMail.objects.all())
    assert not leaks(entries + mails, "")
    assert secret.code in entries
    copy = HandOut.objects.get()
    auditor = land.actor("auditor", before(secret))
    assert tracing.by_text(auditor, copy.code) == []
    answer = land.client("stat").post(f"/releases/{secret.pk}/copy/", {"form": "csv"})
    assert not leaks(answer["Content-Disposition"], "")


def test_the_rule_of_one_number_is_no_way_to_try_values(land: Land, secret: Release) -> None:
    """Another office that guesses right gets the same answer as one that guesses wrong."""
    from hengjian.apps.releases import single
    from hengjian.apps.releases.models import Release as Row

    line = land.line(written="1", name="机密概念案件", concept="secret")
    mine = Row(installation=land.installation, unit=land.unit("qing"), opens_at=None)
    mine.prepared_at = land.at
    told = []
    for guess in (VALUE, "1"):
        cell = line.cell(mine, 1)
        cell.written, cell.value = guess, type(cell.value)(guess)
        found = single.conflicts(land.actor("qing_stat", before(secret)), mine, [cell])
        told.append([e.message for e in found])
    assert told[0] == told[1] != []
    assert not leaks("".join(told[0]), "机密概念")


def test_who_is_on_the_list_knows_until_taken_off(land: Land, secret: Release) -> None:
    at = before(secret)
    reader = admit(land.actor("stat", at), secret, person=land.people["judge"], reason="起草新闻稿")
    judge = land.actor("judge", at)
    assert queries.visible_figures(judge).count() == 1
    assert not queries.open_figures(judge).exists()
    dismiss(land.actor("stat", at), reader)
    assert not queries.visible_figures(land.actor("judge", at)).exists()
    for who in INSIDE:
        assert queries.visible_releases(land.actor(who, at)).exists(), who


def test_whom_to_admit_stands_under_his_court(land: Land, secret: Release, clock: Any) -> None:
    """Every court has a 审判管理办公室: a name with its department alone would not say whose."""
    clock(before(secret))
    page = land.client("stat").get(f"/releases/{secret.pk}/").content.decode()
    groups = dict(part.split('">', 1) for part in page.split('<optgroup label="')[1:])
    person = land.people["judge"]
    (court,) = [name for name, people in groups.items() if f'value="{person.pk}"' in people]
    assert court == str(house_of(person.unit))


def test_at_the_minute_it_is_open_without_any_job(land: Land, secret: Release, clock: Any) -> None:
    assert secret.opens_at is not None
    clock(secret.opens_at)
    figure = Figure.objects.get()
    for who in (None, "judge", "yun_president"):
        client = land.client(who)
        assert VALUE in said(client, f"/releases/public/{figure.pk}/")
        assert VALUE in said(client, "/api/releases/public/figures")
    assert TITLE in said(land.client("judge"), f"/releases/{secret.pk}/")
    answer = land.client().get("/releases/public/")
    assert "no-store" in answer["Cache-Control"] and "ETag" not in answer


def test_the_clock_writes_the_opening_down_once(land: Land, secret: Release) -> None:
    assert secret.opens_at is not None
    assert open_due(before(secret)) == 0
    assert open_due(secret.opens_at) == 1
    assert open_due(secret.opens_at) == 0
    assert Entry.objects.filter(action="releases.release.open").count() == 1


def test_open_but_internal_stays_inside_and_sensitive_on_the_list(land: Land) -> None:
    land.sign(land.release(grade="internal"))
    land.sign(land.release(land.line("lan", "5"), grade="sensitive", title="敏感"))
    assert queries.visible_figures(land.actor("neighbour")).count() == 1
    assert "12034" not in said(land.client(), "/releases/public/")
