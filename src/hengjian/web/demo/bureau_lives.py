"""The lives of the demo's bureau: an item through two reviewers and the office, and what became of it outside."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.approvals.models import Course
from hengjian.apps.approvals.running import current
from hengjian.apps.bulletins.acts.create import create
from hengjian.apps.bulletins.acts.decide import approve
from hengjian.apps.bulletins.acts.office import receive
from hengjian.apps.bulletins.acts.submit import submit
from hengjian.apps.bulletins.commissions.acts.department import answer, link
from hengjian.apps.bulletins.commissions.acts.office import assign, register
from hengjian.apps.bulletins.desk.acts.fault import decide_fault, propose_violation, reply_fault
from hengjian.apps.bulletins.desk.acts.outside import record_adoption
from hengjian.apps.bulletins.drafts import ItemDraft
from hengjian.apps.bulletins.models import Dispatch, Item
from hengjian.apps.bulletins.outward.acts.propose import propose
from hengjian.apps.bulletins.outward.acts.send import mark_sent
from hengjian.apps.duties.plans.acts.plan import change, draft
from hengjian.apps.duties.plans.acts.plan import submit as submit_plan
from hengjian.apps.duties.plans.numbers import tables_of
from hengjian.apps.points.acts import notices
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.times import to_instant, to_local
from hengjian.web.demo.bureau_texts import write
from hengjian.web.demo.clockwork import Life, Stretch
from hengjian.web.demo.data import read
from hengjian.web.demo.lives import World, head_reads

CATEGORIES = ("dynamic",) * 60 + ("experience",) * 26 + ("problem",) * 10 + ("typical",) * 4
PUBLICATIONS = (
    ("county", "county_portal", "清岚县人民政府公众网"),
    ("county", "internal_journal", "清岚政务信息"),
    ("city", "brief", "澜州司法行政简报"),
    ("city", "press", "澜州日报"),
    ("province", "party_site", "江岚司法行政网"),
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
    sent = random.random() < 0.5
    if sent:
        at = yield from _send_up(world, item, at)
    if sent and random.random() < 0.6:
        tier, carrier, publication = random.choices(PUBLICATIONS, (40, 20, 20, 12, 8))[0]
        at = world.later(at, 30, 200)
        yield at
        record_adoption(
            court.actor("sf-bangong", at), item, tier=tier, carrier=carrier, publication=publication, happened_at=at,
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
    court = world.court
    at = yield from head_reads(world, unit, item, at, share=0.08, asks="请补充数据，写明下一步打算。")
    approve(court.actor(court.head[unit], at), item, opinion="同意。")
    at = world.later(at, 0.3, 10)
    yield at
    item.refresh_from_db()
    approve(court.actor("sf-fenguan", at), item, opinion="同意报送。")
    return at


def _send_up(world: World, item: Item, at: datetime) -> Stretch[datetime]:
    """Chosen by the office, signed by the head of the bureau, sent to the city bureau."""
    court = world.court
    at = world.later(at, 0.5, 20)
    yield at
    item.refresh_from_db()
    dispatch = propose(
        court.actor("sf-bangong", at),
        item,
        recipient="澜州市司法局办公室",
        audience=["city_bureau"],
        client_key=world.key(),
    )
    at = world.later(at, 0.5, 20)
    yield at
    agree(court.actor("sf-juzhang", at), _course(dispatch), opinion="同意上报。")
    at = world.later(at, 0.2, 6)
    yield at
    mark_sent(court.actor("sf-bangong", at), dispatch, sent_at=at)
    return at


def direct_life(world: World, unit: str, begins: datetime) -> Life:
    """A superior office asks a department directly; the vice agrees, the office keeps its copy."""
    random, court = world.random, world.court
    yield begins
    item = _draft(world, unit, begins)
    at = world.later(begins, 0.5, 2)
    yield at
    submit(court.actor(court.liaison[unit], at), item)
    at = yield from _review(world, unit, item, at)
    item.refresh_from_db()
    at += timedelta(minutes=random.randint(5, 30))
    yield at
    reason = "澜州市司法局业务处室电话要求当日直接报送。"
    dispatch = propose(
        court.actor(court.head[unit], at), item, recipient="澜州市司法局社区矫正处", way_out="direct", reason=reason,
        client_key=world.key(),
    )  # fmt: skip
    at += timedelta(minutes=random.randint(10, 40))
    yield at
    agree(court.actor("sf-fenguan", at), _course(dispatch), opinion="同意直接报送。")
    at += timedelta(minutes=10)
    yield at
    mark_sent(court.actor(court.head[unit], at), dispatch, sent_at=at, note="内网邮件")


def _course(dispatch: Dispatch) -> Course:
    course = current(dispatch)
    if course is None:
        raise RuntimeError(f"{dispatch} has no course")
    return course


def plan_life(world: World, year: int, begins: datetime) -> Life:
    """The office drafts the year's plan from the annex, the head of the bureau approves it."""
    court = world.court
    yield begins
    office = court.actor("sf-bangong", begins)
    table = tables_of(pack_for(court.installation, begins))[0]
    plan = draft(office, court.installation, table=table, year=year)
    numbers = {
        court.units[key].pk: _task(key) for key in [u["key"] for u in court.data["units"] if u.get("author")]
    }
    plan = change(office, plan, numbers=numbers, version=plan.version)
    submit_plan(office, plan, version=plan.version)
    at = world.later(begins, 2, 8)
    yield at
    course = current(plan)
    if course is not None:
        agree(court.actor("sf-juzhang", at), course, opinion="同意，印发执行。")


