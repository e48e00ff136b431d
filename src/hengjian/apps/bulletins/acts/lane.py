"""The office closes a misuse of the emergency lane: back to the department, ordinary review."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, rounds, words
from hengjian.apps.bulletins.acts.decide import FIELDS, tell_department
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.states import Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("bulletins.emergency.leave_lane", "转回一般流程")
def leave_lane(actor: Actor, item: Item, *, reason: str, version: int | None = None) -> Item:
    """What was no emergency is reviewed like anything else; the reports made stay on record."""
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, version)
    check(item, Verb.RETURN)
    if item.lane != Item.Lane.EMERGENCY:
        raise HengjianError("这条信息走的就是一般流程。")
    if not reason.strip():
        raise HengjianError("请写明转回一般流程的理由。")
    pack = pack_for(item.installation, actor.at)
    filing.take_back(actor, item, reason=reason, cause="returned")
    rounds.void_open(item)
    item.lane = Item.Lane.NORMAL
    item.importance = words.attr(pack, "category", item.category, "importance", item.importance)
    move(item, Verb.RETURN, Item.State.RETURNED)
    tell_department(actor, item, pack, reason, [])
    put(item, actor.at, *FIELDS, "lane", "importance")
    log(item, after=item.state, lane=item.lane, reason=reason)
    return item
