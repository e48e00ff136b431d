"""The invented court: units, people, posts, logins, the pack at work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from hengjian.apps.audit.acting import act, log
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.web.demo.data import read

PASSWORD = "Qinglan-2026"  # noqa: S105  printed on the login page of the demo
PACK = "longkou"


@dataclass
class Court:
    """Who is who, and actors at any moment (grants are loaded once)."""

    installation: Installation
    units: dict[str, Unit]
    people: dict[str, Person]
    users: dict[str, User]
    liaison: dict[str, str] = field(default_factory=dict)  # unit key → login
    head: dict[str, str] = field(default_factory=dict)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, login: str, at: datetime) -> Actor:
        if login not in self._actors:
            self._actors[login] = actor_for(self.users[login], at)
        return replace(self._actors[login], at=at)

    @property
    def authors(self) -> list[str]:
        return list(self.liaison)


@act("demo.court.make", "建立演示法院")
def make_court(actor: Actor, *, since: date) -> Court:
    """Create everything in a few statements; the log says that it is a demo."""
    data = read("county_court")
    units = _units(data["units"], since)
    court = Court(
        installation=Installation.objects.create(
            pack=PACK,
            unit=units["court"],
            competent_unit=units["management"],
            in_force_from=since,
            evidence="院党组会议纪要（演示）",
            installed_at=actor.at,
        ),
        units=units,
        people={},
        users={},
    )
    _people(court, list(_everybody(data)), since)
    UnitClass.objects.bulk_create(
        UnitClass(unit=units[u["key"]], pack=PACK, key="author_department", valid_from=since)
        for u in data["units"]
        if u.get("author")
    )
    log(court.installation, label="演示法院", people=len(court.people))
    return court


def _units(rows: list[dict[str, str]], since: date) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for position, row in enumerate(rows):
        units[row["key"]] = Unit.objects.create(
            code=f"QL-{row['key']}",
            name=row["name"],
            short_name=row.get("short", ""),
            kind=row["kind"],
            parent=units.get(row.get("parent", "")),
            position=position,
            valid_from=since,
        )
    return units


def _everybody(data: dict[str, list[dict[str, str]]]) -> Iterator[dict[str, str]]:
    """The named people, then a 信息员 and a head for every author department that has none yet."""
    yield from data["people"]
    filled = {(p["role"], p["at"]) for p in data["people"]}
    names = {"liaison": iter(data["liaisons"]), "dept_head": iter(data["heads"])}
    titles = {"liaison": "信息员", "dept_head": "负责人"}
    for unit in data["units"]:
        for role, title in titles.items():
            if unit.get("author") and (role, unit["key"]) not in filled:
                yield {
                    "login": f"{unit['key']}-{'xxy' if role == 'liaison' else 'fzr'}",
                    "name": str(next(names[role])),
                    "unit": unit["key"],
                    "role": role,
                    "at": unit["key"],
                    "title": title,
                }


def _people(court: Court, rows: list[dict[str, str]], since: date) -> None:
    hashed = make_password(PASSWORD)
    posts: dict[tuple[str, str], Post] = {}
    for n, row in enumerate(rows, 1):
        login, unit = row["login"], court.units[row["at"]]
        user = User.objects.create(username=login, password=hashed)
        person = Person.objects.create(
            user=user,
            name=row["name"],
            staff_no=f"QL{n:03}",
            unit=court.units[row["unit"]],
            email=f"{login}@example.invalid",
        )
        key = (row["role"], row["at"])
        if key not in posts:
            subtree = ROLES[row["role"]].subtree
            posts[key] = Post.objects.create(
                unit=unit, role=row["role"], title=row["title"], subtree=subtree, valid_from=since
            )
        Appointment.objects.create(
            post=posts[key], person=person, seat=row.get("seat", "A"), valid_from=since
        )
        court.users[login], court.people[login] = user, person
        if row.get("seat", "A") == "A" and row["role"] == "liaison":
            court.liaison[row["at"]] = login
        if row.get("seat", "A") == "A" and row["role"] == "dept_head":
            court.head[row["at"]] = login
