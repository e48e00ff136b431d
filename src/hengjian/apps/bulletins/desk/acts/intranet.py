"""The intranet column: only what an open outlet carries ever gets here."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins.desk.permit import refusal_of_intranet
from hengjian.apps.bulletins.models import IntranetPost, Item
from hengjian.apps.bulletins.revisions import snapshot
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError


@act("bulletins.intranet.post", "内网刊发")
def post_to_intranet(actor: Actor, item: Item) -> IntranetPost:
    actor.require(Right.ITEM_EDIT, item.installation.unit_id)
    item = Item.objects.select_for_update().get(pk=item.pk)
    refusal = refusal_of_intranet(item, pack_for(item.installation, actor.at))
    if refusal:
        raise HengjianError(refusal)
    post, _ = IntranetPost.objects.update_or_create(
        item=item,
        defaults={
            "revision": snapshot(actor, item, "edition"),
            "posted_at": actor.at,
            "posted_by": actor.person,
            "taken_down_at": None,
            "taken_down_reason": "",
        },
    )
    log(post, label=called(item), unit=item.unit_id)
    return post


@act("bulletins.intranet.take_down", "从内网撤下")
def take_down(actor: Actor, post: IntranetPost, *, reason: str) -> None:
    actor.require(Right.ITEM_EDIT, post.item.installation.unit_id)
    if post.taken_down_at is not None:
        raise HengjianError("这篇信息已经撤下。")
    if not reason.strip():
        raise HengjianError("请写明撤下的理由。")
    post.taken_down_at, post.taken_down_reason = actor.at, reason.strip()
    post.save(update_fields=["taken_down_at", "taken_down_reason"])
    log(post, label=called(post.item), reason=reason, unit=post.item.unit_id)
