"""Entries of this app in the left menu; they show only where a pack with indicators governs."""

from __future__ import annotations

from hengjian.apps.indicators import approval, queries
from hengjian.apps.indicators.models import Explanation, KpiNotice
from hengjian.apps.indicators.records import has_records
from hengjian.apps.indicators.who import installation_for, scene_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import nav


def register() -> None:
    readers = (Right.KPI_READ_UNIT, Right.KPI_READ_ALL, Right.KPI_MANAGE)
    nav.add(
        nav.Entry("考评", "应用指标", "indicators:overview", readers, 60, when=governed),
        nav.Entry("考评", "牵头分工", "indicators:leads", readers, 61, when=governed),
        nav.Entry(
            "考评", "指标填报", "indicators:board", (Right.KPI_REPORT, Right.KPI_MANAGE), 62, when=governed
        ),
        nav.Entry("考评", "案件计算", "indicators:records", (Right.KPI_MANAGE,), 63, when=recorded),
        nav.Entry("考评", "上级通报", "indicators:uploads", (Right.KPI_MANAGE,), 64, when=governed),
        nav.Entry(
            "考评", "应用通报", "indicators:notices", readers, 66, count=notices, hot=True, when=governed
        ),
        nav.Entry(
            "考评",
            "情况说明",
            "indicators:explanations",
            readers,
            68,
            count=explanations,
            hot=True,
            when=governed,
        ),
    )


def governed(actor: Actor) -> bool:
    return installation_for(actor) is not None


def recorded(actor: Actor) -> bool:
    """Where the pack says what a case record holds."""
    scene = scene_of(actor)
    return scene is not None and has_records(scene)


def notices(actor: Actor) -> int:
    scene = scene_of(actor)
    if scene is None:
        return 0
    found = queries.visible_notices(scene)
    signing = approval.waiting_for(actor)
    ready = (KpiNotice.State.APPROVED, KpiNotice.State.RETURNED)
    return signing + (found.filter(state__in=ready).count() if scene.manages else 0)


def explanations(actor: Actor) -> int:
    scene = scene_of(actor)
    if scene is None:
        return 0
    mine = (Explanation.State.DUE, Explanation.State.RETURNED)
    found = queries.visible_explanations(scene)
    own = found.filter(state__in=mine, unit_id__in=scene.seated(Right.KPI_EXPLAIN)).count()
    return own + (found.filter(state=Explanation.State.SUBMITTED).count() if scene.manages else 0)
