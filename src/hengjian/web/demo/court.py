"""An invented court or bureau, made from its file in ``demo/``: units, people, posts, logins, the pack at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.web.demo.data import read

PASSWORD = "Qinglan-2026"  # noqa: S105  printed on the login page of the demo


@dataclass
class Court:
    """Who is who in an office, and actors at any moment (grants are loaded once)."""

    installation: Installation
    data: dict[str, Any]
    units: dict[str, Unit]
    people: dict[str, Person]
    users: dict[str, User]
    liaison: dict[str, str] = field(default_factory=dict)  # unit key → login
    head: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # login → 单位岗位
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, login: str, at: datetime) -> Actor:
        if login not in self._actors:
            self._actors[login] = actor_for(self.users[login], at)
        return replace(self._actors[login], at=at)

    def renew(self) -> None:
        """Somebody was given a seat, or lost one: what actors may do is loaded again."""
        self._actors.clear()

    @property
    def authors(self) -> list[str]:
        return list(self.liaison)


@act("demo.court.make", "建立演示单位")
def make_court(
    actor: Actor, *, since: date, name: str = "county_court", data: dict[str, Any] | None = None
) -> Court:
    """Create everything of ``demo/<name>.yaml`` (or of ``data``) in a few statements; the log says that it is a demo."""
    data = data or read(name)
    units = _units(data, since)
    court = Court(
        installation=Installation.objects.create(
            pack=data["pack"],
            unit=units[data["top"]],
            competent_unit=units[data["competent"]],
            in_force_from=since,
            evidence=data["evidence"],
            installed_at=actor.at,
        ),
        data=data,
        units=units,
        people={},
        users={},
    )
    _people(court, list(_everybody(data)), since)
    if data.get("author_class"):
        UnitClass.objects.bulk_create(
            UnitClass(unit=units[u["key"]], pack=data["pack"], key=data["author_class"], valid_from=since)
            for u in data["units"]
            if u.get("author")
        )
    UnitClass.objects.bulk_create(
        UnitClass(unit=units[u["key"]], pack=data["pack"], key=u["class"], valid_from=since)
        for u in data["units"]
        if u.get("class")
    )
    log(court.installation, label="演示单位", people=len(court.people))
    return court


def _units(data: dict[str, Any], since: date) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for position, row in enumerate(data["units"]):
        units[row["key"]] = Unit.objects.create(
            code=row.get("code") or f"{data['prefix']}-{row['key']}",
            name=row["name"],
            short_name=row.get("short", ""),
            kind=row["kind"],
            parent=units.get(row.get("parent", "")),
            position=position,
            valid_from=since,
        )
    return units


def _everybody(data: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The named people, then a 信息员 and a head for every author department that has none yet."""
    yield from data["people"]
    filled = {(p["role"], p["at"]) for p in data["people"]}
    names = {"liaison": iter(data["liaisons"]), "dept_head": iter(data["heads"])}
    titles = data["author_titles"]
    for unit in data["units"]:
        for role, title in titles.items():
            if (
                unit.get("author")
                and (role, unit["key"]) not in filled
                and role not in unit.get("vacant", ())
            ):
                yield {
                    "login": f"{data.get('login_prefix', '')}{unit['key']}-{'xxy' if role == 'liaison' else 'fzr'}",
                    "name": str(next(names[role])),
                    "unit": unit["key"],
                    "role": role,
                    "at": unit["key"],
                    "title": title,
                }


def _person(court: Court, row: dict[str, str], n: int, hashed: str) -> Person:
    login = row["login"]
    user = User.objects.create(username=login, password=hashed)
    person = Person.objects.create(
        user=user,
        name=row["name"],
        staff_no=f"{court.data['prefix']}{n:03}",
        unit=court.units[row["unit"]],
        email=f"{login}@example.invalid",
        phone=row.get("phone", ""),
    )
    court.users[login], court.people[login] = user, person
    return person


def _people(court: Court, rows: list[dict[str, str]], since: date) -> None:
    hashed = make_password(PASSWORD)
    posts: dict[tuple[str, str, str], Post] = {}
    for n, row in enumerate(rows, 1):
        login, unit = row["login"], court.units[row["at"]]
        again = court.people.get(login)
        person = again or _person(court, row, n, hashed)
        key = (row["role"], row["at"], row.get("post", ""))
        if key not in posts:
            subtree = ROLES[row["role"]].subtree
            posts[key] = Post.objects.create(
                unit=unit, role=row["role"], title=row["title"], subtree=subtree, valid_from=since
            )
        Appointment.objects.create(
            post=posts[key], person=person, seat=row.get("seat", "A"), valid_from=since
        )
        if again is None:
            court.titles[login] = f"{unit if unit.parent_id else ''}{row['title']}"
        if row.get("seat", "A") == "A" and row["role"] == "liaison":
            court.liaison[row["at"]] = login
        if row.get("seat", "A") == "A" and row["role"] == "dept_head":
            court.head[row["at"]] = login
