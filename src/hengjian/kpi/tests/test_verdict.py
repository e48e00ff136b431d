"""At, above and below the threshold; how many cases are missing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengjian.kpi import judge, ranks, short_by
from hengjian.kpi.result import shown

D = Decimal


@pytest.mark.parametrize(
    ("compare", "below", "at", "above"),
    [
        ("at_least", False, True, True),
        ("more_than", False, False, True),
        ("at_most", True, True, False),
        ("less_than", True, False, False),
        ("equals", False, True, False),
    ],
)
def test_every_comparison_at_its_threshold(compare, below, at, above):
    found = [judge(Fraction(value), D(90), compare) for value in ("89.9999999", "90", "90.0000001")]
    assert found == [below, at, above]


@given(
    st.integers(1, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
    st.decimals("0.01", "100", places=2),
    st.sampled_from(["at_least", "more_than"]),
)
def test_the_missing_cases_are_just_enough(counts, target, compare):
    top, bottom = counts
    missing = short_by(D(top), D(bottom), target, compare, 100)

    def met(extra):
        return judge(Fraction(100 * (top + extra), bottom), target, compare)

    assert met(missing)
    assert (missing > 0) == (not met(0))
    assert missing == 0 or not met(missing - 1)


def test_an_upper_limit_counts_what_is_over():
    assert short_by(D(12), D(100), D(10), "at_most", 100) == 2
    assert short_by(D(10), D(100), D(10), "less_than", 100) == 1
    assert short_by(D(9), D(100), D(10), "at_most", 100) == 0


def test_a_ratio_counts_its_numerator():
    assert short_by(D(39), D(200), D("0.2"), "at_least") == 1


def test_what_is_short_is_never_shown_as_enough():
    assert shown(D("98.99999"), D(99)) < 99
    assert shown(D("10.00001"), D(10)) > 10
    assert shown(D("98.99999"), None) == 99


def test_ties_share_a_rank_and_who_has_no_value_has_none():
    values = {"甲": D(3), "乙": D(2), "丙": D(2), "丁": D(1), "戊": None}
    assert list(ranks(values).values()) == [1, 2, 2, 4, None]
    assert list(ranks(values, "dense").values()) == [1, 2, 2, 3, None]
    assert ranks({"甲": D(3), "乙": D(2)}, highest_first=False) == {"甲": 2, "乙": 1}
