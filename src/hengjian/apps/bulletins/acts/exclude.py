"""The office says that an item does not count (leaders' routine and the like), with the reason the pack lists."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

VOCABULARY = "exclusion"


@act("bulletins.item.exclude", "标明不计入考评")
def exclude(actor: Actor, item: Item, *, reason: str, note: str = "", version: int | None = None) -> Item:
    """Neither quantity nor quality of the item counts, as the pack's clauses say; points follow by themselves."""
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, version)
    pack = pack_for(item.installation, actor.at)
    term = words.find(pack, VOCABULARY, reason)
    if term is None:
        listed = "、".join(t.label for t in words.terms(pack, VOCABULARY)) or "本制度没有不计入的规定"
        raise HengjianError(f"请从制度列出的理由里选：{listed}。")
    if not note.strip() and term.help:
        raise HengjianError(f"“{term.label}”须写明具体情况：{term.help}", article=term.article)
    before = item.exclusion
    item.exclusion, item.exclusion_note = reason, note.strip()[:200]
    put(item, actor.at, "exclusion", "exclusion_note")
    log(item, before=before, after=reason, note=item.exclusion_note, article=term.article)
    return item


@act("bulletins.item.include", "恢复计入考评")
def include(actor: Actor, item: Item, *, note: str, version: int | None = None) -> Item:
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, version)
    if not item.exclusion:
        raise HengjianError("这条信息本来就计入考评。")
    if not note.strip():
        raise HengjianError("请写明恢复计入的理由。")
    before, item.exclusion, item.exclusion_note = item.exclusion, "", ""
    put(item, actor.at, "exclusion", "exclusion_note")
    log(item, before=before, after="", note=note)
    return item
