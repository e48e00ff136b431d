"""Copies in the boxes: signed for by the office that reads the box, sent on where one is missing."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import boxes, words
from hengjian.apps.bulletins.models import Box, Delivery, Fact, Item
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("bulletins.box.set", "登记收稿邮箱")
def set_box(
    actor: Actor, installation: Installation, *, key: str, unit: Unit, address: str = "", phone: str = ""
) -> Box:
    """Which office reads a prescribed box, and how it is reached; the pack names the box, never its address."""
    actor.require(Right.REGISTER_MANAGE, installation.unit_id)
    pack_for(installation, actor.at).term(boxes.VOCABULARY, key)
    box, _ = Box.objects.update_or_create(
        installation=installation, key=key, defaults={"unit": unit, "address": address, "phone": phone}
    )
    log(box, office=str(unit), address=address, phone=phone)
    return box


@act("bulletins.delivery.sign", "签收送达的信息")
def sign(actor: Actor, delivery: Delivery) -> Delivery:
    """Who reads the box signs for its copy; signing twice changes nothing."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    may_sign(actor, row)
    if row.arrived_at is None:
        raise HengjianError("这一份还没有送到，不能签收；请先补发。")
    if row.signed_at is not None:
        log(row, repeated=True)
        return row
    row.signed_at, row.signed_by = actor.at, actor.person
    row.save(update_fields=["signed_at", "signed_by"])
    log(row, label=f"{row.box} 签收 {row.item.number}", box=row.box)
    return row


@act("bulletins.delivery.send_on", "补发或者登记送达")
def send_on(
    actor: Actor, item: Item, *, box: str, arrived_at: datetime | None = None, note: str = ""
) -> Delivery:
    """A copy to a box the submission has not reached; ``arrived_at`` (by the office only) says when it came another way."""
    if arrived_at is None:
        if not actor.has_any((Right.ITEM_FILE, Right.ITEM_EDIT), item.unit):
            actor.require(Right.ITEM_FILE, item.unit)
    else:
        actor.require(Right.ITEM_EDIT, item.unit)
        if arrived_at > actor.at:
            raise HengjianError("送达时间晚于现在，请核对。")
    pack = pack_for(item.installation, actor.at)
    pack.term(boxes.VOCABULARY, box)
    fact = Fact.objects.standing().filter(item=item, kind="submit").order_by("pk").first()
    if fact is None:
        raise HengjianError("这条信息还没有报送，没有可以补发的内容。")
    row, made = Delivery.objects.get_or_create(
        fact=fact,
        box=box,
        defaults={"item": item, "digest": boxes.digest(item, fact.revision), "note": note[:200]},
    )
    if not made and row.arrived_at is not None:
        raise HengjianError(f"{words.label(pack, boxes.VOCABULARY, box)}已经收到这条信息，不需要补发。")
    row.arrived_at, row.note = arrived_at or actor.at, note[:200]
    row.means = boxes.SYSTEM if arrived_at is None else "recorded"
    row.save()
    log(row, label=f"{item.number} 送达 {box}", arrived_at=row.arrived_at, means=row.means, note=note)
    return row


def may_sign(actor: Actor, row: Delivery) -> None:
    """The office of the box: an editor or duty officer whose own seat is there, or whoever edits for the whole house."""
    may_sign_in(actor, row, Box.objects.filter(installation=row.item.installation_id, key=row.box).first())


def may_sign_in(actor: Actor, row: Delivery, box: Box | None) -> None:
    """The same of a box at hand; None where no office was named for it."""
    rights = (Right.ITEM_EDIT, Right.EMERGENCY_RECEIVE)
    if not actor.has_any(rights, row.item.unit):
        actor.require(Right.ITEM_EDIT, row.item.unit)
    own = actor.person.unit_id if actor.person else None
    if box is not None and own is not None and own != box.unit_id and not actor.has(Right.FAULT_DECIDE):
        raise Denied(f"这个邮箱由{box.unit}签收，您不在那里；需要时请调整邮箱的登记。")
