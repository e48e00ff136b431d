"""The item has left the house."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify, words
from hengjian.apps.bulletins.facts import record_fact
from hengjian.apps.bulletins.models import Dispatch, Item
from hengjian.apps.bulletins.outward.naming import name
from hengjian.apps.bulletins.outward.rules import flow_of
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError

SELECTED = "select"
WITH_THE_OFFICE = (Item.State.FILED, Item.State.RECEIVED, Item.State.SHELVED)


@act("bulletins.dispatch.send", "登记已报出")
def mark_sent(
    actor: Actor, dispatch: Dispatch, *, sent_at: datetime, note: str = "", version: int | None = None
) -> Dispatch:
    """Only after agreement. What went directly must lie with the office too, so that nothing is missing there."""
    row = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    pack = pack_for(row.installation, actor.at)
    if row.way_out:
        actor.require(Right.ITEM_FILE, row.unit)
    else:
        actor.require(Right.ITEM_EDIT, row.installation.unit_id)
    if version is not None and row.version != version:
        raise HengjianError(
            f"这次报送在您打开之后已有变动（现为“{row.get_state_display()}”），请刷新页面核对。"
        )
    if row.state != Dispatch.State.APPROVED:
        raise HengjianError(f"这次报送现在是“{row.get_state_display()}”，审核同意以后才能报出。")
    if sent_at > actor.at:
        raise HengjianError("报出时间晚于现在，请核对。")
    if row.item.state not in WITH_THE_OFFICE:
        raise HengjianError("这条信息还没有报到主管部门，台账没有留存；请先办完部门的审核。")
    row.state, row.sent_at, row.sent_by, row.note = (
        Dispatch.State.SENT,
        sent_at,
        actor.person,
        note.strip()[:200],
    )
    if not row.way_out and words.find(pack, "event", SELECTED) is not None:
        row.fact = record_fact(
            actor,
            installation=row.installation,
            kind=SELECTED,
            item=row.item,
            unit=row.item.unit,
            publication=row.recipient,
            happened_at=sent_at,
            client_key=f"dispatch-{row.pk}",
        )
    row.version += 1
    row.save()
    if row.way_out:
        _copy(actor, row)
    log(row, label=name(row), sent_at=sent_at, note=note)
    return row


def _copy(actor: Actor, row: Dispatch) -> None:
    """Those the exception names learn that something went out past them."""
    pack = pack_for(row.installation, actor.at)
    ways = [way for way in flow_of(pack, actor.at).exceptions if way.key == row.way_out]
    roles = [role for way in ways for role in (*way.copy_to, *way.notify)]
    notify.tell(
        holders(roles, row.item.unit, actor.at),
        f"dispatch:{row.pk}",
        f"直接报送留存：{notify.name_for_mail(row.item, pack)}",
        f"{row.unit}已把这条信息直接报{row.recipient}，台账已留一份。{notify.link(row.item)}",
        actor.at,
    )
