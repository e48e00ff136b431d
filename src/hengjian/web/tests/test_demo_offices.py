"""Several offices in one database: each lives alone, and the sign-in page names their logins."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import system_actor
from hengjian.apps.org.models import DemoLogin, User
from hengjian.apps.org.queries import visible_people, visible_units
from hengjian.apps.regs.queries import visible_installations
from hengjian.apps.ui import counts
from hengjian.base.times import to_instant
from hengjian.web.demo.clockwork import Clockwork
from hengjian.web.demo.court import Court, make_court
from hengjian.web.demo.office import all_offices
from hengjian.web.demo.offices import justice_bureau
from hengjian.web.demo.run import show_logins

pytestmark = pytest.mark.django_db
NOW = to_instant(datetime(2024, 6, 5, 10))


@pytest.fixture
def bureau() -> Court:
    counts.forget()
    made, lives = justice_bureau.begin(NOW, 7)
    clockwork = Clockwork(to_instant(datetime(2024, 1, 20)))
    clockwork.start(list(lives)[:3])
    clockwork.run()
    return made


@pytest.fixture
def court(bureau: Court) -> Court:
    return make_court(system_actor("演示", NOW), since=(NOW - timedelta(days=400)).date())


def test_every_office_has_a_title_and_logins_of_its_own() -> None:
    offices = all_offices()
    logins = [login for office in offices for login, _ in office.logins]
    assert len(offices) >= 2
    assert len({office.title for office in offices}) == len(offices)
    assert len(set(logins)) == len(logins)


def test_people_of_one_office_see_nothing_of_the_other(bureau: Court, court: Court) -> None:
    for mine, other in ((bureau, court), (court, bureau)):
        for login in mine.users:
            actor = mine.actor(login, NOW)
            assert not set(visible_units(actor)) & set(other.units.values()), login
            assert not set(visible_people(actor)) & set(other.people.values()), login
            assert other.installation not in visible_installations(actor), login
            assert not visible_items(actor).filter(installation=other.installation).exists(), login


def _links(text: str) -> list[str]:
    found = re.findall(r'href="(/[^"#]*)"', text)
    return [link for link in dict.fromkeys(found) if not link.startswith(("/static", "/accounts"))]


@pytest.mark.parametrize(
    "login", ["sf-juzhang", "sf-bangong", "sf-zhuren", "sf-xitong", "sf-anquan", "sf-shenji"]
)
def test_no_page_of_the_menu_names_the_other_office(bureau: Court, court: Court, login: str) -> None:
    _visit(bureau, court, login)


@pytest.mark.parametrize("login", ["yuanzhang", "bianji", "zhuren", "xitong", "anquan", "shenji"])
def test_nor_does_it_the_other_way_round(bureau: Court, court: Court, login: str) -> None:
    _visit(court, bureau, login)


def _visit(mine: Court, other: Court, login: str) -> None:
    client = Client()
    client.force_login(mine.users[login])
    foreign = [unit["name"] for unit in other.data["units"] if unit["kind"] != "group"]
    foreign = [name for name in foreign if name not in str(mine.data["units"])]
    foreign += [other.data["people"][0]["name"], f"/{other.data['pack']}/"]
    for page in _links(client.get("/", follow=True).content.decode()):
        answer = client.get(page, follow=True)
        if answer.streaming or "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        assert not [word for word in foreign if word in text], page


def test_the_sign_in_page_groups_logins_by_office(bureau: Court, court: Court) -> None:
    by_title = {office.title: office for office in all_offices()}
    show_logins(system_actor("演示", NOW), by_title["清岚县司法局"], bureau)
    show_logins(system_actor("演示", NOW), by_title["清岚县人民法院"], court)
    text = Client().get(reverse("account_login")).content.decode()
    assert (
        text.index("清岚县人民法院")
        < text.index("xinxiyuan")
        < text.index("清岚县司法局")
        < text.index("sf-lianluo")
    )


def test_a_login_with_a_password_of_its_own_is_no_longer_shown(bureau: Court) -> None:
    show_logins(system_actor("演示", NOW), justice_bureau.OFFICE, bureau)
    User.objects.filter(username="sf-lianluo").update(password_changed_at=NOW)
    text = Client().get(reverse("account_login")).content.decode()
    assert "sf-lianluo" not in text and "sf-suozhang" in text


def test_a_real_installation_shows_no_logins() -> None:
    assert not DemoLogin.objects.exists()
    assert "演示账号" not in Client().get(reverse("account_login")).content.decode()


def test_every_unit_of_the_bureau_but_two_has_a_liaison(bureau: Court) -> None:
    authors = [u["key"] for u in bureau.data["units"] if u.get("author")]
    assert len(authors) == 35
    assert set(authors) - set(bureau.liaison) == {"beibei", "publiclaw"}
    assert set(bureau.head) == set(authors)
