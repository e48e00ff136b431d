"""Numbers with a unit in running text, exact as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_UNITS = "亿元|万元|万件|万人|元|件|人次|人|起|次|名|份|篇|场|个|家|户|条|项|宗|批|期|处|辆|套|亩|公里"
_QUANTITY = re.compile(
    r"(?P<rough>约|近|超过|超|逾|至少|不足|将近|大约)?(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>余|多)?[ ]?(?P<unit>{_UNITS})(?P<after>余|多|左右|以上|以下)?(?!月)"
)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` in ``unit``; ``rough`` when the text says about, over, or so."""

    value: Decimal
    unit: str
    start: int
    end: int
    rough: bool


def quantities(text: str) -> list[Quantity]:
    """All numbers with a unit of counting or money, in order.

    >>> [(str(q.value), q.unit, q.rough) for q in quantities("审结1,234件，标的5.6亿元，走访约30户，12个月")]
    [('1234', '件', False), ('5.6', '亿元', False), ('30', '户', True)]
    """
    return [
        Quantity(
            Decimal(m["number"].replace(",", "")),
            m["unit"],
            m.start("number"),
            m.end("unit"),
            bool(m["rough"] or m["more"] or m["after"]),
        )
        for m in _QUANTITY.finditer(text)
    ]


def _step(value: Decimal) -> Decimal:
    """One unit of the last place written: 5.6 → 0.1, 60 → 1."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def agrees(whole: Decimal, total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether ``whole`` is ``total`` up to the rounding of what was written; whole numbers must agree exactly."""
    slack = sum((_step(q.value) for q in (total, *parts) if _step(q.value) < 1), Decimal()) * _HALF
    return abs(whole - total.value) <= slack


def ratio_agrees(ratio: Decimal, percent: str) -> bool:
    """Whether ``ratio`` rounds (or was cut) to the percentage written.

    >>> ratio_agrees(Decimal(2) / 3, "66.7"), ratio_agrees(Decimal(2) / 3, "66.6"), ratio_agrees(Decimal(2) / 3, "67.6")
    (True, True, False)
    """
    stated = Decimal(percent)
    return abs(ratio * 100 - stated) < _step(stated)
