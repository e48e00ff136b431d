"""Exact points. Scores are Decimals; a share of points always adds up to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

CENT = Decimal("0.01")


def plain(value: Decimal) -> str:
    """Write points without trailing zeros or exponent.

    >>> plain(Decimal("5.00")), plain(Decimal("57.50")), plain(Decimal("-20"))
    ('5', '57.5', '-20')
    """
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def share_by_weight(whole: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """Split ``whole`` by ``weights`` in cents by largest remainder; ties go to the first listed.

    Weights are non-negative integers with a positive sum (ValueError otherwise).

    >>> share_by_weight(Decimal(5), [1, 1, 1])
    [Decimal('1.67'), Decimal('1.67'), Decimal('1.66')]
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative with a positive sum")
    exact = [whole * weight / total for weight in weights]
    shares = [value.quantize(CENT, rounding=ROUND_DOWN) for value in exact]
    missing = int((whole - sum(shares)) / CENT)
    step = CENT if missing >= 0 else -CENT
    order = sorted(range(len(weights)), key=lambda i: (-abs(exact[i] - shares[i]), i))
    for i in order[: abs(missing)]:
        shares[i] += step
    return shares
