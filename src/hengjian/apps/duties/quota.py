"""How far each department is with its quotas. Counts standing submissions, the same facts the points count."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.duties.look import Governed
from hengjian.apps.duties.models import ZeroReport
from hengjian.apps.duties.plans.numbers import row_of, source_for
from hengjian.apps.duties.registers import item_duties
from hengjian.apps.org.models import Unit
from hengjian.apps.points.workload import workloads
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.clocks.quota import QuotaResult, quota_status, table_of
from hengjian.policy.clauses.duty import QuotaDuty

Moments = dict[tuple[int, str], list[datetime]]
"""(unit, kind of item) → when it was submitted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``running``: each duty in its present period. ``zero``: (clause, period) signed as nothing to report."""

    unit: Unit
    running: tuple[tuple[QuotaDuty, QuotaResult], ...]
    zero: frozenset[tuple[str, str]]

    def signed(self, clause: str, period: Period) -> bool:
        return (clause, str(period)) in self.zero


def progress(governed: Governed, units: list[Unit], now: datetime) -> list[Progress]:
    """Two queries, however many units."""
    duties = item_duties(governed)
    if not units or not duties:
        return []
    sent = _sent(governed, units, duties, now)
    counted = _counted(governed, units, duties, now)
    zero = zero_reports(governed, units)
    return [
        Progress(
            unit,
            tuple(
                (
                    duty,
                    counted.get((duty.id, unit.pk))
                    or _so_far(governed, duty, unit, sent.get((duty.id, unit.pk), 0), now),
                )
                for duty in duties
            ),
            zero[unit.pk],
        )
        for unit in units
    ]


def result_of(
    governed: Governed, duty: QuotaDuty, unit: Unit, period: Period, moments: Moments, now: datetime
) -> QuotaResult:
    done = moments.get((unit.pk, duty.counts), [])
    return quota_status(
        duty, period, done, now, value_of=governed.value_of(), **_owner(governed, duty, unit, period)
    )


def _so_far(governed: Governed, duty: QuotaDuty, unit: Unit, done: int, now: datetime) -> QuotaResult:
    period = Period.of(now.date(), duty.per)
    moments = [start_of_day(period.first)] * done
    return quota_status(
        duty, period, moments, now, value_of=governed.value_of(), **_owner(governed, duty, unit, period)
    )


def _owner(governed: Governed, duty: QuotaDuty, unit: Unit, period: Period) -> dict[str, Any]:
    """By what the number is looked up: the unit's row of the year's plan where it stands in a table, else its class."""
    if duty.minimum_table is None:
        return {"unit_class": governed.classes.get(unit.pk, "")}
    if duty.key_column != "unit":
        return {
            "unit_class": governed.classes.get(unit.pk, ""),
            "table": table_of(duty, governed.pack.tables),
        }
    key = (duty.minimum_table, period.last.year)
    if key not in governed.plans:
        governed.plans[key] = source_for(governed.installation, governed.pack, *key, governed.departments)
    return {"unit_class": "unit", "table": row_of(duty, unit.pk, governed.plans[key])}


def _counted(
    governed: Governed, units: list[Unit], duties: list[QuotaDuty], now: datetime
) -> dict[tuple[str, int], QuotaResult]:
    """Duties whose count is that of a points clause: the very numbers the points are made of."""
    found: dict[tuple[str, int], QuotaResult] = {}
    for duty in duties:
        if duty.counted_by is None:
            continue
        period = Period.of(now.date(), duty.per)
        clause = governed.pack.full_id(duty.counted_by)
        for load in workloads(governed.installation, units, str(period), to_instant(now)):
            if load.clause != clause:
                continue
            found[duty.id, load.unit.pk] = quota_status(
                duty,
                period,
                [start_of_day(period.first)] * int(load.have),
                now,
                unit_class=governed.classes.get(load.unit.pk, ""),
                value_of=governed.value_of(),
            )
    return found


def submissions(governed: Governed, units: list[Unit], first: date, last: date) -> Moments:
    """Submissions that count of the days ``first`` … ``last`` by unit and kind of item."""
    facts = _submitted(governed, units, first, last)
    found: Moments = defaultdict(list)
    for unit, form, happened in facts.values_list("unit_id", "item__form", "happened_at"):
        found[unit, form].append(to_local(happened))
    return found


def _submitted(governed: Governed, units: list[Unit], first: date, last: date) -> QuerySet[Fact]:
    return counting(governed.pack).filter(
        installation=governed.installation,
        kind="submit",
        unit__in=units,
        item__isnull=False,
        item__completes=None,  # a report and its supplement are one
        happened_at__gte=to_instant(start_of_day(first)),
        happened_at__lt=to_instant(start_of_day(last + timedelta(days=1))),
    )


def _sent(
    governed: Governed, units: list[Unit], duties: list[QuotaDuty], now: datetime
) -> dict[tuple[str, int], int]:
    """(duty, unit) → submissions in the present period up to ``now``: counted where they lie, in one question."""
    begun = [Period.of(now.date(), duty.per).first for duty in duties]
    mine = [
        Count("pk", filter=Q(item__form=duty.counts, happened_at__gte=to_instant(start_of_day(first))))
        for duty, first in zip(duties, begun, strict=True)
    ]
    facts = _submitted(governed, units, min(begun), now.date()).filter(happened_at__lte=to_instant(now))
    named = {f"of_{n}": each for n, each in enumerate(mine)}
    rows = facts.order_by().values("unit_id").annotate(**named).values_list("unit_id", *named)
    return {
        (duty.id, unit): number
        for unit, *numbers in rows
        for duty, number in zip(duties, numbers, strict=True)
    }


def zero_reports(governed: Governed, units: list[Unit]) -> dict[int, frozenset[tuple[str, str]]]:
    """By unit: the (clause, period) pairs signed as nothing to report."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    reports = ZeroReport.objects.filter(installation=governed.installation, unit__in=units)
    for unit, clause, period in reports.values_list("unit_id", "clause", "period"):
        found[unit].add((clause, period))
    return {unit.pk: frozenset(found[unit.pk]) for unit in units}


def history(
    governed: Governed, unit: Unit, duty: QuotaDuty, now: datetime, moments: Moments
) -> list[tuple[QuotaResult, str]]:
    """The periods of this year up to now with what a strip of weeks shows: done, missed, now, before (not kept yet)."""
    shown = []
    period = Period.of(date(now.year, 1, 1), duty.per)
    if period.first.year < now.year and duty.per is PeriodKind.WEEK:
        period = period.next() if (period.first + timedelta(days=3)).year < now.year else period
    while period.first <= now.date():
        result = result_of(governed, duty, unit, period, moments, now)
        css = _css(result, now.date(), governed.started)
        shown.append((result, css))
        period = period.next()
    return shown


def _css(result: QuotaResult, today: date, started: date) -> str:
    if not result.short:
        return "done"
    if result.period.end > today:
        return "now"
    return "missed" if result.period.end > started else "before"
