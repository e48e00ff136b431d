"""Departments that have been silent: no item and no zero report through whole periods of their duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hengjian.apps.bulletins.desk.deciding import flow_of
from hengjian.apps.bulletins.desk.queries import installations_of
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.org.access import Actor, Missing
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.members import members
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded, pack_for
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day, to_instant, to_local
from hengjian.policy.clauses.duty import QuotaDuty

LOOKED_AT = 8  # periods back: two years of quarters


@dataclass(frozen=True, slots=True)
class Silence:
    """``periods``: whole periods, the last first, without an item; ``since``: when the last item came, if ever."""

    unit: Unit
    periods: tuple[Period, ...]
    since: datetime | None

    @property
    def words(self) -> str:
        last = f"最近一次报送在{to_local(self.since):%Y年%m月%d日}" if self.since else "启用以来没有报送"
        return f"连续{len(self.periods)}期没有报送信息（{self.periods[-1].label}起），{last}。"


def silent_units(installation: Installation, at: datetime) -> list[Silence]:
    """Units that sent nothing in the last whole period, longest silence first. Two queries besides the units."""
    pack, today = pack_for(installation, at), to_local(at).date()
    quotas = [c for c in pack.clauses_of("duty", today) if isinstance(c, QuotaDuty)]
    kind = next((d.per for d in quotas if d.per is not PeriodKind.YEAR), PeriodKind.QUARTER)
    period = Period.of(today, kind).previous()
    units = members(installation, pack, period.first, period.end)
    started = max(installation.in_force_from, to_local(installation.installed_at).date())
    found = []
    sent = _sent(installation, units, at)
    for unit in units:
        silent = _periods(sent.get(unit.pk, []), period, started)
        if silent:
            found.append(Silence(unit, tuple(silent), max(sent.get(unit.pk, []), default=None)))
    return sorted(found, key=lambda s: (-len(s.periods), s.unit.position, s.unit.pk))


def _sent(installation: Installation, units: Iterable[Unit], at: datetime) -> dict[int, list[datetime]]:
    facts = Fact.objects.standing().filter(
        installation=installation, kind="submit", unit__in=list(units), happened_at__lte=at
    )
    found: dict[int, list[datetime]] = {}
    for unit, moment in facts.values_list("unit_id", "happened_at"):
        found.setdefault(unit or 0, []).append(moment)
    return found


def _periods(sent: list[datetime], period: Period, started: date) -> list[Period]:
    """Whole periods without an item, back from ``period``; before the product kept the books nothing is counted."""
    silent = []
    for _ in range(LOOKED_AT):
        first, end = (to_instant(start_of_day(day)) for day in (period.first, period.end))
        if period.first < started or any(first <= moment < end for moment in sent):
            break
        silent.append(period)
        period = period.previous()
    return silent


def has_violations(actor: Actor) -> bool:
    """Whether the actor may propose what left no item behind: a regulation of his has the flow for it."""
    if not actor.has(Right.FAULT_PROPOSE):
        return False
    mine = Installation.objects.filter(unit__in=actor.units(Right.FAULT_PROPOSE))
    return any(hears_faults(installation, actor.at) for installation in mine)


def violation_place(actor: Actor) -> Installation:
    """Where the actor may propose what left no item behind; 404 where no regulation of his knows it."""
    found = installations_of(actor, Right.FAULT_PROPOSE).first()
    if found is None or not has_violations(actor):
        raise Missing("本单位的制度没有这类情形。")
    return found


def hears_faults(installation: Installation, at: datetime) -> bool:
    """Whether the regulation says who hears and decides about faults, so that one may be put to a unit without an item."""
    return flow_of(loaded(installation.pack), at) is not None
