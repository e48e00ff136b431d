"""Change type, subtype or importance of an item: audited, because deadline and points hang on it."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import flows, rounds, words
from hengjian.apps.bulletins.acts.decide import open_step
from hengjian.apps.bulletins.drafts import rank
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.revisions import latest
from hengjian.apps.bulletins.states import WITH_THE_OFFICE, Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack

FIELDS = ("category", "subtype", "importance", "outlet")


@act("bulletins.item.retype", "改类型")
def retype(
    actor: Actor,
    item: Item,
    *,
    category: str,
    reason: str,
    subtype: str = "",
    importance: str = "",
    outlet: str = "",
    version: int | None = None,
) -> Item:
    """The department (before filing), the reviewer or the office; importance only ever rises.

    Where the new importance asks for other signatures, those already given to this text are kept.
    """
    item = take(item, version)
    check(item, Verb.RETYPE)
    _require(actor, item)
    if not reason.strip():
        raise HengjianError("请写明改类型的理由。")
    pack = pack_for(item.installation, actor.at)
    before = {name: getattr(item, name) for name in FIELDS}
    _set(item, pack, category, subtype, importance, outlet)
    after = {name: getattr(item, name) for name in FIELDS}
    if before == after:
        raise HengjianError("类型没有改动，不必保存。")
    if before["importance"] != after["importance"]:
        _other_signatures(actor, item, pack)
    move(item, Verb.RETYPE, Item.State(item.state))
    put(item, actor.at, *FIELDS)
    log(item, before=before, after=after, reason=reason)
    return item


def _require(actor: Actor, item: Item) -> None:
    if item.state in WITH_THE_OFFICE:
        actor.require(Right.ITEM_EDIT, item.unit)
    elif item.state == Item.State.IN_REVIEW:
        open_step(actor, item)
    else:
        actor.require(Right.ITEM_WRITE, item.unit)


def _set(item: Item, pack: Pack, category: str, subtype: str, importance: str, outlet: str) -> None:
    words.require(pack, "category", category)
    if subtype and subtype not in {term.key for term in words.subtypes_of(pack, category)}:
        raise HengjianError("所选子类不属于这个类型，请重新选择子类。")
    if words.subtypes_of(pack, category) and not subtype:
        raise HengjianError("这个类型须选子类，子类决定适用哪一种时限。")
    wanted = max(
        importance or item.importance,
        item.importance,
        words.attr(pack, "category", category, "importance", "") or item.importance,
        key=lambda key: rank(pack, key),
    )
    if importance and rank(pack, importance) < rank(pack, wanted):
        raise HengjianError("重要程度可以提高，不可以降低。")
    if item.outlet == words.attr(pack, "category", item.category, "outlet", ""):
        item.outlet = words.attr(pack, "category", category, "outlet", "") or item.outlet
    if outlet:
        words.require(pack, "outlet", outlet)
        item.outlet = outlet
    item.category, item.subtype, item.importance = category, subtype, wanted


def _other_signatures(actor: Actor, item: Item, pack: Pack) -> None:
    revision = latest(item)
    if revision is None or item.state in (Item.State.DRAFT, Item.State.RETURNED):
        return
    flow = flows.flow_for(pack, item, to_local(actor.at).date())
    rounds.carry_over(actor, item, pack, flow, revision)
    if item.state == Item.State.FILED:
        rounds.append(actor, item, revision, flows.OFFICE, "签收", "editor", "office_head")
