"""What if: score the same facts again under other values or readings. Nothing is written, ever."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from hengjian.apps.org.models import Unit
from hengjian.apps.points import feed as feeds
from hengjian.apps.points.engine import Scored, packs_of, periods_of, run
from hengjian.apps.points.feed import departments
from hengjian.apps.points.ranks import ranked
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


@dataclass(frozen=True)
class Outcome:
    changes: list[Change]
    clauses: list[tuple[str, Decimal, Decimal]]
    unallocated: tuple[Decimal, Decimal]
    periods: list[str]

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


def what_if(installation: Installation, draft: Draft, first: Period, last: Period, at: datetime) -> Outcome:
    """Compare the periods of account from ``first`` to ``last``: as in force, and under the draft."""
    pack = pack_for(installation, at)
    wanted = [p for p in periods_of(installation, pack, at) if first.first <= p.first and p.last <= last.last]
    if not wanted:
        raise HengjianError("这段时间里没有已经记账的期间，请改选起止月份。")
    feed = feeds.feed_of(installation, pack)
    in_force = packs_of(installation, wanted)
    before = run(feed, in_force)
    after = run(feed, {name: draft.applied(p) for name, p in in_force.items()})
    units = departments(installation, wanted[0].first, wanted[-1].end)
    return Outcome(
        changes=_changes(units, _sums(before), _sums(after)),
        clauses=_by_clause(pack, before, after),
        unallocated=(_sums(before).get(None, ZERO), _sums(after).get(None, ZERO)),
        periods=list(in_force),
    )


def _changes(
    units: list[Unit], before: dict[int | None, Decimal], after: dict[int | None, Decimal]
) -> list[Change]:
    was = {p.thing.pk: p.place for p in ranked(units, lambda u: before.get(u.pk, ZERO))}
    now = {p.thing.pk: p.place for p in ranked(units, lambda u: after.get(u.pk, ZERO))}
    found = [Change(u, before.get(u.pk, ZERO), after.get(u.pk, ZERO), was[u.pk], now[u.pk]) for u in units]
    return sorted(found, key=lambda c: (c.place_after or 0, c.unit.position, c.unit.pk))


def _sums(result: Scored) -> dict[int | None, Decimal]:
    sums: dict[int | None, Decimal] = defaultdict(Decimal)
    for row in result.rows:
        sums[row.unit] += row.points
    return sums


def _by_clause(pack: Pack, before: Scored, after: Scored) -> list[tuple[str, Decimal, Decimal]]:
    """Clauses whose points differ in sum: title, before, after."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for n, result in enumerate((before, after)):
        for row in result.rows:
            if row.unit is not None:
                sums[row.clause][n] += row.points
    return [(pack.clause(clause).title, was, now) for clause, (was, now) in sums.items() if was != now]
