"""What the department does: take the commission on or say why not, and name the item written for it."""

from __future__ import annotations

from django.urls import reverse

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.commissions.locking import put, take
from hengjian.apps.bulletins.models import Commission, CommissionItem, CommissionRefusal, Item
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

State = Commission.State


@act("bulletins.commission.answer", "答复约稿")
def answer(
    actor: Actor, commission: Commission, *, accepted: bool, reason: str = "", version: int | None = None
) -> Commission:
    """Accepting needs no words; declining needs a reason and goes back to the office."""
    row = take(commission, version)
    if row.unit is None or row.state != State.ASSIGNED:
        raise HengjianError(f"这件约稿现在是“{row.get_state_display()}”，不用答复。")
    actor.require(Right.REVIEW_UNIT if not accepted else Right.ITEM_FILE, row.unit)
    if not accepted and not reason.strip():
        raise HengjianError("不承办的请写明理由，局办公室据此另行分配。")
    row.state = State.ACCEPTED if accepted else State.DECLINED
    row.answered_at, row.answered_by, row.reason = actor.at, actor.person, reason.strip()[:300]
    put(row)
    if not accepted:
        CommissionRefusal.objects.create(
            commission=row, unit=row.unit, refused_at=actor.at, refused_by=actor.person, reason=row.reason
        )
        notify.tell(
            holders(["editor"], row.installation.unit, actor.at),
            f"commission:{row.pk}:{row.version}",
            f"约稿未承办：{row.title}",
            f"{row.unit}说明不承办：{row.reason}。请另行分配：{reverse('bulletins:commission', args=[row.pk])}",
            actor.at,
        )
    log(row, accepted=accepted, reason=reason, unit=row.unit_id)
    return row


@act("bulletins.commission.link", "登记约稿的稿件")
def link(actor: Actor, commission: Commission, item: Item) -> CommissionItem:
    """One commission may lead to several items; an item may answer several commissions."""
    row = take(commission, None)
    if row.unit is None or row.state != State.ACCEPTED:
        raise HengjianError(f"这件约稿现在是“{row.get_state_display()}”，承办以后才能登记稿件。")
    actor.require(Right.ITEM_WRITE, row.unit)
    partners = {item.unit_id, *item.partners.values_list("unit_id", flat=True)}
    if row.unit_id not in partners or item.installation_id != row.installation_id:
        raise HengjianError(f"《{item.title}》不是{row.unit}的信息，请从本部门的信息里选。")
    made, new = CommissionItem.objects.get_or_create(
        commission=row, item=item, defaults={"linked_at": actor.at, "linked_by": actor.person}
    )
    log(row, item=item.pk, title=item.title, repeated=not new, unit=row.unit_id)
    return made


@act("bulletins.commission.unlink", "撤下约稿的稿件")
def unlink(actor: Actor, commission: Commission, item: Item) -> None:
    row = take(commission, None)
    if row.unit is None:
        raise HengjianError("这件约稿还没有承办部门。")
    actor.require(Right.ITEM_WRITE, row.unit)
    gone, _ = CommissionItem.objects.filter(commission=row, item=item).delete()
    if not gone:
        raise HengjianError("这篇信息没有登记在这件约稿下。")
    log(row, item=item.pk, title=item.title, unit=row.unit_id)
