"""Begin an item."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins.acts.edit import set_partners
from hengjian.apps.bulletins.drafts import ItemDraft, check_importance, completed
from hengjian.apps.bulletins.models import Item, Scratch
from hengjian.apps.bulletins.once import known, once
from hengjian.apps.bulletins.people import name_author
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for


@act("bulletins.item.create", "起草信息")
def create(
    actor: Actor, *, installation: Installation, unit: Unit, draft: ItemDraft, client_key: str
) -> Item:
    """A draft of ``unit``; the same ``client_key`` again gives the item already there."""
    actor.require(Right.ITEM_WRITE, unit)
    if (earlier := known(Item.objects.all(), client_key, unit=unit)) is not None:
        log(earlier, repeated=True)
        return earlier
    pack = pack_for(installation, actor.at)
    values = completed(draft, pack)
    check_importance(values, pack)
    values |= {"installation": installation, "unit": unit, "created_by": actor.person}
    values |= {"created_at": actor.at, "changed_at": actor.at}
    item, new = once(Item.objects.all(), client_key, values, "unit")
    if not new:
        log(item, repeated=True)
        return item
    set_partners(actor, item, draft.partners)
    name_author(item, actor)
    Scratch.objects.filter(key=client_key, person=actor.person).delete()
    log(item, title=called(item), category=item.category, importance=item.importance)
    return item
