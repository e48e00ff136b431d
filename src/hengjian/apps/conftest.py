"""The story every app test is set in: one invented county court, one person for each role, the longkou pack.

``story.actor("writer")`` acts, ``story.client("writer")`` clicks. Nobody outside 民一庭 may see its drafts:
``neighbour`` (刑庭) and ``outsider`` (another court) are there to prove it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from django.test import Client

from hengjian.apps.conftest_bureau import bureau as bureau
from hengjian.apps.conftest_province import province as province
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.apps.ui import counts
from hengjian.base.times import to_instant

SINCE = date(2020, 1, 1)

# key: (name, short name, kind, parent)
UNITS: dict[str, tuple[str, str, str, str | None]] = {
    "court": ("清岚县人民法院", "清岚法院", "court", None),
    "leaders": ("院领导", "", "group", "court"),
    "filing": ("立案庭", "", "department", "court"),
    "criminal": ("刑事审判庭", "刑庭", "department", "court"),
    "civil1": ("民事审判第一庭", "民一庭", "department", "court"),
    "civil2": ("民事审判第二庭", "民二庭", "department", "court"),
    "execution": ("执行局", "", "department", "court"),
    "management": ("审判管理办公室", "审管办", "department", "court"),
    "tribunal": ("柳河人民法庭", "柳河法庭", "tribunal", "court"),
    "other_court": ("望溪县人民法院", "望溪法院", "court", None),
}

# key: (name, own unit, role, unit of the post, title, seat)
PEOPLE: dict[str, tuple[str, str, str, str, str, str]] = {
    "staff": ("苏小满", "civil1", "staff", "civil1", "法官助理", "A"),
    "writer": ("林知微", "civil1", "liaison", "civil1", "信息员", "A"),
    "head": ("周以衡", "civil1", "dept_head", "civil1", "庭长", "A"),
    "deputy": ("陆行舟", "civil1", "dept_head", "civil1", "庭长", "B"),
    "leader": ("顾怀远", "leaders", "supervising_leader", "court", "分管副院长", "A"),
    "president": ("沈明鉴", "leaders", "president", "court", "院长", "A"),
    "party": ("贺守正", "leaders", "party_group", "court", "党组成员", "A"),
    "editor": ("江采薇", "management", "editor", "court", "信息编辑", "A"),
    "office_head": ("秦司南", "management", "office_head", "court", "审管办主任", "A"),
    "duty": ("方守夜", "leaders", "duty_officer", "court", "值班员", "A"),
    "neighbour": ("韩望北", "criminal", "liaison", "criminal", "信息员", "A"),
    "neighbour_head": ("石敬亭", "criminal", "dept_head", "criminal", "庭长", "A"),
    "outsider": ("白远客", "other_court", "liaison", "other_court", "信息员", "A"),
    "sysadmin": ("丁系统", "court", "system_admin", "court", "系统管理员", "A"),
    "secadmin": ("安保全", "court", "security_admin", "court", "安全管理员", "A"),
    "auditor": ("申计明", "court", "audit_admin", "court", "审计管理员", "A"),
    "disabled": ("旧同事", "civil1", "liaison", "civil1", "信息员", "A"),
}


@dataclass
class Story:
    """``at`` is a Wednesday morning; actors act then unless told otherwise. Clients act at the real time."""

    at: datetime
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    installation: Installation = field(init=False)
    _actors: dict[tuple[str, datetime], Actor] = field(default_factory=dict)

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def person(self, key: str) -> Person:
        return self.people[key]

    def actor(self, key: str, at: datetime | None = None) -> Actor:
        """The person as an actor at ``at``; a naive time is local. Grants are loaded once a person and time."""
        when = at or self.at
        when = when if when.tzinfo else to_instant(when)
        if (key, when) not in self._actors:
            self._actors[key, when] = actor_for(self.users[key], when)
        return self._actors[key, when]

    def client(self, key: str | None = None) -> Client:
        """A signed-in browser; without a key a stranger's."""
        client = Client()
        if key is not None:
            client.force_login(self.users[key])
        return client

    def installed(self, pack: str = "longkou") -> Installation:
        court = self.units["court"]
        return Installation.objects.create(
            pack=pack,
            unit=court,
            competent_unit=self.units["management"],
            in_force_from=SINCE,
            evidence="院党组会议纪要",
            installed_at=to_instant(datetime(2020, 1, 1)),
        )


@pytest.fixture(autouse=True)
def _no_numbers_of_others() -> None:
    """Numbers of the menu are kept by person; the next test's people bear the same keys."""
    counts.forget()


@pytest.fixture
def story(db: None) -> Story:
    """The whole court: units, people with posts and logins, the longkou installation."""
    return tell()


def tell() -> Story:
    counts.forget()  # also for stories told once a file
    story = Story(at=to_instant(datetime(2024, 6, 5, 10, 0)))
    _make_units(story)
    _make_people(story)
    story.installation = story.installed()
    return story


@pytest.fixture
def installation(story: Story) -> Installation:
    return story.installation


@pytest.fixture
def at(story: Story) -> datetime:
    return story.at


def _make_units(story: Story) -> None:
    for position, (key, (name, short, kind, parent)) in enumerate(UNITS.items()):
        unit = Unit(code=key, name=name, short_name=short, kind=kind, position=position, valid_from=SINCE)
        unit.parent = story.units[parent] if parent else None
        if parent is None:
            unit.save()
        story.units[key] = unit
    Unit.objects.bulk_create(u for u in story.units.values() if u.parent_id is not None)


def _make_people(story: Story) -> None:
    for key in PEOPLE:
        story.users[key] = User(username=key, password="!", is_active=key != "disabled")
    User.objects.bulk_create(story.users.values())
    for key, (name, unit, *_) in PEOPLE.items():
        story.people[key] = Person(
            name=name,
            staff_no=f"Q{len(story.people) + 1:03}",
            unit=story.units[unit],
            user=story.users[key],
            email=f"{key}@court.invalid",
        )
    Person.objects.bulk_create(story.people.values())
    posts: dict[tuple[str, str], Post] = {}
    for _, _, role, unit, title, _ in PEOPLE.values():
        posts.setdefault(
            (role, unit),
            Post(
                role=role,
                unit=story.units[unit],
                title=title,
                subtree=ROLES[role].subtree,
                valid_from=SINCE,
            ),
        )
    Post.objects.bulk_create(posts.values())
    Appointment.objects.bulk_create(
        Appointment(post=posts[role, unit], person=story.people[key], seat=seat, valid_from=SINCE)
        for key, (_, _, role, unit, _, seat) in PEOPLE.items()
    )
