"""A figure against a target: met or not, and how many cases are missing. Exact fractions, no floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Compare = Literal["at_least", "more_than", "at_most", "less_than", "equals"]

WORDS: dict[str, str] = {
    "at_least": "达到 {}",
    "more_than": "超过 {}",
    "at_most": "不超过 {}",
    "less_than": "低于 {}",
    "equals": "等于 {}",
}


def judge(value: Fraction, target: Decimal, compare: Compare) -> bool:
    """Whether a value stands against its target; at the threshold itself “at least” is met, “more than” is not.

    >>> judge(Fraction(99), Decimal(99), "at_least"), judge(Fraction(99), Decimal(99), "more_than")
    (True, False)
    """
    bar = Fraction(target)
    match compare:
        case "at_least":
            return value >= bar
        case "more_than":
            return value > bar
        case "at_most":
            return value <= bar
        case "less_than":
            return value < bar
        case "equals":
            return value == bar


def short_by(
    numerator: Decimal, denominator: Decimal, target: Decimal, compare: Compare, scale: int = 1
) -> int:
    """How many cases the numerator must still gain (over an upper limit: lose), the denominator as it is.

    ``scale`` is 100 where the target is a percentage. 0: nothing is missing.

    >>> short_by(Decimal(195), Decimal(200), Decimal(99), "at_least", scale=100)
    3
    >>> short_by(Decimal(198), Decimal(200), Decimal(99), "more_than", scale=100)
    1
    """
    bar, have = Fraction(target) * Fraction(denominator) / scale, Fraction(numerator)
    match compare:
        case "at_least":
            return max(0, ceil(bar - have))
        case "more_than":
            return max(0, floor(bar - have) + 1)
        case "at_most":
            return max(0, ceil(have - bar))
        case "less_than":
            return max(0, floor(have - bar) + 1)
        case "equals":
            return abs(ceil(bar - have))
