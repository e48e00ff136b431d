"""Replays kept while the facts stand: switching a reading on a page runs the clauses again and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock, Thread

from django.db import connection

from hengjian.apps.points import feed as feeds
from hengjian.apps.points.columns import feed_with_columns
from hengjian.apps.points.engine import Roll, roll_on
from hengjian.apps.points.feed import Feed
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError
from hengjian.base.memory import uncollected
from hengjian.base.periods import Period
from hengjian.policy import Pack
from hengjian.scoring import UNALLOCATED, ScoreInput
from hengjian.scoring.replay import Replay
from hengjian.scoring.typed import TypedFacts

_KEEP = 3
_kept: dict[object, tuple[Replay, Feed]] = {}
_lock = Lock()
_KEEP_RUNS = 40
_runs: dict[object, tuple[Replay, Run]] = {}
Points = dict[tuple[str, int | None, str], Decimal]
Quotas = dict[tuple[str, int, str], tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class Run:
    """Points by (period, unit, clause) and quotas as (have, need), under one way of reading each period."""

    points: Points
    quotas: Quotas

    def units(self) -> dict[int | None, Decimal]:
        found: dict[int | None, Decimal] = defaultdict(Decimal)
        for (_, unit, _), points in self.points.items():
            found[unit] += points
        return found


def replay_of(installation: Installation, pack: Pack) -> tuple[Replay, Feed]:
    """The facts of the installation, loaded; those of an open transaction are never kept."""
    if connection.in_atomic_block:
        return _load(installation, pack)
    key = (installation.pk, feeds.marker(installation), pack.info.id, tuple(sorted(feeds.scored_kinds(pack))))
    with _lock:
        found = _kept.get(key)
        if found is None:
            found = _load(installation, pack)
            while len(_kept) >= _KEEP:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = found
    return found


def warm(installation: Installation, pack: Pack) -> None:
    """Load the facts meanwhile, in a thread of its own: whoever asks next waits for the rest at most."""
    if connection.in_atomic_block:
        return

    def load() -> None:
        try:
            replay_of(installation, pack)
        except HengjianError:
            return  # told to whoever asks
        finally:
            connection.close()

    Thread(target=load, name="replay", daemon=True).start()


def _load(installation: Installation, pack: Pack) -> tuple[Replay, Feed]:
    """Facts as columns; where one of them is in doubt, row by row, so that the fault is named."""
    with uncollected():
        feed, facts = feed_with_columns(installation, pack)
        try:
            return _replay(pack, feed, facts), feed
        except HengjianError:
            feed = feeds.feed_of(installation, pack)
            return _replay(pack, feed), feed


def _replay(pack: Pack, feed: Feed, facts: TypedFacts | None = None) -> Replay:
    roll = [dict(row) for row in roll_on(feed, pack.info.since)]
    return Replay(pack, ScoreInput(roll, feed.items, feed.events, feed.authors), facts=facts)


def run_with(replay: Replay, feed: Feed, packs: Mapping[str, Pack]) -> Run:
    """Each period under its own pack; a run already made over the same facts is not made again."""
    key = (id(replay), tuple((n, p.digest, tuple(sorted(p.choices.items()))) for n, p in packs.items()))
    kept = _runs.get(key)
    if kept is None or kept[0] is not replay:
        while len(_runs) >= _KEEP_RUNS:
            _runs.pop(next(iter(_runs)), None)
        kept = _runs[key] = (replay, _run(replay, feed, packs))
    return kept[1]


def _run(replay: Replay, feed: Feed, packs: Mapping[str, Pack]) -> Run:
    """Periods read alike, with the same list of units, run together."""
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    rolls: dict[str, Roll] = {name: roll_on(feed, Period.parse(name).last) for name in packs}
    for name, pack in packs.items():
        groups[pack.digest, tuple(sorted(pack.choices.items())), rolls[name]].append(name)
    points: Points = {}
    quotas: Quotas = {}
    for names in groups.values():
        roll = [dict(row) for row in rolls[names[0]]]
        found = replay.sums(packs[names[0]], [Period.parse(name) for name in names], roll)
        wanted = set(names)
        for (period, unit, clause), value in found.points.items():
            if period in wanted:
                points[period, _pk(unit), clause] = value
        for (period, unit, clause), counted in found.quotas.items():
            if period in wanted and unit:
                quotas[period, int(unit), clause] = counted
    return Run(points, quotas)


def forget() -> None:
    _kept.clear()
    _runs.clear()


def _pk(unit: str | None) -> int | None:
    return None if unit in (None, "", UNALLOCATED) else int(unit)
