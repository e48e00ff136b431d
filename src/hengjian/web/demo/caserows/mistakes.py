"""Which cases were entered wrongly, how, and when somebody mends it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hengjian.web.demo.caserows.draws import among, chance
from hengjian.web.demo.caserows.plan import NAT_DAY, Array, Columns, Plan
from hengjian.web.demo.caserows.slips import KINDS, OUTAGE

MENDED = 0.82
"""Of what is wrong this share is put right after some weeks, the rest stands until somebody is told."""
OUTAGE_DAYS = 5
USUAL = 1.5
"""How careless the province is as a whole."""


@dataclass(frozen=True)
class Slips:
    """``row`` (sorted within a kind) and ``kind``: index into ``KINDS``; ``mended``: NaT while it stands."""

    row: Array
    kind: Array
    mended: Array

    def enter(self, cells: Columns, rows: Array, limit: np.datetime64) -> None:
        """Spoil ``cells`` (the rows of the whole table named by ``rows``) by what stands wrong on that day."""
        standing = np.isnat(self.mended) | (self.mended > limit)
        for number, slip in enumerate(KINDS):
            wanted = self.row[standing & (self.kind == number)]
            place = np.searchsorted(rows, wanted)
            there = place[(place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] == wanted)]
            entered = there[~np.isnat(cells[slip.on][there])]
            for key in slip.items:
                cells[key] = cells[key].copy()
            slip.wrong(cells, entered)

    def touched(self, rows: Array, since: np.datetime64, limit: np.datetime64) -> Array:
        """Which of ``rows`` were mended after ``since``."""
        return np.isin(rows, self.row[(self.mended > since) & (self.mended <= limit)])

    def mend(self, row: int, on: np.datetime64) -> None:
        """Somebody has corrected this case; later files carry the right value."""
        self.mended[self.row == row] = on


def make(rng: np.random.Generator, plan: Plan, columns: Columns) -> Slips:
    """At most one mistake a case, more of them in sloppy courts; an outage spoils what came in while it lasted."""
    sloppy = np.array([court.sloppiness for court in plan.courts])[columns["_court"]]
    free = np.ones(len(sloppy), bool)
    rows, kinds = [], []
    struck = _outage(plan, columns)
    rows.append(struck)
    kinds.append(np.full(len(struck), KINDS.index(OUTAGE)))
    free[struck] = False
    for number, slip in enumerate(KINDS):
        hit = free & ~np.isnat(columns[slip.on]) & slip.fits(columns)
        hit &= chance(rng, USUAL * slip.share / 1000 * sloppy, len(free))
        found = np.flatnonzero(hit)
        free[found] = False
        rows.append(found)
        kinds.append(np.full(len(found), number))
    row, kind = np.concatenate(rows), np.concatenate(kinds)
    order = np.lexsort((row, kind))
    row, kind = row[order], kind[order]
    return Slips(row, kind, _mended(rng, columns, row, kind))


def _outage(plan: Plan, columns: Columns) -> Array:
    if plan.outage is None:
        return np.empty(0, np.int64)
    code, day = plan.outage
    start = np.datetime64(day)
    during = (columns["accepted_on"] >= start) & (columns["accepted_on"] < start + OUTAGE_DAYS)
    return np.flatnonzero(during & (columns["court"] == code))


def _mended(rng: np.random.Generator, columns: Columns, row: Array, kind: Array) -> Array:
    noticed = np.full(len(row), NAT_DAY)
    for number, slip in enumerate(KINDS):
        mine = kind == number
        noticed[mine] = columns[slip.on][row[mine]]
    put_right = noticed + among(rng, 8, 75, len(row))
    stays = ~chance(rng, MENDED, len(row)) | (kind == KINDS.index(OUTAGE))
    return np.where(stays, NAT_DAY, put_right)
