"""What this part adds to the menu, to the inbox of approvals and to an item's page."""

from __future__ import annotations

from hengjian.apps.approvals import subjects
from hengjian.apps.bulletins.models import Dispatch
from hengjian.apps.bulletins.outward import queries
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.nav import Entry, add


def register() -> None:
    subjects.register(
        subjects.Subject(
            Dispatch,
            queries.visible_dispatches,
            done=queries.agreed,
            returned=queries.refused,
            own_hand=True,
        )
    )
    add(
        Entry(
            "信息",
            "对外报送",
            "bulletins:outward",
            (Right.ITEM_READ_UNIT, Right.ITEM_READ_ALL),
            65,
            when=queries.has_outward,
        )
    )
