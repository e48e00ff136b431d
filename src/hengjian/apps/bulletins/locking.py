"""Two people, one item: the row is locked, the version compared, the later one told what happened meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from hengjian.apps.audit.acting import ACTIONS
from hengjian.apps.audit.models import Entry
from hengjian.apps.bulletins.models import Item
from hengjian.base.errors import HengjianError


class Stale(HengjianError):
    """Somebody changed the item after it was opened. ``current`` is what stands now."""

    code = "stale"

    def __init__(self, current: Item) -> None:
        self.current = current
        super().__init__(f"您打开之后，{_what_happened(current)}。请对照现在的内容核对，再决定是否继续。")


def take(item: Item, version: int | None) -> Item:
    """The item, locked for this transaction; Stale when ``version`` is no longer its version."""
    locked = Item.objects.select_for_update().get(pk=item.pk)
    if version is not None and locked.version != version:
        raise Stale(locked)
    return locked


def put(item: Item, at: datetime, *fields: str) -> None:
    """Save the fields of a taken item as its next version."""
    item.version += 1
    item.changed_at = at
    item.save(update_fields=[*fields, "version", "changed_at"])


def _what_happened(item: Item) -> str:
    entry = Entry.objects.filter(object_type="bulletins.item", object_id=str(item.pk), outcome="ok").first()
    if entry is None:
        return f"这条信息已经改动（现为“{item.get_state_display()}”）"
    when = timezone.localtime(entry.at)
    done = ACTIONS.get(entry.action, "办理")
    return f"{entry.actor_name}于{when:%m月%d日 %H:%M}已{done}（现为“{item.get_state_display()}”）"
