"""Many rows of everything a list page shows, by bulk inserts: for counting queries and for measuring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from hengjian.apps.audit.chain import append
from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import (
    Attachment,
    Edition,
    EditionEntry,
    Fact,
    FaultCase,
    IntranetPost,
    Item,
    ItemUnit,
    ReviewStep,
    Revision,
)
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.models import Installation

STATES = ("received",) * 14 + ("filed", "in_review", "draft", "returned", "shelved", "received")
BATCH = 5000


def fill(
    installation: Installation,
    units: Sequence[Unit],
    person: Person,
    number: int,
    now: datetime,
    tag: str,
    busy: int = 400,
) -> None:
    """``number`` items of ``units`` in turn, back from ``now``, with what hangs on them. Only the newest ``busy`` are
    still on their way; everything older was received."""
    before = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _in_batches(Item, _items(installation, units, person, number, now, tag, busy))
    items = (
        Item.objects.filter(pk__gt=before)
        .only("pk", "title", "unit_id", "state", "created_at")
        .order_by("pk")
    )
    made = list(items)
    _in_batches(Revision, (_revision(item, person) for item in made))
    _in_batches(ItemUnit, (ItemUnit(item=i, unit_id=i.unit_id) for i in made[::10]))
    _in_batches(Fact, _facts(installation, made, person, tag))
    received = [item for item in made if item.state == "received"]
    revisions = dict(Revision.objects.filter(item_id__gt=before).values_list("item_id", "pk"))
    _in_batches(IntranetPost, (
        IntranetPost(item=i, revision_id=revisions[i.pk], posted_at=i.created_at, posted_by=person) for i in received[::3]
    ))  # fmt: skip
    _in_batches(FaultCase, (
        FaultCase(installation=installation, item=i, unit_id=i.unit_id, kind="inaccurate", happened_at=i.created_at,
                  description="与原件不符。", proposed_by=person, proposed_at=i.created_at,
                  state="proposed" if n < busy // 20 else "dismissed") for n, i in enumerate(received[::5])
    ))  # fmt: skip
    _in_batches(ReviewStep, (
        ReviewStep(item=i, round=1, position=1, clause="longkou/flows/general", key="department", label="部门审核",
                   role="dept_head", or_above=["supervising_leader", "president"], unit_id=i.unit_id, state="open",
                   opened_at=i.created_at, revision_id=revisions[i.pk]) for i in made if i.state == "in_review"
    ))  # fmt: skip
    _in_batches(Attachment, (
        Attachment(item=i, file="x.txt", name="附件.txt", media_type="text/plain", size=1, sha256="0" * 64,
                   added_by=person, added_at=i.created_at) for i in made[::20]
    ))  # fmt: skip
    _editions(installation, received, person, now, busy)
    _in_batches(OutgoingMail, (
        OutgoingMail(key=f"{tag}-{i.pk}", person=person, subject="催办", body="请查看。", created_at=i.created_at)
        for i in made[::4]
    ))  # fmt: skip
    for start in range(0, len(made) // 4, 1000):
        append([_entry(item, person) for item in made[start : min(start + 1000, len(made) // 4)]])


def _in_batches(model: type, rows: Iterator[object]) -> None:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch)


def _items(
    installation: Installation,
    units: Sequence[Unit],
    person: Person,
    number: int,
    now: datetime,
    tag: str,
    busy: int,
) -> Iterator[Item]:
    body = "第一段写明时间、地点和事实，办理案件一百二十件。\n" * 12
    for n in range(number):
        at, state = now - timedelta(minutes=7 * n), STATES[n % len(STATES)] if n < busy else "received"
        late = state not in ("draft",)
        yield Item(
            installation=installation, client_key=f"{tag}-{n}", title=f"{tag}第{n}号信息推进案件集约送达", body=body,
            category=("dynamic", "experience", "problem")[n % 3], outlet="general", grade="internal", state=state,
            unit=units[n % len(units)], created_by=person, created_at=at, changed_at=at, occurred_at=at,
            number=f"{tag}{n}"[:20] if late else "", filed_at=at if late else None,
            received_at=at if state in ("received", "shelved") else None,
        )  # fmt: skip


def _revision(item: Item, person: Person) -> Revision:
    return Revision(
        item=item, n=1, title=item.title, body="正文。", stage="submit", made_by=person, made_by_unit_id=item.unit_id,
        made_at=item.created_at,
    )  # fmt: skip


def _facts(installation: Installation, made: Sequence[Item], person: Person, tag: str) -> Iterator[Fact]:
    for n, item in enumerate(made):
        if item.state not in ("filed", "received", "shelved"):
            continue
        common = {"installation": installation, "item": item, "happened_at": item.created_at,
                  "recorded_at": item.created_at, "recorded_by": person}  # fmt: skip
        yield Fact(kind="submit", unit_id=item.unit_id, client_key=f"{tag}-s-{n}", **common)
        if n % 5 == 0:
            yield Fact(
                kind="adopt", value="city", publication="澜州信息", client_key=f"{tag}-a-{n}", **common
            )


def _editions(
    installation: Installation, received: Sequence[Item], person: Person, now: datetime, busy: int
) -> None:
    first = Edition.objects.count()
    _in_batches(Edition, (
        Edition(
            installation=installation, series="weekly", outlet="general", period=f"{2000 + n // 50}#{first + n}",
            year=2000 + n // 50, number=first + n + 1, title="法院信息", due_on=(now - timedelta(days=n)).date(),
            state="planned" if n % 4 == 0 and n < busy // 20 else "issued", issued_at=now - timedelta(days=n),
            issued_by=person,
        ) for n in range(max(2, len(received) // 20))
    ))  # fmt: skip
    editions = list(
        Edition.objects.filter(installation=installation).order_by("-pk")[: max(2, len(received) // 20)]
    )
    _in_batches(EditionEntry, (
        EditionEntry(edition=editions[n % len(editions)], item=item, position=n) for n, item in enumerate(received[::4])
    ))  # fmt: skip


def _entry(item: Item, person: Person) -> Entry:
    return Entry(
        at=item.created_at, actor_id=person.pk, actor_name=person.name, action="bulletins.item.create",
        object_type="bulletins.item", object_id=str(item.pk), object_label=item.title, unit_id=item.unit_id, payload="{}",
    )  # fmt: skip
