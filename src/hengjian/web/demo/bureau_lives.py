"""The lives of the demo's bureau: an item through two reviewers and the office, and what became of it outside."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.desk.acts.outside import record_adoption
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Item
from hengjian.base.times import to_local
from hengjian.web.demo.bureau_texts import write
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.lives import World

CATEGORIES = ("dynamic",) * 60 + ("experience",) * 26 + ("problem",) * 10 + ("typical",) * 4
PUBLICATIONS = (
    ("county", "清岚县人民政府公众网"),
    ("county", "清岚政务信息"),
    ("city", "澜州司法行政简报"),
    ("city", "澜州日报"),
    ("province", "江岚司法行政网"),
)


def item_life(world: World, unit: str, begins: datetime) -> Life:
    """Draft, the two signatures (sometimes back once), the office's receipt, sometimes adopted outside."""
    random, court = world.random, world.court
    yield begins
    item = _draft(world, unit, begins)
    at = world.later(begins, 0.5, 8)
    yield at
    submit(court.actor(court.liaison[unit], at), item, checked=["truthful", "timely"])
    at = yield from _review(world, unit, item, at)
    at = world.later(at, 0.5, 20)
    yield at
    item.refresh_from_db()
    receive(court.actor("sf-bangong", at), item)
    if random.random() < 0.35:
        tier, publication = random.choices(PUBLICATIONS, (40, 20, 20, 12, 8))[0]
        at = world.later(at, 30, 200)
        yield at
        record_adoption(
            court.actor("sf-bangong", at), item, tier=tier, publication=publication, happened_at=at,
            client_key=world.key(),
        )  # fmt: skip


def _draft(world: World, unit: str, at: datetime) -> Item:
    random, court = world.random, world.court
    category = random.choice(CATEGORIES)
    local = to_local(at)
    day = f"{local.month}月{local.day}日"
    text = write(random, str(court.units[unit]), unit, category, day, world.used)
    subtype = {"dynamic": "implementation", "typical": "research"}.get(category, "")
    return create(
        court.actor(court.liaison[unit], at),
        installation=court.installation,
        unit=court.units[unit],
        draft=ItemDraft(title=text.title, body=text.body, category=category, subtype=subtype),
        client_key=world.key(),
    )


def _review(world: World, unit: str, item: Item, at: datetime) -> Stretch[datetime]:
    random, court = world.random, world.court
    at = world.later(at, 0.3, 8)
    yield at
    item.refresh_from_db()
    if random.random() < 0.08:
        send_back(court.actor(court.head[unit], at), item, opinion="请补充数据，写明下一步打算。")
        at = world.later(at, 1, 10)
        yield at
        item.refresh_from_db()
        submit(court.actor(court.liaison[unit], at), item)
        at = world.later(at, 0.3, 6)
        yield at
        item.refresh_from_db()
    approve(court.actor(court.head[unit], at), item, opinion="同意。")
    at = world.later(at, 0.3, 10)
    yield at
    item.refresh_from_db()
    approve(court.actor("sf-fenguan", at), item, opinion="同意报送。")
    return at
