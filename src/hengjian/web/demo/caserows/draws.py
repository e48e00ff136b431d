"""Small vectorised draws: words by weight, days by season, numbers within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from hengjian.web.demo.caserows.plan import NAT_DAY, Array

NAT = NAT_DAY
MONTHS = np.array([0.93, 0.62, 1.12, 1.10, 1.06, 1.04, 1.02, 0.98, 1.08, 1.03, 1.09, 0.93])
"""How busy the filing window is, January to December: the spring festival empties February."""
NOTHING = np.array(None, object)
WEEKDAYS = np.array([1.18, 1.06, 1.0, 0.98, 0.88, 0.0, 0.0])


def words(choices: Sequence[str | None]) -> Array:
    """An array of objects, so that None may stand in it."""
    made = np.empty(len(choices), object)
    made[:] = list(choices)
    return made


def pick(rng: np.random.Generator, weights: Mapping[str, float], rows: int) -> Array:
    """``rows`` words drawn by weight."""
    shares = np.array(list(weights.values()), float)
    return words(list(weights))[rng.choice(len(shares), rows, p=shares / shares.sum())]


def among(rng: np.random.Generator, low: Array | int, high: Array | int, rows: int) -> Array:
    """Whole numbers from ``low`` to ``high``, both included."""
    bottom = np.broadcast_to(np.asarray(low), rows)
    top = np.maximum(np.broadcast_to(np.asarray(high), rows), bottom)
    drawn: Array = bottom + np.floor(rng.random(rows) * (top - bottom + 1)).astype(np.int64)
    return drawn


def spans(rng: np.random.Generator, low: Array, high: Array) -> Array:
    """Days between two bounds, leaning to the long end as work under a time limit does."""
    share = rng.beta(2.2, 1.8, len(low))
    return low + np.round((high - low) * share).astype(np.int64)


def chance(rng: np.random.Generator, share: Array | float, rows: int) -> Array:
    hit: Array = rng.random(rows) < share
    return hit


def on_workday(days: Array) -> Array:
    """The same day, or the Monday after a weekend."""
    weekday = (days.astype(np.int64) + 3) % 7
    moved = days + np.where(weekday >= 5, 7 - weekday, 0)
    return np.where(np.isnat(days), NAT, moved)


def filing_days(rng: np.random.Generator, first: np.datetime64, last: np.datetime64, rows: int) -> Array:
    """Working days by season, sorted; a little more from year to year."""
    days = np.arange(first, last + 1)
    months = days.astype("datetime64[M]").astype(int) % 12
    weekday = (days.astype(np.int64) + 3) % 7
    growth = 1 + 0.06 * (days - first).astype(int) / 365
    weight = MONTHS[months] * WEEKDAYS[weekday] * growth
    return np.sort(days[rng.choice(len(days), rows, p=weight / weight.sum())])


def before_new_year(rng: np.random.Generator, closed: Array, at_least: Array) -> Array:
    """Half of what would close in the first weeks of January is finished in the last ten days of December."""
    year = closed.astype("datetime64[Y]")
    into = (closed - year.astype("datetime64[D]")).astype(int)
    earlier = year.astype("datetime64[D]") - 1 - among(rng, 0, 10, len(closed))
    move = (into < 25) & chance(rng, 0.5, len(closed)) & (earlier >= at_least)
    return np.where(move, earlier, closed)


def only(mask: Array, values: Array) -> Array:
    """The values where ``mask`` holds, else empty in the manner of their kind."""
    if values.dtype == object:
        return np.where(mask, values, NOTHING)
    if values.dtype.kind == "M":
        return np.where(mask, values, NAT)
    return np.where(mask, values.astype(float), np.nan)
