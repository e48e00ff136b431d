"""Items that wait for somebody: a signature, a receipt, a new version, a report before its limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

from hengjian.apps.bulletins import flows
from hengjian.apps.bulletins.clocks import clocks_of_many
from hengjian.apps.bulletins.models import Item, ReviewStep, StageReport
from hengjian.apps.bulletins.notify import name_for_mail
from hengjian.apps.bulletins.queries import open_steps, returned_items, to_receive
from hengjian.apps.duties.inbox import address
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.duties.sources import personal, source
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.clocks import ClockResult, State
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import EventDuty
from hengjian.policy.clauses.flow import Flow

RUNNING = (State.PENDING, State.MISSED)
UNFINISHED = (Item.State.DRAFT, Item.State.IN_REVIEW, Item.State.RETURNED)
FOLLOWED_FOR = timedelta(days=30)
ASIDE_AFTER = timedelta(days=7)
"""A draft without a clock that nobody touched for so long is asked about once more."""
ASIDE_MOST = 10
_LAST = datetime.max.replace(tzinfo=UTC)
"""An emergency is asked about for so long; then it must have been closed by hand."""

Clocks = dict[int, list[tuple[EventDuty, ClockResult]]]


@source
def items(look: Look) -> Iterator[DutyRow]:
    """All rows about items come from here, so that their clocks are computed once."""
    packs = {g.installation.pk: g.pack for g in look.governed}
    # the inbox has its own order, and none of the rows shows a text
    waiting = open_steps(look.actor).defer("item__body").order_by()
    steps = [s for s in waiting if s.item.installation_id in packs]
    unread = to_receive(look.actor).defer("body").order_by()
    filed = [i for i in unread if i.installation_id in packs]
    back = returned_items(look.actor).defer("body").order_by()
    returned = [i for i in back if i.installation_id in packs]
    own = [i for i in _own(look) if i.installation_id in packs]
    everything = {i.pk: i for i in [*(s.item for s in steps), *filed, *returned, *own]}
    clocks: Clocks = {}
    for pk, pack in packs.items():
        clocks |= _clocks(look, pack, [i for i in everything.values() if i.installation_id == pk])
    for step in steps:
        yield _review(look, packs[step.item.installation_id], step, clocks)
    for item in filed:
        yield _receive(look, packs[item.installation_id], item)
    for item in returned:
        yield _returned(look, packs[item.installation_id], item, clocks)
    signed = {step.item_id for step in steps if not step.key.startswith(flows.PRESENT)}
    for item in own:
        yield from _stages(look, packs[item.installation_id], item, clocks, signed=item.pk in signed)


def _clocks(look: Look, pack: Pack, items: list[Item]) -> Clocks:
    """The clocks every page shows, each with the duty that runs it."""
    found = clocks_of_many([item for item in items if item.occurred_at or item.planned_at], look.now, pack)
    duties = {clause.id: clause for clause in pack.clauses if isinstance(clause, EventDuty)}
    return {pk: [(duties[result.clause], result) for result in results] for pk, results in found.items()}


def _own(look: Look) -> Iterator[Item]:
    """Items of the own department whose clocks may still run."""
    units = [grant.unit_id for grant in look.actor.grants if Right.ITEM_WRITE in grant.rights]
    if not units:
        return
    timed = Q(occurred_at__isnull=False) | Q(planned_at__isnull=False)
    own = Item.objects.filter(timed, unit__in=units).select_related("unit").defer("body").order_by()
    followed = own.filter(lane=Item.Lane.EMERGENCY, occurred_at__gte=look.now - FOLLOWED_FOR)
    found = {item.pk: item for item in own.filter(state__in=UNFINISHED)}  # two questions, an index for each
    found |= {item.pk: item for item in followed.exclude(state=Item.State.CANCELLED)}
    yield from sorted(found.values(), key=lambda item: (item.occurred_at or _LAST, item.pk))


def _review(look: Look, pack: Pack, step: ReviewStep, clocks: Clocks) -> DutyRow:
    item = step.item
    clock = _most_urgent(clocks.get(item.pk, []))
    reading = step.key.startswith(flows.PRESENT)
    return look.row(
        key=f"step:{step.pk}:{step.opened_at:%m%d%H%M}" if step.opened_at else f"step:{step.pk}",
        kind="待阅" if reading else "待审",
        title=item.title,
        url=address("bulletins:item", item.pk),
        next_step="阅知" if reading else f"{step.label}：同意或退回",
        unit=str(item.unit),
        article=_article(pack, step.clause),
        clause=step.clause,
        emergency=item.lane == Item.Lane.EMERGENCY,
        mail_title=name_for_mail(item, pack),
        **_limit(clock),
    )


def _receive(look: Look, pack: Pack, item: Item) -> DutyRow:
    emergency = item.lane == Item.Lane.EMERGENCY
    flow = _flow(look, pack, item)
    return DutyRow(
        key=f"receive:{item.pk}:{item.filed_at:%m%d%H%M}" if item.filed_at else f"receive:{item.pk}",
        kind="待签收",
        title=item.title,
        url=address("bulletins:item", item.pk),
        next_step="签收或退回",
        unit=str(item.unit),
        article=flow.articles[0] if flow else "",
        clause=pack.full_id(flow) if flow else "",
        emergency=emergency,
        state=Urgency.SOON if emergency else Urgency.OPEN,
        remaining="请立即签收" if emergency else "",
        mail_title=name_for_mail(item, pack),
    )


def _flow(look: Look, pack: Pack, item: Item) -> Flow | None:
    """The review the item went through; what is laid before the office came by it."""
    try:
        return flows.flow_for(pack, item, look.today)
    except HengjianError:
        return None


def _returned(look: Look, pack: Pack, item: Item, clocks: Clocks) -> DutyRow:
    flow = _flow(look, pack, item)
    return look.row(
        key=f"returned:{item.pk}:{item.version}",
        kind="退回修改",
        title=item.title,
        url=address("bulletins:item", item.pk),
        next_step="按退回意见修改后重新送审",
        unit=str(item.unit),
        article=flow.articles[0] if flow else "",
        clause=pack.full_id(flow) if flow else "",
        mail_title=name_for_mail(item, pack),
        **_limit(_most_urgent(clocks.get(item.pk, []))),
    )


def _stages(look: Look, pack: Pack, item: Item, clocks: Clocks, *, signed: bool) -> Iterator[DutyRow]:
    """Each report still owed under a clock, and those of a running emergency for which the text names no limit.

    ``signed``: the same person has a step of it to sign; that row carries the nearest limit already.
    """
    carried = _most_urgent(clocks.get(item.pk, [])) if signed else None
    closed = any(r.stage == _last(duty) and r.happened_at for duty, r in clocks.get(item.pk, []))
    for duty, result in clocks.get(item.pk, []):
        open_ended = result.state is State.OPEN and item.lane == Item.Lane.EMERGENCY and not closed
        if result.state not in RUNNING and not open_ended:
            continue
        if item.state == Item.State.RETURNED and result.stage == next(iter(duty.stages)):
            continue  # the row of the returned item carries this limit
        if carried and carried[1] is result:
            continue
        yield look.row(
            key=f"clock:{item.pk}:{duty.id}:{result.stage}",
            kind="限时报告",
            title=f"{result.title}：{item.title}",
            url=address("bulletins:item", item.pk),
            next_step=f"{result.title}（{duty.title}）",
            unit=str(item.unit),
            article=result.article,
            clause=pack.full_id(duty),
            emergency=result.emergency,
            mail_title=f"{result.title}：{name_for_mail(item, pack)}",
            **_limit((duty, result)),
        )


def _last(duty: EventDuty) -> str:
    return list(duty.stages)[-1]


def _most_urgent(clocks: list[tuple[EventDuty, ClockResult]]) -> tuple[EventDuty, ClockResult] | None:
    running = [(r.due_at, d, r) for d, r in clocks if r.state in RUNNING and r.due_at is not None]
    if not running:
        return None
    _, duty, result = min(running, key=lambda each: each[0])
    return duty, result


def _limit(clock: tuple[EventDuty, ClockResult] | None) -> dict[str, Any]:
    if clock is None:
        return {}
    duty, result = clock
    return {
        "due": result.due_at,
        "inclusive": result.inclusive,
        "remind": duty.remind,
        "start_at": result.start,
        "note": result.note,
    }


def _article(pack: Pack, clause: str) -> str:
    try:
        return pack.clause(clause).articles[0]
    except HengjianError:
        return ""


@personal
def drafts_aside(look: Look) -> Iterator[DutyRow]:
    """Own drafts that lie untouched: to be sent for review or given up. Those with a clock have a row of their own."""
    if look.actor.person is None:
        return
    packs = {g.installation.pk: g.pack for g in look.governed}
    drafts = Item.objects.filter(
        created_by=look.actor.person, state=Item.State.DRAFT, occurred_at=None, planned_at=None
    )
    aside = drafts.filter(changed_at__lte=look.now - ASIDE_AFTER).select_related("unit")
    for item in aside.order_by("-changed_at", "-pk")[:ASIDE_MOST]:
        if item.installation_id not in packs:
            continue
        yield DutyRow(
            key=f"aside:{item.pk}:{item.version}",
            kind="搁置草稿",
            title=item.title,
            url=address("bulletins:item", item.pk),
            next_step="写完送审，或者撤回不报",
            unit=str(item.unit),
            mail_title=name_for_mail(item, packs[item.installation_id]),
        )


@source
def stage_reports(look: Look) -> Iterator[DutyRow]:
    """Reports of a running emergency that nobody has taken yet."""
    units = look.actor.units(Right.EMERGENCY_RECEIVE)
    if not units:
        return
    reports = StageReport.objects.filter(
        received_at=None, item__unit__in=units, item__lane=Item.Lane.EMERGENCY
    )
    packs = {g.installation.pk: g.pack for g in look.governed}
    for report in reports.exclude(item__state=Item.State.CANCELLED).select_related("item__unit"):
        pack = packs.get(report.item.installation_id)
        flow = _flow(look, pack, report.item) if pack else None
        yield DutyRow(
            key=f"stage:{report.pk}",
            kind="待签收",
            title=f"第{report.n}次报告：{report.item.title}",
            url=address("bulletins:item", report.item_id),
            next_step="签收",
            unit=str(report.item.unit),
            state=Urgency.SOON,
            article=flow.articles[0] if flow else "",
            clause=pack.full_id(flow) if pack and flow else "",
            remaining="请立即签收",
            emergency=True,
            mail_title=f"紧急信息 {report.item.number} 的后续报告",
        )
