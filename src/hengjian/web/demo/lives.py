"""The lives of the demo: an item from draft to adoption and fault, a weekly edition, an emergency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve, send_back
from hengjian.apps.bulletins.acts.office import receive, return_item
from hengjian.apps.bulletins.acts.propose_late import propose_late
from hengjian.apps.bulletins.acts.shares import Share, set_shares
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.clocks import late_offers
from hengjian.apps.bulletins.desk.acts import edition as editions
from hengjian.apps.bulletins.desk.acts.fault import decide_fault, propose_fault
from hengjian.apps.bulletins.desk.acts.intranet import post_to_intranet
from hengjian.apps.bulletins.desk.acts.outside import record_adoption, record_instruction
from hengjian.apps.bulletins.desk.queries import candidates
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.flows import PRESENT
from hengjian.apps.bulletins.models import Edition, Item
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.court import Court
from hengjian.web.demo.texts import write

CATEGORIES = ("dynamic",) * 58 + ("experience",) * 20 + ("problem",) * 17 + ("major",) * 5
PUBLICATIONS = {"city": "澜州信息", "province": "江岚法院信息", "central": "人民法院信息摘编"}
LEADERS = {
    "county": ("party", "县委书记"),
    "prefecture": ("gov", "市政府分管副市长"),
    "province": ("court", "省法院院长"),
}


@dataclass
class World:
    court: Court
    random: Random
    used: set[str]
    until: datetime

    def key(self) -> str:
        return UUID(int=self.random.getrandbits(128)).hex

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Some working hours on: never at night."""
        moment = at + timedelta(hours=self.random.uniform(low, high))
        local = to_local(moment)
        if local.hour < 8 or local.hour >= 19:
            day = local.date() + timedelta(days=1 if local.hour >= 19 else 0)
            minutes = 500 + self.random.randint(0, 150)
            moment = to_instant(datetime.combine(day, time()) + timedelta(minutes=minutes))
        return moment


def item_life(world: World, unit: str, begins: datetime) -> Life:
    """Draft, submit, review (sometimes back), file, receive (sometimes back); then what becomes of it."""
    random, court = world.random, world.court
    yield begins
    item = _draft(world, unit, begins)
    if random.random() < 0.01:
        return  # drafts that were never handed in
    at = world.later(begins, 0.5, 5)
    yield at
    submit(
        court.actor(court.liaison[unit], at),
        item,
        checked=["topic", "clear"] if random.random() < 0.7 else [],
    )
    at = yield from _review(world, unit, item, at)
    item.refresh_from_db()
    if item.state != Item.State.FILED:
        return
    if random.random() < 0.05:
        at = world.later(at, 1, 6)
        yield at
        return_item(court.actor("bianji", at), item, reasons=[random.choice(["viewpoint", "logic", "wordy"])])
        at = world.later(at, 2, 20)
        yield at
        submit(court.actor(court.liaison[unit], at), item)
        at = yield from _review(world, unit, item, at)
    at = world.later(at, 0.5, 20)
    yield at
    item.refresh_from_db()
    receive(court.actor("bianji", at), item)
    at = yield from _shared(world, item, at)
    yield from _late(world, item, at)
    yield from _presented(world, item, at)
    if item.category != "major" and random.random() < 0.55:
        at = world.later(at, 1, 24)
        yield at
        item.refresh_from_db()
        post_to_intranet(court.actor("bianji", at), item)
    yield from _outside(world, item, at)


def waiting_life(world: World, unit: str, signatures: int) -> Life:
    """An important item of yesterday afternoon, so that the leaders' desks have something when the demo opens."""
    court, day = world.court, to_local(world.until).date() - timedelta(days=1)
    at = to_instant(datetime.combine(day, time(15, 10)))
    yield at
    item = _draft(world, unit, at, "major")
    at += timedelta(minutes=25)
    yield at
    submit(court.actor(court.liaison[unit], at), item, checked=["topic", "clear"])
    for login in (court.head[unit], "fenguan")[:signatures]:
        at += timedelta(minutes=40)
        yield at
        item.refresh_from_db()
        approve(court.actor(login, at), item, opinion="同意报送。")


