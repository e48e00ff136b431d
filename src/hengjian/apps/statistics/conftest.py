"""An invented province: the high court, one intermediate, three basic courts; two months of cases in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pytest
from django.test import Client

from hengjian.apps.cases import store
from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.apps.statistics.place import Place, place_of_dataset
from hengjian.apps.statistics.scope import Scene, scene_of
from hengjian.base.times import to_instant
from hengjian.casedata.store import Column, Store
from hengjian.policy import load_pack

SINCE = date(2020, 1, 1)
SHARED = "provincecases"
NOW = to_instant(datetime(2026, 3, 4, 9))
UNITS = {
    "high": ("鲁", "江岚省高级人民法院", "court", "", "high"),
    "middle": ("鲁99", "澜州市中级人民法院", "court", "high", "intermediate"),
    "basic": ("鲁9901", "清岚县人民法院", "court", "middle", "basic"),
    "other": ("鲁9902", "望溪县人民法院", "court", "middle", "basic"),
    "research": ("g1", "研究室", "department", "high", ""),
    "office": ("q1", "审管办", "department", "basic", ""),
}
PEOPLE = {
    "chief": ("温叙言", "high_statistics", "high"),
    "second": ("顾知远", "high_statistics", "high"),
    "city": ("沈汀兰", "statistics", "middle"),
    "county": ("陆清和", "statistics", "basic"),
    "neighbour": ("傅远山", "statistics", "other"),
    "president": ("秦守正", "president", "basic"),
    "deputy": ("季怀瑾", "supervising_leader", "basic"),
    "clerk": ("白露", "staff", "basic"),
}
Case = tuple[str, str, str, str, str | None]
CASES: list[Case] = [
    ("c1", "鲁9901", "民事", "2025-12-20", "2026-01-15"),
    ("c2", "鲁9901", "刑事", "2026-01-05", None),
    ("c3", "鲁9901", "民事", "2026-01-31", "2026-02-10"),
    ("c4", "鲁9902", "民事", "2026-01-08", "2026-01-30"),
    ("c5", "鲁99", "民事", "2026-01-09", None),
    ("c6", "鲁", "行政", "2026-02-02", None),
]


@dataclass
class Story:
    dataset: Dataset
    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        self.dataset.refresh_from_db()
        return place_of_dataset(self.dataset)

    def actor(self, key: str, at: datetime = NOW) -> Actor:
        return actor_for(self.users[key], at)

    def scene(self, key: str) -> Scene:
        return scene_of(self.actor(key))

    def client(self, key: str) -> Client:
        client = Client()
        client.force_login(self.users[key])
        return client

    def put(self, *cases: Case) -> int:
        """Write cases as the next version; its number."""
        if self.dataset.name == SHARED:
            raise AssertionError("ask for the fixture `changing`")
        number = _merge(store.lake(), self.dataset.name, cases)
        Dataset.objects.filter(pk=self.dataset.pk).update(version=number)
        self.dataset.refresh_from_db()
        return number


def _merge(lake: Store, table: str, cases: Sequence[Case]) -> int:
    names = ("case_id", "court", "case_kind", "accepted_on", "closed_on")
    columns = {name: pa.array([case[n] for case in cases], pa.string()) for n, name in enumerate(names)}
    columns["case_no"] = pa.array([f"（2026）{c[1]}民初{c[0][1:]}号" for c in cases], pa.string())
    at = datetime(2026, 3, 1)
    merged = lake.merge(table, pa.table(columns), key="case_id", at=at, author="a", message="m")
    return merged.version or lake.latest()


def _fill(lake: Store, table: str) -> int:
    items = load_pack("shandong").tables["case_items"]
    lake.create(table, [Column(row["key"], row["type"]) for row in items])
    return _merge(lake, table, CASES)


@pytest.fixture(scope="session")
def shared_lake(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """One store for all tests: opening one costs more than a test. Data folder and version of the shared table."""
    folder = tmp_path_factory.mktemp("statistics")
    return folder, _fill(Store.open(folder / "store"), SHARED)


@pytest.fixture
def story(db: None, settings: object, shared_lake: tuple[Path, int]) -> Story:
    """For reading; a test that writes cases takes ``changing``."""
    settings.DATA_DIR = shared_lake[0]  # type: ignore[attr-defined]
    units: dict[str, Unit] = {}
    for position, (key, (code, name, kind, parent, level)) in enumerate(UNITS.items()):
        units[key] = Unit.objects.create(
            code=code, name=name, kind=kind, parent=units.get(parent), valid_from=SINCE, position=position
        )
        if level:
            UnitClass.objects.create(unit=units[key], pack="shandong", key=level, valid_from=SINCE)
    installation = Installation.objects.create(
        pack="shandong",
        unit=units["high"],
        in_force_from=SINCE,
        installed_at=to_instant(datetime(2020, 1, 2)),
    )
    dataset = Dataset.objects.create(
        installation=installation, name=SHARED, title="案件", created_at=NOW, version=shared_lake[1]
    )
    found = Story(dataset, units)
    for number, (key, (name, role, unit)) in enumerate(PEOPLE.items()):
        user = found.users[key] = User.objects.create(username=key)
        person = Person.objects.create(name=name, staff_no=f"s{number}", unit=units[unit], user=user)
        post = Post.objects.create(
            unit=units[unit],
            role=role,
            title=ROLES[role].label,
            subtree=ROLES[role].subtree,
            valid_from=SINCE,
        )
        Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    return found


@pytest.fixture
def changing(story: Story) -> Story:
    """The same with a table of its own."""
    story.dataset.name = f"cases{uuid4().hex[:8]}"
    story.dataset.version = _fill(store.lake(), story.dataset.name)
    story.dataset.save()
    return story
