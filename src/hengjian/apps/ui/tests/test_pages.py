from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from hengjian.apps.audit.models import Entry
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Person, Unit, User
from hengjian.apps.ui import counts, nav, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    user = User.objects.create_user("reader", password="x")
    unit = Unit.objects.create(code="u", name="民一庭", kind="department")
    Person.objects.create(user=user, name="许青禾", staff_no="1", unit=unit)
    return user


@pytest.fixture
def browser(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.mark.parametrize("path", ["/ui/patterns/", "/ui/keys/", "/ui/search/"])
def test_strangers_are_sent_to_the_login(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize("path", ["/ui/patterns/", "/ui/keys/", "/ui/search/", "/ui/search/?q=a"])
def test_pages_hold_no_inline_style_or_handler(browser: Client, path: str) -> None:
    html = browser.get(path).content.decode()
    assert "style=" not in html and "onclick" not in html and "<script>" not in html


def test_shortcuts_are_switched_off_for_one_person_and_the_act_is_logged(
    browser: Client, reader: User
) -> None:
    assert 'data-shortcuts="on"' in browser.get("/ui/keys/").content.decode()
    browser.post("/ui/keys/", {"on": "0"})
    reader.refresh_from_db()
    assert reader.shortcuts_on is False
    assert 'data-shortcuts="off"' in browser.get("/ui/keys/").content.decode()
    assert Entry.objects.filter(action="ui.shortcuts.switch").count() == 1


def test_search_asks_every_provider_with_the_actor(
    browser: Client, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def provider(actor: Actor, text: str, most: int) -> list[search.Hit]:
        asked.append((actor.name, text))
        return [search.Hit("<找到>", "/x/")]

    monkeypatch.setattr(search, "_providers", [("信息", provider)])
    html = browser.get("/ui/search/?q= 调解 ").content.decode()
    assert asked == [("许青禾", "调解")] and "&lt;找到&gt;" in html


def test_an_empty_search_asks_nobody(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_providers", [("信息", lambda *_: pytest.fail("asked"))])
    assert search.search(actor_for(reader, timezone.now()), "  ") == []


def test_the_longest_address_is_the_current_entry(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [nav.Entry("管理", "快捷键", "ui:keys"), nav.Entry("管理", "样式", "ui:patterns")]
    monkeypatch.setattr(nav, "_entries", entries)
    ((_, shown),) = nav.menu_for(actor_for(reader, timezone.now()), "/ui/keys/")
    assert [entry.current for entry in shown] == [True, False]


def test_a_count_is_kept_for_half_a_minute(reader: User) -> None:
    counts.forget()
    numbers = iter((3, 4))
    actor = actor_for(reader, timezone.now())
    assert counts.of(actor, "x", lambda _: next(numbers)) == 3
    assert counts.of(actor, "x", lambda _: next(numbers)) == 3
    later = actor_for(reader, actor.at + counts.KEEP)
    assert counts.of(later, "x", lambda _: next(numbers)) == 4
    counts.forget()


def test_forgetting_a_persons_numbers_keeps_what_his_office_has(reader: User) -> None:
    counts.forget()
    actor, condition = actor_for(reader, timezone.now()), f"{counts.CONDITION}there"
    counts.put(actor, "x", 3)
    counts.put(actor, condition, 1)
    counts.forget(actor)
    assert counts.of(actor, condition, lambda _: 0) == 1
    assert counts.of(actor, "x", lambda _: 4) == 4
    counts.forget()
    assert counts.of(actor, condition, lambda _: 0) == 0
    counts.forget()
