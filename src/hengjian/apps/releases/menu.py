"""Entries in the left menu."""

from __future__ import annotations

from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.releases.desk import governed
from hengjian.apps.releases.models import Doubt
from hengjian.apps.releases.queries import visible_doubts
from hengjian.apps.ui import nav


def register() -> None:
    office = (Right.RELEASE_PREPARE,)
    nav.add(
        nav.Entry("发布", "数据发布", "releases:releases", order=10, when=governed),
        nav.Entry("发布", "登记簿", "releases:register", order=20, when=governed),
        nav.Entry("发布", "核对数字", "releases:check", order=30, when=governed),
        nav.Entry("发布", "使用申请", "releases:applications", order=40, when=governed),
        nav.Entry(
            "发布", "更正影响", "releases:doubts", office, 50, count=open_doubts, hot=True, when=governed
        ),
        nav.Entry("发布", "追踪文件", "releases:trace", (Right.RELEASE_TRACE,), 60, when=governed),
    )


def open_doubts(actor: Actor) -> int:
    return visible_doubts(actor).filter(state=Doubt.State.OPEN).count()
