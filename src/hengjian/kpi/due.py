"""Who has to explain: the leads outside the first places of the ranking, the units below a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hengjian.base.periods import Period
from hengjian.kpi.figures import Benchmark
from hengjian.kpi.result import Result, Status
from hengjian.kpi.units import Units
from hengjian.policy import Pack
from hengjian.policy.clauses.measure import Explainer, Measure

RANK, TARGET = "rank", "target"
TRIGGERS = "explanation_trigger"


@dataclass(frozen=True, slots=True)
class ExplanationDue:
    """A unit has to explain an indicator; ``fact`` says why in one sentence."""

    indicator: str
    unit: str
    trigger: str
    article: str
    fact: str


def dues(
    pack: Pack,
    measure: Measure,
    results: Iterable[Result],
    benchmark: Benchmark | None,
    units: Units,
    period: Period,
    known: date | None = None,
) -> Iterator[ExplanationDue]:
    """The explanations one indicator asks for in one period, each once. Without a published rank none by rank."""
    found = list(results)
    courts = [r.unit for r in found if r.answers and units.collective(r.unit)]
    fact = rank_fact(pack, measure, benchmark, period, known)
    if fact:
        listed = units.departments(measure)
        for unit in _who(measure, measure.explain_top_by, listed, courts):
            yield ExplanationDue(measure.indicator, unit, RANK, _article(pack, measure, RANK), fact)
    if not measure.explain_missed:
        return
    missed = [r for r in found if r.status is Status.MISSED and r.answers]
    article = _article(pack, measure, TARGET)
    for result in missed:
        kind: Explainer = "courts" if units.collective(result.unit) else "responsible"
        if kind in measure.explain_missed_by:
            yield ExplanationDue(measure.indicator, result.unit, TARGET, article, result.note)
    if missed and "lead" in measure.explain_missed_by:
        names = "、".join(result.unit for result in missed)
        for unit in measure.lead:
            yield ExplanationDue(measure.indicator, unit, TARGET, article, f"{names}未达标。")


def rank_fact(
    pack: Pack, measure: Measure, benchmark: Benchmark | None, period: Period, known: date | None = None
) -> str:
    """Why the rank asks for an explanation; "" when it does not or nobody published one."""
    top = measure.explain_top
    limit = pack.value(top, period.last, known) if isinstance(top, str) else top
    if limit is None or benchmark is None or benchmark.rank is None or benchmark.rank <= limit:
        return ""
    among = f"（共 {benchmark.ranked} 个）" if benchmark.ranked else ""
    return f"居第 {benchmark.rank} 名{among}，没有进入前 {int(limit)} 名。"


def _who(
    measure: Measure, kinds: Iterable[Explainer], departments: list[str], courts: list[str]
) -> list[str]:
    named = {"lead": list(measure.lead), "responsible": departments, "courts": courts}
    return list(dict.fromkeys(unit for kind in kinds for unit in named[kind]))


def _article(pack: Pack, measure: Measure, trigger: str) -> str:
    if TRIGGERS in pack.vocabularies:
        for term in pack.vocabulary(TRIGGERS):
            if term.key == trigger and term.article:
                return term.article
    return measure.articles[-1]
