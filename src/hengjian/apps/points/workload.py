"""The base workload of a month, week by week: what is covered, what is still to come, what it earns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.org.models import Unit
from hengjian.apps.points.engine import Row, Scored, scored
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.policy import Pack


@dataclass(frozen=True, slots=True)
class Week:
    first: date
    last: date
    items: int
    state: str  # done, missed, now, ahead

    @property
    def label(self) -> str:
        return f"{self.first:%m-%d}—{self.last:%m-%d}"


@dataclass(frozen=True)
class Workload:
    """``missing`` items are still needed; ``lost`` says that a week has passed empty and nothing can be done."""

    unit: Unit
    period: str
    have: Decimal
    need: Decimal
    points: Decimal
    weeks: tuple[Week, ...]
    article: str
    sentence: str
    clause: str = ""

    @property
    def missing(self) -> Decimal:
        return max(self.need - self.have, Decimal(0))

    @property
    def reached(self) -> bool:
        return self.need > 0 and self.have >= self.need


def workloads(
    installation: Installation, units: list[Unit], period: str, at: datetime, result: Scored | None = None
) -> list[Workload]:
    """The base workload of each unit in a period of account; empty where the pack has no quota."""
    pack = pack_for(installation, at)
    result = result or scored(installation, at)
    quotas = {pack.full_id(c): c for c in pack.clauses_of("points") if c.shape == "quota_base"}
    rows = {r.unit: r for r in result.of(period) if r.clause in quotas and r.need is not None}
    weekly = bool(rows) and next(iter(quotas.values())).measure == "weeks_covered"
    submitted = _submissions(installation, pack, period) if weekly else {}
    measure = _measure(pack)
    found = []
    for unit in units:
        row = rows.get(unit.pk)
        if row is None:
            continue
        weeks = _weeks(period, submitted.get(unit.pk, {}), set(row.evidence), at) if weekly else ()
        found.append(_workload(unit, row, weeks, measure))
    return found


def _measure(pack: Pack) -> str:
    """What is counted (篇, 条), as the duty that shares the count says."""
    return next((d.measure for d in pack.clauses_of("duty") if getattr(d, "counted_by", None)), "篇")


def _workload(unit: Unit, row: Row, weeks: tuple[Week, ...], measure: str) -> Workload:
    have, need = row.have or Decimal(0), row.need or Decimal(0)
    words = _sentence(row, weeks, measure)
    return Workload(unit, row.period, have, need, row.points, weeks, row.article, words, row.clause)


def _sentence(row: Row, weeks: tuple[Week, ...], measure: str) -> str:
    have, need = row.have or Decimal(0), row.need or Decimal(0)
    if row.points and have >= need:
        counted = f"应报 {plain(need)} {measure}，计入 {plain(have)} {measure}，" if not weeks else ""
        return f"{counted}已完成。"
    if any(week.state == "missed" for week in weeks):
        missed = [week for week in weeks if week.state == "missed"]
        empty = "、".join(week.label for week in missed if not week.items)
        idle = "、".join(week.label for week in missed if week.items)
        told = [f"{empty} 没有报送"] if empty else []
        told += [f"{idle} 报送的不计入（体裁不算或者前已计过）"] if idle else []
        return f"{'，'.join(told)}，本期基础工作量不能完成。"
    if have >= need:
        return "已达到数量，本期没有施行的分值。"
    lack = f"还差 {plain(need - have)} {measure}"
    return (
        f"{lack}（每周一篇）。"
        if weeks
        else f"应报 {plain(need)} {measure}，计入 {plain(have)} {measure}，{lack}。"
    )


def _submissions(installation: Installation, pack: Pack, period: str) -> dict[int, dict[date, list[Fact]]]:
    """Unit → first day of the week → submissions, over every week that touches the period."""
    whole = Period.parse(period)
    first = Period.of(whole.first, PeriodKind.WEEK).first
    end = Period.of(whole.last, PeriodKind.WEEK).end
    facts = counting(pack).filter(
        installation=installation,
        kind="submit",
        happened_at__gte=to_instant(start_of_day(first)),
        happened_at__lt=to_instant(start_of_day(end)),
    )
    found: dict[int, dict[date, list[Fact]]] = {}
    for fact in facts:
        if fact.unit_id is None:
            continue
        week = Period.of(to_local(fact.happened_at).date(), PeriodKind.WEEK).first
        found.setdefault(fact.unit_id, {}).setdefault(week, []).append(fact)
    return found


def _weeks(
    period: str, submitted: dict[date, list[Fact]], counted: set[int], at: datetime
) -> tuple[Week, ...]:
    whole, today = Period.parse(period), to_local(at).date()
    week = Period.of(whole.first, PeriodKind.WEEK)
    found = []
    while week.first < whole.end:
        if whole.contains(week.first + timedelta(days=3)):
            facts = submitted.get(week.first, [])
            done = any(fact.pk in counted for fact in facts)
            passed, running = week.end <= today, week.contains(today)
            state = "done" if done else "missed" if passed else "now" if running else "ahead"
            found.append(Week(week.first, week.last, len(facts), state))
        week = week.next()
    return tuple(found)


__all__ = ["Week", "Workload", "workloads"]
