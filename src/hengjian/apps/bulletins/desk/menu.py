"""Entries of the left menu for the desk."""

from __future__ import annotations

from hengjian.apps.bulletins.desk.search import find
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import packs_of
from hengjian.apps.ui import search
from hengjian.apps.ui.nav import Entry, add


def has_series(actor: Actor) -> bool:
    """Whether a regulation of the actor's office knows issues of its own."""
    return any("series" in pack.vocabularies and pack.vocabulary("series") for pack in packs_of(actor))


def register() -> None:
    search.add("刊物", find)
    add(
        Entry("信息", "选稿编刊", "bulletins:desk", (Right.EDITION_MANAGE,), 50, when=has_series),
        Entry(
            "信息",
            "采用与批示",
            "bulletins:register",
            (Right.FACT_RECORD,),
            60,
            also=("/bulletins/desk/items/",),
        ),
        Entry(
            "信息",
            "差错认定",
            "bulletins:faults",
            (Right.FAULT_PROPOSE, Right.FAULT_DECIDE, Right.POINTS_READ_ALL, Right.ITEM_READ_UNIT),
            70,
        ),
        Entry("信息", "已印发刊物", "bulletins:shelf", (), 80, when=has_series),
        Entry(
            "信息",
            "载体去向",
            "bulletins:carriers",
            (Right.EDITION_MANAGE, Right.POINTS_READ_ALL, Right.FACT_RECORD),
            85,
        ),
        Entry("信息", "内网工作动态", "bulletins:column", (), 90),
    )
