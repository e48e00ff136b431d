"""The entry of commissions; shown where the regulation knows them."""

from __future__ import annotations

from hengjian.apps.bulletins.commissions import queries
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.nav import Entry, add


def register() -> None:
    add(
        Entry(
            "信息",
            "约稿",
            "bulletins:commissions",
            (Right.ITEM_READ_UNIT, Right.ITEM_READ_ALL),
            45,
            when=queries.has_commissions,
        )
    )
