"""Duties counted per week or quarter, as a notice lists them: due, done, missed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from hengjian.apps.duties.plans.numbers import row_of, source_for
from hengjian.apps.org.models import Unit
from hengjian.apps.points.counts import facts_in
from hengjian.apps.points.engine import Scored, period_kind
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.points import plain
from hengjian.clocks.quota import needed_in
from hengjian.policy import Pack

Json = dict[str, Any]


def coverage_rows(
    installation: Installation,
    pack: Pack,
    period: Period,
    units: list[Unit],
    result: Scored,
    *,
    everybody: bool = False,
) -> list[Json]:
    """One row a department and counting duty. The weekly figures are those the base workload was judged by.

    ``everybody``: of duties judged by points also those who did enough, and a year as the sum of its periods.
    """
    quotas = [
        d
        for d in pack.clauses_of("duty", on=period.last)
        if getattr(d, "shape", "") == "quota" and d.owner == "department"
    ]
    weekly = _weekly(pack, period, result)
    rows: list[Json] = []
    for duty in quotas:
        if duty.counted_by:
            judge = _judged if everybody else _as_scored
            rows += judge(pack, duty, period, units, result)
            continue
        if duty.per == "week" and weekly:
            done = {unit.pk: weekly.get(unit.pk, ("0", "0")) for unit in units}
            rows += [_row(duty, unit, *done[unit.pk]) for unit in units]
            continue
        counted = _counted(installation, duty, period)
        if duty.minimum_table is not None:
            due = _planned(installation, pack, duty, period, units)
            rows += [_row(duty, u, str(counted.get(u.pk, 0)), str(due[u.pk])) for u in units if u.pk in due]
            continue
        minimum = getattr(duty, "minimum", None)
        if minimum is None or not isinstance(minimum, int):
            continue
        rows += [_row(duty, unit, str(counted.get(unit.pk, 0)), str(minimum)) for unit in units]
    return rows


def _planned(
    installation: Installation, pack: Pack, duty: Any, period: Period, units: list[Unit]
) -> dict[int, int]:
    """What each unit owes by the plan of the year, or without a row in it; who owes nothing is left out."""
    if duty.key_column != "unit":
        return {}
    source = source_for(installation, pack, duty.minimum_table, period.last.year, units)
    numbers = {
        unit.pk: needed_in(
            duty,
            period,
            unit_class="unit",
            table=row_of(duty, unit.pk, source),
            value_of=lambda name, day: pack.value(name, on=day),
        )
        for unit in units
    }
    return {unit: number for unit, number in numbers.items() if number is not None}


def _weekly(pack: Pack, period: Period, result: Scored) -> dict[int, tuple[str, str]]:
    names = {str(p) for p in _account_periods(pack, period)}
    quotas = {pack.full_id(c) for c in pack.clauses_of("points") if c.shape == "quota_base"}
    have: dict[int, list[Any]] = defaultdict(list)
    for row in result.rows:
        if row.period in names and row.clause in quotas and row.unit is not None and row.need is not None:
            have[row.unit].append((row.have or 0, row.need))
    return {u: (plain(sum(h for h, _ in got)), plain(sum(n for _, n in got))) for u, got in have.items()}


def _as_scored(pack: Pack, duty: Any, period: Period, units: list[Unit], result: Scored) -> list[Json]:
    """Units that fell short of what the points clause asks; those without a minimum owe nothing."""
    clause, key = pack.full_id(duty.counted_by), str(period)
    judged = {r.unit: r for r in result.of(key) if r.clause == clause and r.need is not None}
    return [
        _row(duty, unit, plain(row.have or Decimal(0)), plain(row.need))
        for unit in units
        if (row := judged.get(unit.pk)) is not None and row.need is not None and (row.have or 0) < row.need
    ]


def _judged(pack: Pack, duty: Any, period: Period, units: list[Unit], result: Scored) -> list[Json]:
    clause, names = pack.full_id(duty.counted_by), {str(p) for p in _account_periods(pack, period)}
    sums: dict[int, tuple[Decimal, Decimal]] = {}
    for row in result.rows:
        if row.clause == clause and row.period in names and row.unit is not None and row.need is not None:
            have, need = sums.get(row.unit, (Decimal(0), Decimal(0)))
            sums[row.unit] = have + (row.have or 0), need + row.need
    return [_row(duty, unit, *map(plain, sums[unit.pk])) for unit in units if unit.pk in sums]


def _account_periods(pack: Pack, period: Period) -> list[Period]:
    kind = period_kind(pack)
    return [period] if period.kind == kind else period.parts(kind)


def _counted(installation: Installation, duty: Any, period: Period) -> dict[int, int]:
    """Submissions of the counted form in the duty's own period around the last day of ``period``."""
    around = Period.of(period.last, PeriodKind(duty.per))
    found: dict[int, int] = defaultdict(int)
    submitted = facts_in(installation, around, ["submit"]).filter(item__form=duty.counts)
    for unit in submitted.values_list("unit_id", flat=True):
        found[unit] += 1
    return found


def _row(duty: Any, unit: Unit, done: str, due: str) -> Json:
    missed = max(Decimal(due) - Decimal(done), Decimal(0))
    return {
        "id": unit.pk,
        "duty": duty.title,
        "unit": unit.name,
        "name": unit.name,
        "due": due,
        "done": done,
        "missed": plain(missed),
        "place": None,
        "per": PeriodKind(duty.per).value,
    }
