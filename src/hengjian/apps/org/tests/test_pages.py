"""The pages of the organisation: they work, foreign units are not there, wrong roles are told, wrong verbs refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengjian.apps.conftest import Story
from hengjian.apps.org.models import Absence, Appointment, Person, Post, Unit, User

pytestmark = pytest.mark.django_db
FORMS = {
    "unit_new": "units", "unit_rename": "units", "unit_move": "units", "unit_end": "units",
    "unit_aliases": "units", "unit_classify": "units", "person_new": "units", "post_new": "units",
    "person_change": "people", "person_transfer": "people", "person_leave": "people", "post_end": "posts",
}  # fmt: skip


def pk_of(story: Story, kind: str, court: str = "own") -> int:
    unit = story.unit("civil1" if court == "own" else "other_court")
    if kind == "units":
        return int(unit.pk)
    if kind == "people":
        return int(Person.objects.filter(unit=unit)[0].pk)
    return int(Post.objects.filter(unit=unit)[0].pk)


@pytest.mark.parametrize("name", ["index", "me"])
@pytest.mark.parametrize("who", ["writer", "president", "auditor"])
def test_everybody_has_the_directory_and_an_own_page(story: Story, name: str, who: str) -> None:
    assert story.client(who).get(reverse(f"org:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["index", "me", "accounts", "vacancies", "import"])
def test_strangers_are_sent_to_the_login(story: Story, name: str) -> None:
    assert story.client().get(reverse(f"org:{name}")).status_code == 302


@pytest.mark.parametrize(("name", "kind"), [("unit", "units"), ("person", "people"), ("post", "posts")])
def test_the_own_court_is_shown_and_another_is_not_there(story: Story, name: str, kind: str) -> None:
    client = story.client("writer")
    assert client.get(reverse(f"org:{name}", args=[pk_of(story, kind)])).status_code == 200
    assert client.get(reverse(f"org:{name}", args=[pk_of(story, kind, "other")])).status_code == 404
    assert client.get(reverse(f"org:{name}", args=[999_999])).status_code == 404
    assert client.post(reverse(f"org:{name}", args=[pk_of(story, kind)])).status_code == 405


@pytest.mark.parametrize(("name", "kind"), FORMS.items())
def test_forms_are_for_the_system_administrator_of_the_place(story: Story, name: str, kind: str) -> None:
    own, other = (reverse(f"org:{name}", args=[pk_of(story, kind, court)]) for court in ("own", "other"))
    assert story.client("sysadmin").get(own).status_code == 200
    assert story.client("sysadmin").get(other).status_code == 404
    assert story.client("secadmin").post(own).status_code == 403
    assert story.client("writer").get(own).status_code == 403
    assert story.client("sysadmin").delete(own).status_code == 405


def test_a_unit_is_set_up_on_its_page(story: Story) -> None:
    url = reverse("org:unit_new", args=[story.unit("court").pk])
    fields = {"code": "env", "name": "环资庭", "kind": "department", "position": "1"}
    assert story.client("sysadmin").post(url, fields).status_code == 302
    again = story.client("sysadmin").post(url, fields)
    assert again.status_code == 422 and "已被其他单位使用" in again.content.decode()


def test_a_phone_is_for_those_who_must_call_and_oneself(story: Story) -> None:
    person = story.person("writer")
    Person.objects.filter(pk=person.pk).update(phone="0000-1234")
    page = reverse("org:person", args=[person.pk])
    seen = {
        who: "0000-1234" in story.client(who).get(page).content.decode()
        for who in ("editor", "writer", "head", "sysadmin")
    }
    assert seen == {"editor": True, "writer": True, "head": False, "sysadmin": False}
    unit = reverse("org:unit", args=[person.unit_id])
    assert "0000-1234" not in story.client("sysadmin").get(unit).content.decode()
    form = story.client("sysadmin").get(reverse("org:person_change", args=[person.pk])).content.decode()
    assert "0000-1234" not in form
    assert "0000-1234" not in str(story.client("sysadmin").get(f"/api/org/people/{person.pk}").json())


def test_a_name_is_corrected_without_losing_the_phone(story: Story) -> None:
    person = story.person("writer")
    Person.objects.filter(pk=person.pk).update(phone="0000-1234")
    sent = {"name": "林知著", "staff_no": person.staff_no, "phone": "", "email": ""}
    story.client("sysadmin").post(reverse("org:person_change", args=[person.pk]), sent)
    person.refresh_from_db()
    assert (person.name, person.phone) == ("林知著", "0000-1234")


def test_the_security_administrator_appoints_on_the_page(story: Story) -> None:
    post = Post.objects.get(role="liaison", unit=story.unit("civil1"))
    url = reverse("org:appoint", args=[post.pk])
    sent = {"person": story.person("staff").pk, "seat": "B", "valid_from": "2024-06-05"}
    assert story.client("sysadmin").post(url, sent).status_code == 403
    assert story.client("secadmin").post(url, sent).status_code == 302
    made = Appointment.objects.get(post=post, person=story.person("staff"))
    end = reverse("org:dismiss", args=[made.pk])
    assert story.client("secadmin").post(end, {"on": "2024-07-01"}).status_code == 302
    foreign = Appointment.objects.get(person=story.person("outsider"))
    assert story.client("secadmin").get(reverse("org:dismiss", args=[foreign.pk])).status_code == 404


def test_vacant_posts_are_listed(story: Story) -> None:
    Appointment.objects.filter(person=story.person("editor")).delete()
    page = story.client("secadmin").get(reverse("org:vacancies")).content.decode()
    assert "信息编辑" in page and "无人" in page


def test_the_list_of_accounts_filters_and_stays_constant(story: Story) -> None:
    client, url = story.client("secadmin"), reverse("org:accounts")
    assert "旧同事" in client.get(url, {"state": "disabled"}).content.decode()
    assert "旧同事" not in client.get(url, {"state": "normal"}).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    Person.objects.bulk_create(
        Person(name=f"某{n}", staff_no=f"X{n}", unit=story.unit("civil2")) for n in range(30)
    )
    with CaptureQueriesContext(connection) as many:
        assert "某1" in client.get(url).content.decode()
    assert len(few) == len(many)


def test_the_page_of_a_unit_stays_constant(story: Story) -> None:
    client, url = story.client("sysadmin"), reverse("org:unit", args=[story.unit("court").pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(10):
        Unit.objects.create(code=f"u{n}", name=f"庭{n}", kind="department", parent=story.unit("court"))
        person = Person.objects.create(name=f"某{n}", staff_no=f"X{n}", unit=story.unit("court"))
        post = Post.objects.create(
            unit=story.unit("court"), role="staff", title=f"岗{n}", valid_from="2024-01-01"
        )
        Appointment.objects.create(post=post, person=person, valid_from="2024-01-01")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)


def test_a_one_time_password_is_shown_once_and_not_cached(story: Story) -> None:
    url = reverse("org:account_reset", args=[story.person("writer").pk])
    response = story.client("secadmin").post(url)
    password = response.context["handed"].password
    assert password in response.content.decode() and "no-store" in response["Cache-Control"]
    assert User.objects.get(username="writer").check_password(password)
    assert story.client("sysadmin").post(url).status_code == 403


@pytest.mark.parametrize("what", ["unlock", "disable", "enable", "reset-second-factor"])
def test_a_click_asks_first_and_then_does_it(story: Story, what: str) -> None:
    who = "disabled" if what == "enable" else "writer"
    url = reverse("org:account_click", args=[story.person(who).pk, what])
    client = story.client("secadmin")
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == (422 if what == "reset-second-factor" else 302)
    foreign = reverse("org:account_click", args=[story.person("outsider").pk, what])
    assert client.post(foreign).status_code == 404


def test_going_away_and_coming_back_is_one_click_each(story: Story) -> None:
    client = story.client("head")
    client.post(reverse("org:away_today"))
    absence = Absence.objects.get(person=story.person("head"))
    assert "我回来了" in client.get(reverse("org:me")).content.decode()
    assert story.client("writer").post(reverse("org:absence_end", args=[absence.pk])).status_code == 404
    assert client.get(reverse("org:away_today")).status_code == 405
    client.post(reverse("org:absence_end", args=[absence.pk]))
    assert "今天外出" in client.get(reverse("org:me")).content.decode()


def test_search_finds_units_and_people_of_the_own_court_only(story: Story) -> None:
    page = story.client("writer").get("/ui/search/", {"q": "望溪"}).content.decode()
    assert "望溪县人民法院" not in page
    assert "民事审判第一庭" in story.client("writer").get("/ui/search/", {"q": "民事"}).content.decode()


def call(story: Story, who: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return story.client(who).post(f"/api/org/{path}", body or {}, content_type="application/json")


def test_the_api_does_the_same_with_the_same_rights(story: Story) -> None:
    court, other = story.unit("court").pk, story.unit("other_court").pk
    body = {"code": "env", "name": "环资庭", "kind": "department"}
    assert call(story, "writer", f"units/{court}/children", body).status_code == 403
    assert call(story, "sysadmin", f"units/{other}/children", body).status_code == 404
    assert call(story, "sysadmin", f"units/{court}/children", body | {"extra": 1}).status_code == 422
    assert call(story, "sysadmin", f"units/{court}/children", body).status_code == 200
    refused = call(story, "sysadmin", f"units/{court}/children", body)
    assert refused.status_code == 422 and "已被其他单位使用" in refused.json()["error"]["message"]


def test_the_api_hides_other_courts(story: Story) -> None:
    client = story.client("writer")
    listed = {row["code"] for row in client.get("/api/org/units").json()}
    assert "civil1" in listed and "other_court" not in listed
    assert client.get(f"/api/org/units/{story.unit('other_court').pk}").status_code == 404
    assert client.get("/api/org/me").json()["posts"][0]["role"] == "liaison"
    assert story.client().get("/api/org/me").status_code == 401


def test_the_api_hands_out_a_one_time_password_to_the_security_administrator_only(story: Story) -> None:
    path = f"accounts/{story.person('writer').pk}/reset"
    assert call(story, "sysadmin", path).status_code == 403
    handed = call(story, "secadmin", path).json()
    assert User.objects.get(username="writer").check_password(handed["one_time_password"])
    assert call(story, "secadmin", f"accounts/{story.person('head').pk}/disable").status_code == 204
    assert call(story, "secadmin", f"accounts/{story.person('head').pk}/nonsense").status_code == 404
