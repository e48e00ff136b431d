"""A synthetic province year in a database of its own: 130 units of the classes, 81 reporting points, 60,000 items.

Everything is invented and drawn from one seed. Rows are written in bulk, as an import from another system would be.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hengjian.apps.bulletins.models import Delivery, Fact, Item
from hengjian.apps.org.models import Appointment, Person, Post, Unit, UnitClass, User
from hengjian.apps.org.roles import ROLES
from hengjian.apps.regs.models import Installation
from hengjian.base.times import to_instant

PACK, YEAR, ITEMS = "hubei", 2024, 60_000
CLASSES = {
    "A_city": 20,
    "B_direct": 6,
    "C_prison": 1,
    "C_rehab": 1,
    "D_office12": 50,
    "E_office6": 52,
    "F_point": 81,
}
CATEGORIES = ("dynamic",) * 70 + ("typical",) * 14 + ("difficulty",) * 12 + ("urgent",) * 4
TIERS = (
    ("website",) * 60 + ("work_brief",) * 25 + ("esi_bulletin",) * 10 + ("moj", "prov_gov", "prov_party") * 2
)
LEVELS = ("dept_leader",) * 8 + ("prov_gov_leader", "moj_leader")
SINCE = date(2020, 1, 1)


def make(seed: int = 7) -> Installation:
    """Fill an empty database; returns the installation."""
    random = Random(seed)
    house = Unit.objects.create(code="P", name="江岚省司法厅", kind="bureau", valid_from=SINCE)
    office = Unit.objects.create(
        code="P-o", name="厅办公室", kind="department", parent=house, position=1, valid_from=SINCE
    )
    units = _units(house)
    installation = Installation.objects.create(
        pack=PACK,
        unit=house,
        competent_unit=office,
        in_force_from=SINCE,
        installed_at=_at(datetime(2020, 1, 1)),
    )
    person = _editor(house, office)
    items = _items(random, installation, units)
    facts = _submissions(installation, items)
    _boxes(random, facts)
    _results(random, installation, items, person)
    return installation


def _units(house: Unit) -> list[Unit]:
    rows, kinds = [], []
    for key, count in CLASSES.items():
        for n in range(1, count + 1):
            name = f"{key}第{n}单位"
            rows.append(
                Unit(code=f"P-{key}-{n}", name=name, kind="bureau", position=len(rows) + 2, valid_from=SINCE)
            )
            kinds.append(key)
    for row in rows:
        row.parent = house
    made = Unit.objects.bulk_create(rows)
    UnitClass.objects.bulk_create(
        UnitClass(unit=u, pack=PACK, key=key, valid_from=SINCE) for u, key in zip(made, kinds, strict=True)
    )
    return made


def _editor(house: Unit, office: Unit) -> Person:
    user = User(username="bench")
    user.set_unusable_password()
    user.save()
    person = Person.objects.create(name="编辑", staff_no="B1", unit=office, user=user)
    post = Post.objects.create(
        role="editor", unit=house, title="编辑", subtree=ROLES["editor"].subtree, valid_from=SINCE
    )
    Appointment.objects.create(post=post, person=person, valid_from=SINCE)
    return person


def _items(random: Random, installation: Installation, units: list[Unit]) -> list[Item]:
    zeal = [random.lognormvariate(0, 0.9) for _ in units]
    authors = random.choices(units, zeal, k=ITEMS)
    rows: list[Item] = []
    for n, unit in enumerate(authors):
        at = _at(datetime(YEAR, 1, 1, 8) + timedelta(minutes=random.randrange(366 * 24 * 60 - 600)))
        rows.append(
            Item(
                installation=installation,
                number=f"{YEAR}-{n + 1:05}",
                client_key=f"b{n}",
                title=f"第{n + 1}号信息",
                body="一段正文。",
                category=random.choice(CATEGORIES),
                unit=unit,
                state="received",
                filed_at=at,
                received_at=at,
                created_at=at,
                changed_at=at,
                exclusion="attendance" if random.random() < 0.03 else "",
            )
        )
    return Item.objects.bulk_create(rows, batch_size=2000)


def _fact(installation: Installation, kind: str, item: Item, at: datetime, key: str, **more: Any) -> Fact:
    return Fact(
        installation=installation,
        kind=kind,
        item=item,
        happened_at=at,
        recorded_at=at,
        client_key=key,
        **more,
    )


def _submissions(installation: Installation, items: list[Item]) -> list[Fact]:
    rows = [
        _fact(
            installation,
            "submit",
            item,
            item.filed_at or item.created_at,
            f"s{item.pk}",
            unit_id=item.unit_id,
        )
        for item in items
    ]
    return Fact.objects.bulk_create(rows, batch_size=2000)


def _boxes(random: Random, facts: list[Fact]) -> None:
    rows = []
    for fact in facts:
        boxes = ("other",) if random.random() < 0.02 else ("mail_zhk", "mail_dbk")
        rows += [
            Delivery(item_id=fact.item_id, fact=fact, box=box, arrived_at=fact.happened_at, digest="0" * 64)
            for box in boxes
        ]
    Delivery.objects.bulk_create(rows, batch_size=2000)


def _results(random: Random, installation: Installation, items: list[Item], person: Person) -> None:
    rows = []
    for item in items:
        at = item.filed_at or item.created_at
        if random.random() < 0.32:
            later = min(at + timedelta(days=random.randint(1, 60)), _at(datetime(YEAR, 12, 31, 20)))
            rows.append(
                _fact(
                    installation,
                    "adopt",
                    item,
                    later,
                    f"a{item.pk}",
                    value=random.choice(TIERS),
                    recorded_by=person,
                )
            )
            if random.random() < 0.15:
                last = min(later + timedelta(days=random.randint(1, 90)), _at(datetime(YEAR, 12, 31, 21)))
                rows.append(
                    _fact(
                        installation,
                        "instruct",
                        item,
                        last,
                        f"i{item.pk}",
                        value=random.choice(LEVELS),
                        system="gov",
                        recorded_by=person,
                    )
                )
    Fact.objects.bulk_create(rows, batch_size=2000)


def _at(moment: datetime) -> datetime:
    return to_instant(moment)
