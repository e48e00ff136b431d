"""What items add to the menu and to the search box."""

from __future__ import annotations

from hengjian.apps.bulletins.items.emergency import has_emergency
from hengjian.apps.bulletins.items.review import REVIEWERS, waiting
from hengjian.apps.bulletins.search import hits
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav, search

READERS = (Right.ITEM_READ_UNIT, Right.ITEM_READ_ALL)


def register() -> None:
    nav.add(
        nav.Entry("信息", "信息列表", "bulletins:items", READERS, order=10, key="l"),
        nav.Entry("信息", "起草信息", "bulletins:new", (Right.ITEM_WRITE,), order=20, key="n"),
        nav.Entry(
            "信息",
            "审核与签收",
            "bulletins:review",
            (*REVIEWERS, Right.ITEM_EDIT),
            order=30,
            key="s",
            count=waiting,
            hot=True,
        ),
        nav.Entry(
            "信息", "值班", "bulletins:duty_room", (Right.EMERGENCY_RECEIVE,), 45, "b", when=has_emergency
        ),
        nav.Entry(
            "信息", "紧急报告", "bulletins:emergency", (Right.EMERGENCY_REPORT,), 40, "j", when=has_emergency
        ),
    )
    search.add("信息", hits)
