"""What if: score the same facts again under other values or readings. Nothing is written, ever."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from hengjian.apps.org.models import Unit
from hengjian.apps.points.engine import packs_of, periods_of
from hengjian.apps.points.feed import departments
from hengjian.apps.points.ranks import band_of, ranked
from hengjian.apps.points.replaying import Run, replay_of, run_with
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.policy import Pack, Param

ZERO = Decimal(0)


@dataclass(frozen=True)
class Draft:
    """A rule as it might be: values (parameter → amount) and readings (id → option) that differ from those in force."""

    values: Mapping[str, Decimal]
    readings: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.values or self.readings)

    def applied(self, pack: Pack) -> Pack:
        """The pack under the draft; the new values hold over all time. Unknown names are errors."""
        changed: dict[str, Param] = {}
        for name, value in self.values.items():
            param = pack.params.get(name)
            if param is None:
                raise HengjianError(f"制度里没有数值“{name}”，请从表里选择。")
            first = param.values[0].since
            dated = param.values[0].model_copy(update={"since": first, "value": value, "known": None})
            changed[name] = param.model_copy(update={"values": (dated,)})
        pack = pack.with_values(changed) if changed else pack
        return pack.with_readings(self.readings) if self.readings else pack


@dataclass(frozen=True, slots=True)
class Change:
    """A department before and after: points and place."""

    unit: Unit
    before: Decimal
    after: Decimal
    place_before: int | None
    place_after: int | None

    @property
    def gain(self) -> Decimal:
        return self.after - self.before

    @property
    def moved(self) -> int:
        """Places won (positive) or lost."""
        return (self.place_before or 0) - (self.place_after or 0)


@dataclass(frozen=True, slots=True)
class Cliff:
    """A unit that falls over a quota's edge, or climbs over it: how many of how many, before and after."""

    unit: Unit
    period: str
    before: tuple[Decimal, Decimal] | None
    after: tuple[Decimal, Decimal] | None

    @property
    def gained(self) -> bool:
        return _reached(self.after) and not _reached(self.before)


@dataclass(frozen=True, slots=True)
class Edge:
    """How many unit-periods lie so many short of the quota, before and after (0: reached)."""

    short: int
    before: int
    after: int


@dataclass(frozen=True)
class Outcome:
    changes: list[Change]
    clauses: list[tuple[str, Decimal, Decimal]]
    unallocated: tuple[Decimal, Decimal]
    periods: list[str]
    cliffs: list[Cliff]
    edges: list[Edge]

    @property
    def winners(self) -> list[Change]:
        return [c for c in self.changes if c.gain > 0]

    @property
    def losers(self) -> list[Change]:
        return [c for c in self.changes if c.gain < 0]

    @property
    def before(self) -> Decimal:
        return sum((c.before for c in self.changes), ZERO)

    @property
    def after(self) -> Decimal:
        return sum((c.after for c in self.changes), ZERO)

    @property
    def moved(self) -> int:
        return sum(1 for c in self.changes if c.moved)

    def bands(self, change: Change) -> tuple[str, str]:
        """The quarter of the field before and after."""
        field = len(self.changes)
        return band_of(change.place_before, field), band_of(change.place_after, field)

    @property
    def crossed(self) -> int:
        """How many move into another quarter."""
        return sum(was != now for was, now in map(self.bands, self.changes))

    @property
    def in_own_order(self) -> list[Change]:
        """As the organisation lists the units: an order that ranks nobody."""
        return sorted(self.changes, key=lambda c: (c.unit.position, c.unit.pk))


def what_if(installation: Installation, draft: Draft, first: Period, last: Period, at: datetime) -> Outcome:
    """Compare the periods of account from ``first`` to ``last``: as in force, and under the draft."""
    pack = pack_for(installation, at)
    wanted = [p for p in periods_of(installation, pack, at) if first.first <= p.first and p.last <= last.last]
    if not wanted:
        raise HengjianError("这段时间里没有已经记账的期间，请改选起止月份。")
    in_force = packs_of(installation, wanted)
    replay, feed = replay_of(installation, pack)
    before = run_with(replay, feed, in_force)
    after = run_with(replay, feed, {name: draft.applied(p) for name, p in in_force.items()})
    units = departments(installation, wanted[0].first, wanted[-1].end)
    was, now = before.units(), after.units()
    return Outcome(
        changes=_changes(units, was, now),
        clauses=_by_clause(pack, before, after),
        unallocated=(was.get(None, ZERO), now.get(None, ZERO)),
        periods=list(in_force),
        cliffs=_cliffs(units, before, after),
        edges=_edges(before, after),
    )


def _reached(counted: tuple[Decimal, Decimal] | None) -> bool:
    return counted is not None and counted[0] >= counted[1]


def _cliffs(units: list[Unit], before: Run, after: Run) -> list[Cliff]:
    """Unit-periods that reach the quota in one reading only."""
    by_pk = {unit.pk: unit for unit in units}
    found = []
    for key in sorted(before.quotas.keys() | after.quotas.keys()):
        period, unit, _ = key
        was, now = before.quotas.get(key), after.quotas.get(key)
        if unit in by_pk and _reached(was) != _reached(now):
            found.append(Cliff(by_pk[unit], period, was, now))
    return found


def _edges(before: Run, after: Run) -> list[Edge]:
    """The crowd at the edge: reached, one short, two short, three short."""
    was, now = (Counter(_short(q) for q in run.quotas.values()) for run in (before, after))
    return [Edge(n, was[n], now[n]) for n in range(4)] if was or now else []


def _short(counted: tuple[Decimal, Decimal]) -> int:
    return int(max(counted[1] - counted[0], ZERO).to_integral_value(ROUND_CEILING))


def _changes(
    units: list[Unit], before: dict[int | None, Decimal], after: dict[int | None, Decimal]
) -> list[Change]:
    was = {p.thing.pk: p.place for p in ranked(units, lambda u: before.get(u.pk, ZERO))}
    now = {p.thing.pk: p.place for p in ranked(units, lambda u: after.get(u.pk, ZERO))}
    found = [Change(u, before.get(u.pk, ZERO), after.get(u.pk, ZERO), was[u.pk], now[u.pk]) for u in units]
    return sorted(found, key=lambda c: (c.place_after or 0, c.unit.position, c.unit.pk))


def _by_clause(pack: Pack, before: Run, after: Run) -> list[tuple[str, Decimal, Decimal]]:
    """Clauses whose points differ in sum: title, before, after."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for n, run in enumerate((before, after)):
        for (_, unit, clause), points in run.points.items():
            if unit is not None:
                sums[clause][n] += points
    return [(pack.clause(clause).title, was, now) for clause, (was, now) in sums.items() if was != now]
