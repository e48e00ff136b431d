"""Points are exact; shares add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.base.points import plain, share_by_weight

AMOUNTS = st.decimals(-10000, 10000, places=2)
WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_to_the_whole(whole, weights):
    assert sum(share_by_weight(whole, weights)) == whole


@given(AMOUNTS, WEIGHTS)
def test_no_share_is_a_cent_away_from_the_exact_one(whole, weights):
    for share, weight in zip(share_by_weight(whole, weights), weights, strict=True):
        assert abs(share - whole * weight / sum(weights)) < Decimal("0.01")


@given(st.integers(0, 10000), st.integers(1, 9), st.integers(1, 9))
def test_equal_weights_differ_by_a_cent_at_most_and_the_first_gets_it(cents, count, weight):
    shares = share_by_weight(Decimal(cents) / 100, [weight] * count)
    assert shares == sorted(shares, reverse=True)
    assert max(shares) - min(shares) <= Decimal("0.01")


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1, 3]])
def test_weights_without_sense_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        share_by_weight(Decimal(1), weights)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5.00", "5"),
        ("57.50", "57.5"),
        ("-20", "-20"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("1E+2", "100"),
        ("100", "100"),
    ],
)
def test_points_are_written_plainly(value, text):
    assert plain(Decimal(value)) == text
