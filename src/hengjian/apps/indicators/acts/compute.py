"""Figures counted from case records: what stands otherwise changes only with a reason, by a new figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.apps.audit.acting import act, log
from hengjian.apps.indicators.acts.figures import FigureIn, store_figures
from hengjian.apps.indicators.counting import Counted, counted
from hengjian.apps.indicators.models import Figure
from hengjian.apps.indicators.records import version_of
from hengjian.apps.indicators.who import Scene
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local


@dataclass(frozen=True, slots=True)
class Computed:
    """``changed`` of the figures made replaced another; ``refused`` says what was left out and why."""

    made: tuple[Figure, ...]
    changed: int
    unchanged: int
    refused: tuple[str, ...]


@act("indicators.figure.compute", "由案件数据计算指标")
def compute_figures(
    actor: Actor,
    installation: Installation,
    *,
    period: Period,
    indicators: Sequence[str] = (),
    reason: str = "",
) -> Computed:
    """For every responsible unit of the indicators (all with a counting card), at the latest version."""
    actor.require(Right.KPI_MANAGE, installation.unit_id)
    scene = Scene(installation, actor)
    if period.end > to_local(actor.at).date():
        raise HengjianError(f"{period.label}还没有结束，期满后再计算。")
    found = counted(scene, period, indicators)
    if not found:
        raise HengjianError("没有一个指标的口径卡写明了怎样由案件数据计算，请先确定口径卡。")
    changed = [c for c in found if c.differs]
    if changed and not reason.strip():
        raise HengjianError(f"有 {len(changed)} 个已有的数会变，请写明重算的理由，原数留存。")
    wanted = [_figure(c, period, reason.strip()) for c in found if c.new or c.differs]
    card_of = {(c.card.indicator, c.unit.pk): c.card for c in found}
    version = version_of(scene)
    made, refused = store_figures(
        actor, scene, wanted, origin=Figure.Origin.CASES, cards=card_of, data_version=version
    )
    log(
        label=f"{period.label} {len(made)} 个指标数据",
        version=version,
        changed=len(changed),
        reason=reason.strip(),
    )
    said = tuple(f"{scene.measure(f.indicator).title}（{f.unit}）：{error.message}" for f, error in refused)
    return Computed(tuple(made), len(changed), len(found) - len(wanted), said)


def _figure(one: Counted, period: Period, reason: str) -> FigureIn:
    return FigureIn(
        one.card.indicator, one.unit, period, one.top, one.bottom,
        evidence=f"按{one.card.since:%Y-%m-%d}起的口径卡由案件记录计算",
        answer=reason or "由案件记录逐件计算，可以查到每一件。",
        reason=reason if one.differs else "",
    )  # fmt: skip


@act("indicators.figure.look", "查看指标背后的案件")
def look_behind(actor: Actor, figure: Figure, *, part: str, cases: int) -> None:
    """Every look at the cases behind a figure is on record."""
    log(figure, part=part, version=figure.data_version, cases=cases)
