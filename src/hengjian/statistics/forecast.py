"""Forecasts that say how good they are: backtested month by month against the plain word of last year.

Which method is used follows from the length of the series alone, not from which looked best: from three years on
exponential smoothing with damped trend and season (on the logarithm), before that last year's months times the growth
of the months known twice. The comparison is the seasonal naive forecast: the same month of last year. The interval
comes from the errors of the backtest; how often it held is counted leaving the judged month out.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

YEAR = 12
SMOOTH_FROM = 3 * YEAR
LEAST = YEAR + 3
FIRST_ORIGIN = YEAR + 1
LEVEL = 0.8
SHRINK = 3.0
"""Months of weight given to "no growth", so that two or three months do not carry a trend."""


@dataclass(frozen=True, slots=True)
class Step:
    """One month ahead: ``low`` and ``high`` hold eight times in ten if errors stay what they were."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Tried:
    """One month of the backtest: made with the months before ``index``."""

    index: int
    seen: float
    said: float
    naive: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """``method``: ``smooth``, ``growth`` or ``none`` with ``why``; errors are means of absolute errors."""

    method: str
    steps: tuple[Step, ...] = ()
    tried: tuple[Tried, ...] = ()
    error: float | None = None
    naive_error: float | None = None
    covered: float | None = None
    why: str = ""

    @property
    def better(self) -> bool:
        """Whether it beat last year's months in the backtest."""
        return self.error is not None and self.naive_error is not None and self.error < self.naive_error


def forecast(series: Sequence[float], ahead: int = 6) -> Forecast:
    """``ahead`` months after the last of ``series`` (counts or amounts, none negative).

    >>> steady = [100, 80, 120, 110] * 6
    >>> made = forecast([float(x) for x in steady], 2)
    >>> made.method, [round(step.value) for step in made.steps]
    ('growth', [100, 80])
    """
    if len(series) < LEAST:
        return Forecast("none", why=f"只有 {len(series)} 个月的数，不足 {LEAST} 个月，不作预测。")
    smooth = len(series) >= SMOOTH_FROM
    tried = tuple(_backtest(series, smooth=smooth))
    if not tried:
        return Forecast("none", why="没有足够的月份可以回测，不作预测。")
    errors = [_log(one.seen) - _log(one.said) for one in tried]
    said = _ahead(series, ahead, smooth=smooth)
    return Forecast(
        "smooth" if smooth else "growth",
        tuple(_step(value, errors) for value in said),
        tried,
        sum(abs(one.seen - one.said) for one in tried) / len(tried),
        sum(abs(one.seen - one.naive) for one in tried) / len(tried),
        _coverage(tried, errors),
    )


def _backtest(series: Sequence[float], *, smooth: bool) -> list[Tried]:
    """One month ahead from every month on that leaves enough before it; over the last two years (one where each takes a fit)."""
    first = len(series) - YEAR if smooth else max(FIRST_ORIGIN, len(series) - 2 * YEAR)
    found = []
    for n in range(first, len(series)):
        said = _ahead(series[:n], 1, smooth=smooth)[0]
        found.append(Tried(n, series[n], said, series[n - YEAR]))
    return found


def _ahead(series: Sequence[float], ahead: int, *, smooth: bool) -> list[float]:
    return _smoothed(series, ahead) if smooth else _grown(series, ahead)


def _grown(series: Sequence[float], ahead: int) -> list[float]:
    """Last year's months times the growth of up to a year of months known twice, drawn towards none."""
    twice = min(YEAR, len(series) - YEAR)
    now, before = sum(series[-twice:]), sum(series[-twice - YEAR : -YEAR])
    weight = twice / (twice + SHRINK)
    growth = exp(weight * (_log(now) - _log(before)))
    known = list(series)
    for _ in range(ahead):
        known.append(known[-YEAR] * (growth if len(known) - len(series) < YEAR else 1.0))
    return known[len(series) :]


def _smoothed(series: Sequence[float], ahead: int) -> list[float]:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # slow to load; only long series need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converged: the backtest shows what that costs
        model = ExponentialSmoothing(
            [_log(x) for x in series], trend="add", damped_trend=True, seasonal="add", seasonal_periods=YEAR
        )
        said = model.fit().forecast(ahead)
    return [max(0.0, exp(float(value)) - 0.5) for value in said]


def _step(value: float, errors: Sequence[float]) -> Step:
    low, high = _quantiles(errors)
    return Step(value, _times(value, low), _times(value, high))


def _times(value: float, error: float) -> float:
    return max(0.0, (value + 0.5) * exp(error) - 0.5)


def _quantiles(errors: Sequence[float]) -> tuple[float, float]:
    """The bounds of the middle ``LEVEL`` of the errors, a little wide as few errors demand."""
    ordered = sorted(errors)
    reach = (len(ordered) + 1) * (1 - LEVEL) / 2
    below = max(0, int(reach) - 1)
    return min(0.0, ordered[below]), max(0.0, ordered[-1 - below])


def _coverage(tried: Sequence[Tried], errors: Sequence[float]) -> float | None:
    if len(tried) < 3:
        return None
    held = 0
    for n, error in enumerate(errors):
        low, high = _quantiles([*errors[:n], *errors[n + 1 :]])
        held += low <= error <= high
    return held / len(tried)


def _log(x: float) -> float:
    return log(max(0.0, x) + 0.5)