def returned_life(world: World, unit: str) -> Life:
    """An item of yesterday that came back: the liaison's first work of the morning."""
    court, day = world.court, to_local(world.until).date() - timedelta(days=1)
    at = to_instant(datetime.combine(day, time(9, 40)))
    yield at
    item = _draft(world, unit, at, "experience")
    at += timedelta(minutes=30)
    yield at
    submit(court.actor(court.liaison[unit], at), item, checked=["topic"])
    at += timedelta(hours=2)
    yield at
    item.refresh_from_db()
    send_back(
        court.actor(court.head[unit], at),
        item,
        opinion="第二段的数据请与统计报表核对，成效再写具体一些。",
        reasons=["facts"],
    )


def _draft(world: World, unit: str, at: datetime, category: str = "") -> Item:
    random, court = world.random, world.court
    category = category or random.choice(CATEGORIES)
    local = to_local(at)
    text = write(random, unit, str(court.units[unit]), category, f"{local.month}月{local.day}日", world.used)
    joint = category != "major" and random.random() < 0.12
    others = random.sample([u for u in court.authors if u != unit], random.choice((1, 1, 2))) if joint else []
    occurred = at - timedelta(
        hours=random.choice((3, 8, 20, 26, 30, 60) if category == "dynamic" else (1, 2))
    )
    draft = ItemDraft(
        title=text.title,
        body=text.body,
        form="briefing" if random.random() < 0.06 else "info",
        category=category,
        subtype=random.choice(("influential_case", "novel_case")) if category == "major" else "",
        joint=joint,
        lead_unit=court.units[unit] if joint and random.random() < 0.7 else None,
        partners=tuple(court.units[u] for u in others),
        occurred_at=occurred if category in {"dynamic", "major"} else None,
    )
    return create(
        court.actor(court.liaison[unit], at),
        installation=court.installation,
        unit=court.units[unit],
        draft=draft,
        client_key=world.key(),
    )


def _review(world: World, unit: str, item: Item, at: datetime) -> Stretch[datetime]:
    """The department's head, and for important items a leader; returns the last moment through ``return``."""
    court = world.court
    at = yield from head_reads(world, unit, item, at, share=0.06, asks="请补充具体数据和做法。")
    approve(court.actor(court.head[unit], at), item)
    item.refresh_from_db()
    while item.state == Item.State.IN_REVIEW:
        at = world.later(at, 0.3, 5)
        yield at
        item.refresh_from_db()
        approve(court.actor("fenguan", at), item, opinion="同意报送。")
        item.refresh_from_db()
    return at


def head_reads(
    world: World, unit: str, item: Item, at: datetime, *, share: float, asks: str
) -> Stretch[datetime]:
    """The department's head sends back a ``share`` of what he reads, once; it comes again and can be signed."""
    court = world.court
    at = world.later(at, 0.3, 8)
    yield at
    item.refresh_from_db()
    if world.random.random() < share:
        send_back(court.actor(court.head[unit], at), item, opinion=asks)
        at = world.later(at, 1, 10)
        yield at
        item.refresh_from_db()
        submit(court.actor(court.liaison[unit], at), item)
        at = world.later(at, 0.3, 6)
        yield at
        item.refresh_from_db()
    return at


def _shared(world: World, item: Item, at: datetime) -> Stretch[datetime]:
    """Each department that wrote with another names its own author."""
    court = world.court
    units = {unit.pk: key for key, unit in court.units.items()}
    for partner in item.partners.exclude(unit=item.unit).select_related("unit"):
        at += timedelta(minutes=25)
        yield at
        clerk = court.actor(court.liaison[units[partner.unit_id]], at)
        assert clerk.person is not None
        set_shares(clerk, item, unit=partner.unit, shares=[Share(clerk.person, 1)])
    return at


