"""Unusual months and forecasts: seasons are no surprise, planted months are, small numbers keep silent."""

from __future__ import annotations

import random
from math import sin, tau

import pytest

from hengjian.statistics.forecast import forecast
from hengjian.statistics.unusual import watch, watch_all


def seasonal(months: int, level: float, seed: int = 1, growth: float = 0.0) -> list[float]:
    rng = random.Random(seed)
    found = []
    for n in range(months):
        mean = level * (1 + 0.3 * sin(tau * n / 12)) * (1 + growth) ** (n / 12)
        found.append(float(round(rng.gauss(mean, mean**0.5))))
    return found


@pytest.mark.parametrize("months", [24, 48])
def test_a_planted_month_is_found_and_the_season_is_not(months: int) -> None:
    series, others = seasonal(months, 200), [seasonal(months, 500, n) for n in (2, 3, 4)]
    assert watch(series, others).found == ()
    series[months - 5] *= 1.6
    found = watch(series, others)
    assert [one.index for one in found.found] == [months - 5]
    assert found.method == ("stl" if months >= 36 else "peers")
    assert found.found[0].score > 3.5


def test_a_court_of_few_cases_is_not_accused_of_chance() -> None:
    series = [1.0, 3.0, 0.0, 5.0, 2.0, 1.0, 4.0, 0.0, 2.0, 6.0, 1.0, 2.0]
    assert watch(series, [[500.0] * 12] * 3).found == ()


def test_months_before_a_court_gets_going_are_too_little_history() -> None:
    """Appeals come after judgments: the first months are no sign of anything, a dip later is."""
    series, others = seasonal(24, 200), [seasonal(24, 500, n) for n in (2, 3, 4)]
    rising = [0.0, 0.0, 20.0, 70.0, *series[4:]]
    found = watch(rising, others)
    assert (found.found, found.early) == ((), 4)
    rising[15] = 40.0
    assert [one.index for one in watch(rising, others).found] == [15]
    assert watch(series, others).early == 0


def test_a_court_that_began_lately_is_not_judged() -> None:
    found = watch([0.0] * 20 + [200.0] * 4, [seasonal(24, 500, n) for n in (2, 3, 4)])
    assert (found.method, found.early) == ("none", 20) and "4 个月" in found.why


def test_a_court_without_cases_is_no_beginning() -> None:
    found = watch([0.0] * 12, [[500.0] * 12] * 3)
    assert (found.found, found.early) == ((), 0)


def test_too_few_months_are_said_so() -> None:
    found = watch([1.0] * 4, [[2.0] * 4] * 3)
    assert found.method == "none" and "4 个月" in found.why


def test_too_few_courts_to_compare_with_are_said_so() -> None:
    found = watch([5.0] * 12, [[2.0] * 12])
    assert found.method == "none" and "1 个" in found.why


def test_all_courts_are_compared_with_the_others() -> None:
    series = {name: seasonal(24, 150, n) for n, name in enumerate("abcde", 1)}
    series["b"][20] = 3.0
    found = watch_all(series)
    assert [name for name, one in found.items() if any(u.index == 20 for u in one.found)] == ["b"]


@pytest.mark.parametrize("months", [24, 48])
def test_growth_is_forecast_better_than_by_last_year(months: int) -> None:
    made = forecast(seasonal(months, 400, growth=0.25), 6)
    assert made.better and len(made.steps) == 6
    assert all(step.low <= step.value <= step.high for step in made.steps)
    assert made.covered is not None and 0.5 <= made.covered <= 1


def test_a_method_that_does_not_win_says_so() -> None:
    """Growth that breaks off: last year's months are the better word."""
    first = [100.0] * 12 + [150.0] * 3 + [100.0] * 9
    made = forecast(first, 3)
    assert made.method == "growth" and not made.better
    assert made.error is not None and made.naive_error is not None and made.error >= made.naive_error


def test_a_month_of_the_backtest_knows_nothing_of_itself_or_later() -> None:
    series = seasonal(24, 300)
    before = {one.index: one.said for one in forecast(series).tried}
    series[20] = 9999.0
    after = {one.index: one.said for one in forecast(series).tried}
    assert all(before[n] == after[n] for n in range(13, 21)) and before[22] != after[22]


def test_short_series_are_not_forecast() -> None:
    assert forecast([1.0] * 10).method == "none"


def test_zero_months_do_not_break_anything() -> None:
    made = forecast([0.0] * 24, 3)
    assert [step.value for step in made.steps] == [0.0, 0.0, 0.0] and not made.better


def test_where_most_months_are_empty_no_month_is_unusual() -> None:
    rest = [[100.0 + n for n in range(12)]] * 4
    seldom = watch([0, 0, 0, 2984, 0, 0, 0, 0, 12, 0, 0, 0], rest)
    assert seldom.found == () and "没有数" in seldom.why
    assert watch([90, 91, 92, 2984, 94, 95, 0, 97, 98, 99, 100, 101], rest).found
