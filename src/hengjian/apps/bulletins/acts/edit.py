"""Change a draft or a returned item: the department's own hand."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.drafts import PLAIN, ItemDraft, check_importance, completed
from hengjian.apps.bulletins.joining import may_join
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item, ItemUnit, Scratch
from hengjian.apps.bulletins.naming import is_closed
from hengjian.apps.bulletins.states import Verb, check
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("bulletins.item.edit", "修改信息")
def edit(actor: Actor, item: Item, *, draft: ItemDraft, version: int | None = None) -> Item:
    """Replace the fields of a draft; the audit entry holds what changed, long texts by their length."""
    actor.require(Right.ITEM_WRITE, item.unit)
    item = take(item, version)
    check(item, Verb.EDIT)
    pack = pack_for(item.installation, actor.at)
    values = completed(draft, pack)
    check_importance(values, pack)
    before = {name: getattr(item, name) for name in PLAIN}
    partners = _partner_names(item)
    for name, value in values.items():
        setattr(item, name, value)
    set_partners(actor, item, draft.partners)
    put(item, actor.at, *PLAIN)
    Scratch.objects.filter(item=item, person=actor.person).delete()
    long = {"title", "body"} if is_closed(item) else {"body"}
    changed = {name: value for name, value in values.items() if value != before[name]}
    log(
        item,
        before={**_brief(before, changed, long), "partners": partners},
        after={**_brief(values, changed, long), "partners": _partner_names(item)},
    )
    return item


def set_partners(actor: Actor, item: Item, partners: Iterable[Unit]) -> None:
    """The other departments, in order; the item's own unit is no partner, the lead is one of all."""
    others = [unit for unit in dict.fromkeys(partners) if unit.pk != item.unit_id]
    if item.joint and not others:
        raise HengjianError("合作的信息请选择自己以外的合作部门（单位）。")
    if item.lead_unit_id and item.lead_unit_id not in {item.unit_id, *(u.pk for u in others)}:
        raise HengjianError("牵头的不在合作部门（单位）里，请重新选择；没有牵头的请选无牵头。")
    if others:
        _must_belong(actor, item, others)
    item.partners.all().delete()
    ItemUnit.objects.bulk_create(ItemUnit(item=item, unit=u, position=n) for n, u in enumerate(others))


def _must_belong(actor: Actor, item: Item, others: Iterable[Unit]) -> None:
    known = set(may_join(item.installation, to_local(actor.at).date(), item).values_list("pk", flat=True))
    if strange := [unit.name for unit in others if unit.pk not in known]:
        raise HengjianError(f"{'、'.join(strange)}不在本制度的报送单位里，请从列表中另选。")


def _partner_names(item: Item) -> list[str]:
    return [partner.unit.name for partner in item.partners.select_related("unit")]


def _brief(values: dict[str, object], changed: dict[str, object], long: set[str]) -> dict[str, object]:
    return {n: f"{len(str(values[n]))} 字" if n in long else values[n] for n in values if n in changed}
