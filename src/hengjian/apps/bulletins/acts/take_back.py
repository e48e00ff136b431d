"""The department takes its item out of review, gives it up, or brings it back."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, rounds
from hengjian.apps.bulletins.acts.decide import FIELDS
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.states import WITH_THE_OFFICE, Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


@act("bulletins.item.withdraw", "收回修改")
def withdraw(actor: Actor, item: Item, *, version: int | None = None, reason: str = "") -> Item:
    """Out of review to change the text; the signatures given so far become void."""
    actor.require(Right.ITEM_FILE, item.unit)
    item = take(item, version)
    check(item, Verb.WITHDRAW)
    signed = [s.label for s in rounds.current(item) if s.state == rounds.State.APPROVED]
    item.steps.filter(round=rounds.current(item)[0].round).update(state=rounds.State.VOID)
    move(item, Verb.WITHDRAW, Item.State.DRAFT)
    put(item, actor.at, *FIELDS)
    log(item, after=item.state, void=signed, reason=reason)
    return item


@act("bulletins.item.cancel", "撤回不报")
def cancel(actor: Actor, item: Item, *, reason: str, version: int | None = None) -> Item:
    """Give the item up; a filed one leaves the count with a trace."""
    actor.require(Right.ITEM_FILE, item.unit)
    item = take(item, version)
    check(item, Verb.CANCEL)
    if not reason.strip():
        raise HengjianError("请写明撤回的理由。")
    before = item.state
    if before in WITH_THE_OFFICE:
        filing.take_back(actor, item, reason=reason, cause="decision")
        item.filed_at = None
    rounds.void_open(item)
    move(item, Verb.CANCEL, Item.State.CANCELLED)
    put(item, actor.at, *FIELDS)
    log(item, before=before, after=item.state, reason=reason)
    return item


@act("bulletins.item.restore", "恢复为草稿")
def restore(actor: Actor, item: Item, *, version: int | None = None) -> Item:
    """A cancelled item becomes a draft again; to count it must be filed again."""
    actor.require(Right.ITEM_FILE, item.unit)
    item = take(item, version)
    check(item, Verb.RESTORE)
    move(item, Verb.RESTORE, Item.State.DRAFT)
    put(item, actor.at, *FIELDS)
    log(item, after=item.state)
    return item