def _task(key: str) -> dict[str, int | None]:
    few = {"rule": 2, "resettle": 1, "finance": 1, "notary": 1, "publiclaw": 1}
    return {"minimum": few.get(key, 4), "quarterly": None if key in few else 1}


def commission_life(world: World, unit: str, begins: datetime, *, days: int, outcome: str) -> Life:
    """``outcome``: done, declined (and left with the office) or open (accepted, not written yet)."""
    court = world.court
    yield begins
    office = court.actor("sf-bangong", begins)
    topic = read("bureau_topics")["commissions"][unit]
    row = register(
        office, installation=court.installation, source="澜州市司法局办公室", title=topic["title"], brief=topic["brief"],
        category="experience", asked_at=begins, due_at=begins + timedelta(days=days), client_key=world.key(),
    )  # fmt: skip
    assign(office, row, unit=court.units[unit])
    at = world.later(begins, 1, 8)
    yield at
    row.refresh_from_db()
    accepted = outcome != "declined"
    answer(
        court.actor(court.head[unit], at),
        row,
        accepted=accepted,
        reason="" if accepted else "近期集中开展换证，建议另行安排。",
    )
    if outcome != "done":
        return
    at = world.later(at, 5, 40)
    yield at
    item = _draft(world, unit, at)
    link(court.actor(court.liaison[unit], at), row, item)
    submit(court.actor(court.liaison[unit], at), item)
    at = yield from _review(world, unit, item, at)
    at = world.later(at, 0.5, 10)
    yield at
    item.refresh_from_db()
    receive(court.actor("sf-bangong", at), item)


def notices_life(world: World, year: int) -> Life:
    """After each quarter the notice of submissions, signed by two and published."""
    court = world.court
    for quarter in range(1, 5):
        period = Period.parse(f"{year}Q{quarter}")
        at = to_instant(datetime.combine(period.end + timedelta(days=5), time(7, 30)))
        yield at
        editor = court.actor("sf-bangong", at)
        notice = notices.prepare(editor, court.installation, clause="notices/submissions", period=str(period))
        notice = notices.submit(editor, notice, version=notice.version)
        for who in ("sf-fenguan", "sf-juzhang"):
            at += timedelta(minutes=10)
            yield at
            notice = notices.approve(court.actor(who, at), notice, version=notice.version, opinion="同意。")
        at += timedelta(minutes=5)
        yield at
        notices.publish(court.actor("sf-bangong", at), notice, version=notice.version, prefix="清司通")


def silence_life(world: World, unit: str, begins: datetime) -> Life:
    """The office finds a department silent; it answers, the head of the bureau decides; one case is left open."""
    court = world.court
    yield begins
    office = court.actor("sf-bangong", begins)
    case = propose_violation(
        office, court.installation, unit=court.units[unit], kind="unfinished", happened_at=begins,
        description="全年任务进度落后，已两次提醒，仍没有报送计划。",
    )  # fmt: skip
    at = world.later(begins, 4, 30)
    yield at
    reply_fault(court.actor(court.head[unit], at), case, text="前期集中办理专项工作，已安排专人，本月补报。")
    at = world.later(at, 10, 60)
    yield at
    decide_fault(
        court.actor("sf-juzhang", at), case, confirmed=True, reason="情况属实，念及已有补报安排，予以提醒。"
    )


def planned_life(world: World, unit: str, begins: datetime) -> Life:
    """Announced before the event; the result is still owed."""
    court = world.court
    yield begins
    topic = read("bureau_topics")["planned"]
    body = write(world.random, str(court.units[unit]), unit, "dynamic", "下周", world.used).body
    item = create(
        court.actor(court.liaison[unit], begins), installation=court.installation, unit=court.units[unit],
        draft=ItemDraft(
            title=topic, body=body, category="dynamic", subtype="planned", importance="important",
            planned_at=begins + timedelta(days=4),
        ),
        client_key=world.key(),
    )  # fmt: skip
    at = world.later(begins, 0.5, 3)
    yield at
    submit(court.actor(court.liaison[unit], at), item)
    yield from _review(world, unit, item, at)
