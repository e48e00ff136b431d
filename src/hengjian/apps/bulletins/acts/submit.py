"""Hand an item over to review, or around it by a way out the regulation leaves open."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, flows, notify, rounds, words
from hengjian.apps.bulletins.checking import refuse_blocked
from hengjian.apps.bulletins.drafts import check_complete
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.people import holders
from hengjian.apps.bulletins.revisions import snapshot
from hengjian.apps.bulletins.states import Verb, check, move
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, WayOut
from hengjian.policy.roads import left_out

FIELDS = ("state", "number", "filed_at", "received_at", "approval_waived")


@act("bulletins.item.submit", "报送信息")
def submit(
    actor: Actor,
    item: Item,
    *,
    version: int | None = None,
    way_out: str = "",
    reason: str = "",
    checked: Iterable[str] = (),
) -> Item:
    """Draft or returned item → review, or straight to the office when the flow reports first or is waived.

    ``checked`` are the points of the writing checklist the author ticked; they are on record, not a condition.
    """
    actor.require(Right.ITEM_FILE, item.unit)
    item = take(item, version)
    check(item, Verb.SUBMIT)
    pack = pack_for(item.installation, actor.at)
    check_complete(item, pack)
    refuse_blocked(item, pack, actor.at)
    flow = flows.flow_for(pack, item, to_local(actor.at).date())
    way = _way(actor, item, flow, way_out, reason) if way_out else None
    before = item.state
    revision = snapshot(actor, item, "submit", unit=item.unit)
    item.approval_waived = reason.strip()[:200] if way else ""
    rounds.start(actor, item, pack, flow, revision, way, reason.strip())
    if flow.report_first or rounds.settled(item):
        filing.file(actor, item, pack, flow, revision)
        move(item, Verb.SUBMIT, Item.State.FILED)
    else:
        move(item, Verb.SUBMIT, Item.State.IN_REVIEW)
    if way is not None:
        tell_of_way_out(actor, item, pack, way, reason)
    put(item, actor.at, *FIELDS)
    log(
        item,
        before=before,
        after=item.state,
        number=item.number,
        flow=pack.full_id(flow),
        revision=revision.n,
        way_out=way_out,
        reason=reason,
        checked=sorted(checked),
    )
    return item


@act("bulletins.item.way_out", "按例外程序办理")
def take_way_out(actor: Actor, item: Item, *, way_out: str, reason: str, version: int | None = None) -> Item:
    """Skip, with a reason, the steps of a running review that the way out may skip."""
    item = take(item, version)
    check(item, Verb.WAY_OUT)
    pack = pack_for(item.installation, actor.at)
    flow = flows.flow_for(pack, item, to_local(actor.at).date())
    way = _way(actor, item, flow, way_out, reason)
    skipped = left_out(flow, way)
    for step in rounds.deciding(rounds.current(item)):
        if step.key in skipped and step.state in rounds.UNDECIDED:
            step.state, step.opinion = rounds.State.WAIVED, reason.strip()
            step.decided_at, step.decided_by = actor.at, actor.person
            step.decided_as = way.title
            step.save()
    item.approval_waived = reason.strip()[:200]
    if rounds.settled(item):
        filing.file(actor, item, pack, flow, rounds.current(item)[0].revision)
        move(item, Verb.WAY_OUT, Item.State.FILED)
    else:
        rounds.open_next(actor, item, pack)
        move(item, Verb.WAY_OUT, Item.State.IN_REVIEW)
    tell_of_way_out(actor, item, pack, way, reason)
    put(item, actor.at, *FIELDS)
    log(item, after=item.state, way_out=way_out, reason=reason)
    return item


def _way(actor: Actor, item: Item, flow: Flow, key: str, reason: str) -> WayOut:
    way = flows.way_out_of(flow, key)
    if not flows.may_take(actor, way, item.unit_id):
        raise Denied(f"“{way.title}”只能由规定的岗位提出，您的岗位不在其中。")
    if not reason.strip():
        raise HengjianError("按例外程序办理须写明理由。", article=flow.articles[0])
    return way


def tell_of_way_out(actor: Actor, item: Item, pack: Pack, way: WayOut, reason: str) -> None:
    """Those the clause names learn of it afterwards."""
    named = "、".join(words.label(pack, "role", role) for role in (*way.notify, *way.copy_to))
    if not named:
        return
    notify.tell(
        holders((*way.notify, *way.copy_to), item.unit, actor.at),
        f"way-out:{item.pk}:{item.version}",
        f"例外报送告知：{notify.name_for_mail(item, pack)}",
        f"{actor.name}按“{way.title}”办理了{item.unit}的信息，理由：{reason}。{notify.link(item)}",
        actor.at,
    )
