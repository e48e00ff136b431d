"""What an item's page shows of its way out."""

from __future__ import annotations

from typing import Any

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.outward.acts.propose import NOT_YET
from hengjian.apps.bulletins.outward.queries import of_items
from hengjian.apps.bulletins.outward.rules import has_flow, ways_for
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.policy import Pack


def panel(actor: Actor, item: Item, pack: Pack) -> dict[str, Any]:
    """Rows, and what the actor may propose now; empty where the regulation says nothing of going out."""
    if not has_flow(pack):
        return {}
    office = item.state == Item.State.RECEIVED and actor.has(Right.ITEM_EDIT, item.installation.unit_id)
    away = item.state not in NOT_YET and actor.has(Right.ITEM_FILE, item.unit_id)
    return {
        "rows": list(of_items([item])),
        "offers": office,
        "ways": ways_for(actor, pack, item) if away else (),
    }
