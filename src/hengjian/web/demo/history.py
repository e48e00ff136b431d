"""A year of many units in one act: what an office takes over from its old books when it begins, said so in the log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.boxes import prescribed
from hengjian.apps.bulletins.models import Authorship, Counter, Delivery, Fact, Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.court import Court

CATEGORIES = ("dynamic",) * 74 + ("typical",) * 13 + ("difficulty",) * 12 + ("urgent",) * 1
TIERS = (
    ("website",) * 50
    + ("work_brief",) * 24
    + ("daily_stability",) * 8
    + ("esi_bulletin",) * 12
    + ("moj", "prov_gov", "prov_party")
)
LEVELS = ("dept_leader",) * 9 + ("prov_gov_leader", "moj_leader")
SYSTEMS = {"dept_leader": "justice", "prov_gov_leader": "gov", "moj_leader": "justice"}


@dataclass(frozen=True)
class Written:
    """What the old book says of one item."""

    unit: Unit
    category: str
    at: datetime
    excluded: bool
    other_way: bool


@act("demo.history.take_over", "演示：从旧台账整批导入")
def take_over(actor: Actor, court: Court, random: Random, first: date, last: date) -> int:
    """Items, submissions, receipts, adoptions and instructions of ``first`` … ``last``; one entry in the log for all."""
    book = [row for unit in _evaluated(court) for row in _book(random, unit, first, last)]
    book.sort(key=lambda row: row.at)
    items = _items(actor, court, random, book)
    facts = _submissions(court, items)
    copies = _copies(actor, items, facts, book)
    results = _results(court, random, items, last)
    _authors(court, items)
    log(
        court.installation,
        items=len(items),
        submissions=len(facts),
        copies=copies,
        results=results,
        until=last,
    )
    return len(items)


def _evaluated(court: Court) -> list[tuple[Unit, int, Person | None]]:
    """Each unit with about how many items it writes a quarter, and who writes there."""
    people = {court.people[login].unit_id: court.people[login] for key, login in court.liaison.items() if key}
    quota = {
        "A_city": 24,
        "B_direct": 18,
        "C_prison": 24,
        "C_rehab": 20,
        "D_office12": 12,
        "E_office6": 6,
        "F_point": 12,
    }
    rows = [row for row in court.data["units"] if row.get("class") in quota]
    return [
        (court.units[row["key"]], quota[row["class"]], people.get(court.units[row["key"]].pk)) for row in rows
    ]


def _book(random: Random, unit: tuple[Unit, int, Person | None], first: date, last: date) -> list[Written]:
    """Most units reach their number, some by one item, some fall a little short."""
    rows, day = [], first
    while day < last:
        end = min(day + timedelta(days=91), last)
        share = (end - day).days / 91
        count = round(unit[1] * share) + random.choice((-3, -1, 0, 0, 1, 1, 2, 4))
        for _ in range(max(count, 1)):
            on = day + timedelta(days=random.randrange(max((end - day).days, 1)))
            at = to_instant(datetime.combine(on, time(8)) + timedelta(minutes=random.randint(20, 560)))
            rows.append(
                Written(
                    unit[0], random.choice(CATEGORIES), at, random.random() < 0.03, random.random() < 0.02
                )
            )
        day = end
    return rows


def _items(actor: Actor, court: Court, random: Random, book: list[Written]) -> list[Item]:
    data: dict[str, Any] = court.data
    numbers: dict[int, int] = {}
    rows = []
    for n, row in enumerate(book):
        year = to_local(row.at).year
        numbers[year] = numbers.get(year, 0) + 1
        words = {
            "unit": str(row.unit), "what": random.choice(data["topics"]), "n": random.randint(3, 30),
            "cases": random.randint(40, 900), "days": random.randint(1, 9),
        }  # fmt: skip
        rows.append(
            Item(
                installation=court.installation,
                client_key=f"t-history-{n}",
                number=f"{year}-{numbers[year]:04}",
                title=random.choice(data["titles"][row.category]).format(**words)[:200],
                body=data["body"].format(**words).strip(),
                category=row.category,
                importance="emergency" if row.category == "urgent" else "general",
                unit=row.unit,
                grade="sensitive" if row.category == "urgent" else "public",
                state=Item.State.RECEIVED,
                created_at=row.at,
                changed_at=row.at,
                filed_at=row.at,
                received_at=row.at,
                exclusion="attendance" if row.excluded else "",
            )
        )
    for year, last in numbers.items():
        Counter.objects.update_or_create(
            installation=court.installation, series="item", year=year, defaults={"last": last}
        )
    return Item.objects.bulk_create(rows, batch_size=1000)


def _fact(court: Court, kind: str, item: Item, at: datetime, **more: Any) -> Fact:
    key = f"t-history-{kind}-{item.client_key}"
    return Fact(
        installation=court.installation, kind=kind, item=item, happened_at=at, recorded_at=at, client_key=key,
        recorded_by=court.people["t-bianji"], **more,
    )  # fmt: skip


def _submissions(court: Court, items: list[Item]) -> list[Fact]:
    rows = [_fact(court, "submit", item, item.created_at, unit_id=item.unit_id) for item in items]
    return Fact.objects.bulk_create(rows, batch_size=1000)


def _copies(actor: Actor, items: list[Item], facts: list[Fact], book: list[Written]) -> int:
    pack = pack_for(items[0].installation, actor.at)
    rows = []
    for item, fact, written in zip(items, facts, book, strict=True):
        mark = hashlib.sha256(f"{item.number}\n{item.title}\n{item.body}".encode()).hexdigest()
        boxes = ("other",) if written.other_way else tuple(term.key for term in prescribed(pack, item))
        rows += [
            Delivery(
                item=item, fact=fact, box=box, arrived_at=fact.happened_at, digest=mark, means="recorded",
                signed_at=fact.happened_at + timedelta(hours=2),
            )
            for box in boxes
        ]  # fmt: skip
    Delivery.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _results(court: Court, random: Random, items: list[Item], last: date) -> int:
    """A fourth is adopted, some of it later instructed upon; nothing happens after the last day of the book."""
    end = to_instant(datetime.combine(last, time(7)))
    rows = []
    for item in items:
        if item.exclusion or random.random() > 0.26:
            continue
        at = item.created_at + timedelta(days=random.randint(1, 30), hours=random.randint(0, 6))
        if at >= end:
            continue
        tier = random.choice(TIERS)
        rows.append(_fact(court, "adopt", item, at, value=tier, publication=""))
        later = at + timedelta(days=random.randint(2, 60))
        if random.random() < 0.16 and later < end:
            level = random.choice(LEVELS)
            rows.append(
                _fact(
                    court,
                    "instruct",
                    item,
                    later,
                    value=level,
                    system=SYSTEMS[level],
                    publication="（职务从旧台账）",
                )
            )
    Fact.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _authors(court: Court, items: list[Item]) -> None:
    """Where the book of a unit with a 信息员 names nobody else, the 信息员 wrote."""
    writers = {court.units[key].pk: court.people[login] for key, login in court.liaison.items()}
    Authorship.objects.bulk_create(
        Authorship(
            item=item, unit_id=item.unit_id, person=writers[item.unit_id], confirmed_at=item.created_at
        )
        for item in items
        if item.unit_id in writers
    )
