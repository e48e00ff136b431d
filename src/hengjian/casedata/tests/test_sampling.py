"""Samples that can be drawn again, rates with intervals, agreement, reconciliation."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.errors import HengjianError
from hengjian.casedata.reconcile import Level, with_cases, with_units
from hengjian.casedata.sampling import (
    Rounding,
    Sample,
    agreement,
    allot,
    draw,
    error_rate,
    sample_size,
    verify,
)

ONE = Decimal("0.01")
CASES = [(f"case{n}", ["民初", "刑初", "执"][n % 7 // 3]) for n in range(1000)]


def test_the_same_seed_draws_the_same_cases_in_any_order() -> None:
    shuffled = random.Random(1).sample(CASES, len(CASES))
    assert draw(CASES, "42", ONE) == draw(shuffled, "42", ONE)
    assert set(draw(CASES, "42", ONE).keys) != set(draw(CASES, "43", ONE).keys)


def test_a_case_added_elsewhere_does_not_move_the_others() -> None:
    before = [one.digest for one in draw(CASES, "42", Decimal(1)).drawn if one.stratum == "执"]
    after = [
        one.digest for one in draw([*CASES, ("new", "民初")], "42", Decimal(1)).drawn if one.stratum == "执"
    ]
    assert before == after


def test_a_changed_sample_is_found_out() -> None:
    sample = draw(CASES, "42", ONE)
    assert verify(sample, CASES, ONE) == []
    swapped = Sample(sample.seed, sample.drawn[1:], sample.sizes)
    assert verify(swapped, CASES, ONE) == [f"案件“{sample.drawn[0].key}”按种子应当抽到，样本里没有。"]


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1, max_size=8), st.data())
def test_strata_get_their_share_within_one(populations: dict[str, int], data: st.DataObject) -> None:
    total = sum(populations.values())
    size = data.draw(st.integers(0, total))
    parts = allot(populations, size)
    assert sum(parts.values()) == size
    for name, count in populations.items():
        assert abs(parts[name] - size * count / total) < 1
        assert parts[name] <= count


@pytest.mark.parametrize(
    ("population", "mode", "expected"),
    [(60, "up", 1), (60, "down", 1), (149, "nearest", 1), (150, "nearest", 2), (101, "up", 2), (0, "up", 0)],
)
def test_small_courts_are_drawn_at_least_once(population: int, mode: str, expected: int) -> None:
    assert sample_size(population, ONE, rounding=Rounding(mode)) == expected


def test_a_sample_needs_a_seed_and_distinct_cases() -> None:
    with pytest.raises(HengjianError, match="种子"):
        draw(CASES, " ", ONE)
    with pytest.raises(HengjianError, match="出现两次"):
        draw([("a", "x"), ("a", "y")], "1", ONE)
    assert draw([], "1", ONE).drawn == ()


@given(st.integers(1, 400), st.data())
def test_the_interval_holds_the_rate_and_narrows_with_the_population(n: int, data: st.DataObject) -> None:
    errors = data.draw(st.integers(0, n))
    wide, narrow = error_rate(errors, n), error_rate(errors, n, population=n + 5)
    assert wide.low is not None and wide.high is not None and wide.value is not None
    assert narrow.low is not None and narrow.high is not None
    assert 0 <= wide.low <= wide.value + 1e-9 and wide.value - 1e-9 <= wide.high <= 1
    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-9
    whole = error_rate(errors, n, population=n) if n > 1 else None
    assert whole is None or whole.low == whole.high == whole.value


def test_nothing_reviewed_has_no_rate_and_everything_equal_has_no_kappa() -> None:
    assert error_rate(0, 0).value is None
    assert agreement("AAA", "AAA").kappa is None
    assert agreement("AB", "BA").kappa == -1
    with pytest.raises(HengjianError, match="补齐"):
        agreement("A", "AB")


def test_cells_and_cases_are_compared_both_ways() -> None:
    reported = {("甲", "新收"): Decimal(2), ("甲", "结案"): Decimal(1), ("乙", "新收"): Decimal(0)}
    found = with_cases(reported, {("甲", "新收"): ["1", "2", "2"], ("乙", "结案"): ["9"]})
    assert [(d.unit, d.item, d.reported, d.counted, d.cases) for d in found] == [
        ("乙", "结案", None, 1, ("9",)),
        ("甲", "结案", 1, 0, ()),
    ]


def test_a_unit_that_does_not_equal_the_units_below_is_named() -> None:
    reported = {
        ("市", "a"): Decimal(3),
        ("甲", "a"): Decimal(1),
        ("乙", "a"): Decimal(2),
        ("市", "b"): Decimal(9),
    }
    below = {"市": ("甲", "乙")}
    assert with_units(reported, below) == []
    found = with_units(reported | {("乙", "a"): Decimal(5), ("甲", "c"): Decimal(1)}, below)
    assert [(d.level, d.item, d.by) for d in found] == [(Level.UNITS, "a", -3), (Level.UNITS, "c", -1)]
