"""The list of items, row by row: what differs is prepared here, the table is the template's."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.bulletins import words
from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.access import Actor
from hengjian.apps.org.queries import names_of
from hengjian.apps.regs.queries import loaded, pack_names
from hengjian.apps.ui.drawn import NOTHING, numbered, put, tag, when

FIELDS = ("installation", "number", "title", "category", "outlet", "state", "lane", "unit", "changed_at")
"""What the list shows of an item."""


def item_rows(actor: Actor, items: Iterable[Item]) -> list[dict[str, object]]:
    """Labels are the same under every reading, so the packs as loaded will do."""
    shown = list(items)
    units = names_of(item.unit_id for item in shown)
    packs = {pk: loaded(name) for pk, name in pack_names(actor).items()}
    address = numbered("bulletins:item")
    states = {value: tag(value, label) for value, label in Item.State.choices}
    urgent = put(" {}", tag("emergency", "紧急"))
    rows: list[dict[str, object]] = []
    for item in shown:
        pack = packs[item.installation_id]
        restricted = item.outlet in words.restricted_outlets(pack)
        outlet = words.label(pack, words.VOCABULARY["outlet"], item.outlet) if restricted else ""
        rows.append(
            {
                "number": item.number or "—",
                "url": address(item.pk),
                "title": item.title,
                "urgent": urgent if item.lane == Item.Lane.EMERGENCY else NOTHING,
                "restricted": put(" {}", tag(outlet, colour="purple")) if restricted else NOTHING,
                "unit": units[item.unit_id],
                "category": words.label(pack, words.VOCABULARY["category"], item.category),
                "state": states[item.state],
                "changed": when(item.changed_at),
            }
        )
    return rows
