"""The follow-up of an explanation: what the next periods show."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.apps.indicators.models import Benchmark, Explanation
from hengjian.apps.indicators.queries import input_of
from hengjian.apps.indicators.show import Line
from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.kpi import RANK, evaluate
from hengjian.kpi.due import rank_fact


@dataclass(frozen=True, slots=True)
class After:
    """The next period: its sentence, and whether the trouble is over."""

    period: Period
    sentence: str
    solved: bool | None
    line: Line | None = None


def after(scene: Scene, explanation: Explanation, count: int = 3) -> list[After]:
    """The periods after the explained one that are over, oldest first."""
    measure = scene.by_key.get(explanation.indicator)
    if measure is None:
        return []
    today, period = to_local(scene.actor.at).date(), Period.parse(explanation.period).next()
    found: list[After] = []
    while period.end <= today and len(found) < count:
        found.append(_one(scene, explanation, period))
        period = period.next()
    return found


def _one(scene: Scene, explanation: Explanation, period: Period) -> After:
    measure = scene.by_key[explanation.indicator]
    data = input_of(scene, [period])
    if explanation.trigger == RANK:
        mark: Benchmark | None = Benchmark.objects.filter(
            installation=scene.installation,
            indicator=measure.indicator,
            period=str(period),
            superseded_at=None,
        ).first()
        if mark is None or mark.rank is None:
            return After(period, "没有公布名次。", None)
        pack = scene.pack_at(period)
        fact = rank_fact(pack, measure, data.benchmark(measure.indicator, period), period)
        return After(period, fact or f"居第 {mark.rank} 名。", not fact)
    name = scene.name_of.get(explanation.unit_id, explanation.unit.name)
    report = evaluate(scene.pack_at(period), data, period)
    row = next((r for r in report.results if (r.indicator, r.unit) == (measure.indicator, name)), None)
    if row is None:
        return After(period, "没有结果。", None)
    solved = {"met": True, "missed": False}.get(row.status.value)
    return After(period, row.note, solved, Line(measure, row, explanation.unit))