def _presented(world: World, item: Item, at: datetime) -> Life:
    """What is laid before the president he reads within a day or two."""
    if not item.steps.filter(key__startswith=PRESENT, state="open").exists():
        return
    at = world.later(at, 4, 40)
    yield at
    item.refresh_from_db()
    approve(world.court.actor("yuanzhang", at), item)


def _late(world: World, item: Item, at: datetime) -> Life:
    """A limit the clocks say was missed is put before the desk by the editor, and decided by somebody else."""
    if item.category != "dynamic" or not item.filed_at or world.random.random() < 0.5:
        return
    court = world.court
    at = world.later(at, 2, 30)
    yield at
    offers = late_offers([item], at)
    if not offers:
        return
    case = propose_late(court.actor("bianji", at), item, reference=offers[0].reference)
    at = world.later(at, 20, 60)
    yield at
    confirmed = world.random.random() < 0.8
    decide_fault(
        court.actor("zhuren", at),
        case,
        confirmed=confirmed,
        reason="时限计算属实。" if confirmed else "系统停机期间，不计。",
    )


def _outside(world: World, item: Item, at: datetime) -> Life:
    """Some items are adopted higher up, fewer get an instruction, a few prove wrong after going up."""
    random, court = world.random, world.court
    good = {"problem": 0.3, "experience": 0.22, "major": 0.25}.get(item.category, 0.08)
    if random.random() > good:
        return
    tier = random.choices(list(PUBLICATIONS), (78, 19, 3))[0]
    at = world.later(at, 48, 300)
    yield at
    record_adoption(
        court.actor("bianji", at),
        item,
        tier=tier,
        publication=f"{PUBLICATIONS[tier]}第{random.randint(1, 60)}期",
        happened_at=at,
        client_key=world.key(),
    )
    if random.random() < 0.22:
        at = world.later(at, 24, 200)
        yield at
        level = random.choices(list(LEADERS), (70, 22, 8))[0]
        system, leader = LEADERS[level]
        record_instruction(
            court.actor("bianji", at), item, level=level, system=system, leader=leader, happened_at=at,
            note="请有关部门研究。", client_key=world.key(),
        )  # fmt: skip
    if random.random() < 0.1:
        at = world.later(at, 24, 100)
        yield at
        yield from _error(world, item, at)


def _error(world: World, item: Item, at: datetime) -> Life:
    court = world.court
    case = propose_fault(
        court.actor("bianji", at),
        item,
        unit=item.unit,
        kind="error",
        severity="minor",
        n=world.random.randint(1, 2),
        sent_up=True,
        description="报送上级的信息中案件数与附表不一致。",
        happened_at=at,
        revision=item.revisions.order_by("n").first(),
    )
    at = world.later(at, 20, 60)
    yield at
    decide_fault(court.actor("zhuren", at), case, confirmed=True, reason="核对原稿属实。")


def desk_life(world: World, begins: datetime) -> Life:
    """Every Monday the shells are planned; on Fridays the weekly, at the end of each half-month the other."""
    court, day = world.court, to_local(begins).date()
    day -= timedelta(days=day.weekday())
    while True:
        monday = to_instant(datetime.combine(day, time(8, 35)))
        yield monday
        editions.plan_editions(court.actor("bianji", monday), court.installation, day=day)
        friday = monday + timedelta(days=4, hours=7)
        yield friday
        for edition in Edition.objects.filter(
            installation=court.installation,
            state="planned",
            due_on__lte=to_local(friday).date() + timedelta(days=2),
        ):
            _issue(world, edition, friday)
        day += timedelta(days=7)


def _issue(world: World, edition: Edition, at: datetime) -> None:
    editor = world.court.actor("bianji", at)
    chosen = list(candidates(edition, at)[: world.random.randint(4, 7)])
    if not chosen:
        editions.skip(editor, edition, reason="本期没有合格稿件。")
        return
    for item in chosen:
        editions.put_item(editor, edition, item)
    edition.refresh_from_db()
    editions.issue(editor, edition, version=edition.version)
