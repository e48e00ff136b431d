"""Months that stand out: seasonal, robust, and silent where the numbers are too small to say anything.

Counts are looked at on the scale ``2√(x + 3/8)``, on which chance alone gives a spread of one whatever the level. What
is expected comes either from the court's own seasons (STL, from three years on) or, before that, from the other courts
in the same months: the middle one of their ups and downs carries the season, so that no single court does. A residual
is measured against the median of the residuals and their MAD, never less than chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import median

YEAR = 12
STL_FROM = 3 * YEAR
LEAST = 6
LEAST_PEERS = 3
SEASONAL = 35  # years looked at for a month: practically all, so that one odd year is no season
LIMIT = 3.5
BEGUN = 0.5
"""Of what is usual, to be reached once: months before that are too little history to judge, not unusual."""
MAD_TO_SD = 1.4826


@dataclass(frozen=True, slots=True)
class Unusual:
    """``score``: how many robust standard deviations the month is off what is expected."""

    index: int
    seen: float
    expected: float
    score: float


@dataclass(frozen=True, slots=True)
class Watch:
    """``method``: ``stl``, ``peers`` or ``none``; ``why`` says why nothing could be said. ``early``: how many months at
    the start are too little history to be judged."""

    method: str
    found: tuple[Unusual, ...]
    why: str = ""
    early: int = 0


def watch(series: Sequence[float], others: Sequence[Sequence[float]], *, limit: float = LIMIT) -> Watch:
    """Unusual months of one court; ``others``: the same months of the other courts, one series each.

    >>> rest = [[10 * n for n in (40, 44, 41, 43, 43, 42, 39, 41)]] * 3
    >>> [(one.index, round(one.expected)) for one in watch([40, 44, 41, 90, 43, 42, 39, 41], rest).found]
    [(3, 43)]
    """
    early = next((n for n, x in enumerate(series) if x), 0)
    while True:
        method, expected, why = _expected(series[early:], [one[early:] for one in others])
        begun = _begun(series[early:], expected)
        if not begun:
            break
        early += begun
    found = _judged(series[early:], expected, limit) if expected else ()
    return Watch(method, tuple(replace(one, index=one.index + early) for one in found), why, early)


def _expected(series: Sequence[float], others: Sequence[Sequence[float]]) -> tuple[str, Sequence[float], str]:
    """Method, what is expected month by month, and where nothing is, why."""
    if len(series) >= STL_FROM:
        return "stl", _own_season(series), ""
    if len(series) < LEAST:
        return "none", (), f"只有 {len(series)} 个月的数，不足 {LEAST} 个月，不作判断。"
    if 2 * sum(x != 0 for x in series) < len(series):
        return "none", (), "一半以上的月份没有数，说不上平常是多少，不作判断。"
    peers = [(one, mean) for one in others if (mean := sum(one) / len(one)) > 0]
    if len(peers) < LEAST_PEERS:
        return "none", (), f"可比的法院只有 {len(peers)} 个，不足 {LEAST_PEERS} 个，不作判断。"
    return "peers", _with_peers(series, peers), ""


def _begun(series: Sequence[float], expected: Sequence[float]) -> int:
    """Months at the start that never come near what is usual later: a court (or its records) only beginning."""
    pairs = enumerate(zip(series, expected, strict=False))
    return next((n for n, (x, usual) in pairs if x >= BEGUN * usual), 0)


def _with_peers(series: Sequence[float], peers: Sequence[tuple[Sequence[float], float]]) -> list[float]:
    shape = [_middle([(one[n] / mean, mean) for one, mean in peers]) for n in range(len(series))]
    shares = [x / index for x, index in zip(series, shape, strict=True) if index > 0]
    level = median(shares) if shares else 0.0
    return [level * index for index in shape]


def _middle(weighted: Sequence[tuple[float, float]]) -> float:
    """The weighted median: large courts say more about a season than small ones."""
    half, so_far = sum(weight for _, weight in weighted) / 2, 0.0
    for value, weight in sorted(weighted):
        so_far += weight
        if so_far >= half:
            return value
    return 0.0


def _own_season(series: Sequence[float]) -> list[float]:
    from statsmodels.tsa.seasonal import STL  # slow to load; only long series need it

    scaled = [_scale(x) for x in series]
    fit = STL(scaled, period=YEAR, seasonal=SEASONAL, seasonal_deg=0, robust=True).fit()
    return [max(0.0, _unscale(t + s)) for t, s in zip(fit.trend, fit.seasonal, strict=True)]


def _judged(series: Sequence[float], expected: Sequence[float], limit: float) -> tuple[Unusual, ...]:
    gaps = [_scale(x) - _scale(e) for x, e in zip(series, expected, strict=True)]
    middle = median(gaps)
    spread = max(1.0, MAD_TO_SD * median(abs(gap - middle) for gap in gaps))
    scores = [(gap - middle) / spread for gap in gaps]
    return tuple(
        Unusual(n, series[n], expected[n], score) for n, score in enumerate(scores) if abs(score) > limit
    )


def _scale(x: float) -> float:
    return 2 * sqrt(max(0.0, x) + 0.375)


def _unscale(y: float) -> float:
    return (y / 2) ** 2 - 0.375 if y > 0 else 0.0


def watch_all(series: Mapping[str, Sequence[float]], *, limit: float = LIMIT) -> dict[str, Watch]:
    """Every court against all the others."""
    return {
        name: watch(one, [rest for other, rest in series.items() if other != name], limit=limit)
        for name, one in series.items()
    }
