"""Units of figures: which can be compared, and by what factor."""

from __future__ import annotations

from decimal import Decimal

_FAMILIES: dict[str, dict[str, Decimal]] = {
    "件": {"件": Decimal(1), "件次": Decimal(1), "起": Decimal(1), "宗": Decimal(1), "万件": Decimal(10**4)},
    "元": {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)},
    "人": {"人": Decimal(1), "名": Decimal(1), "人次": Decimal(1), "万人": Decimal(10**4), "万人次": Decimal(10**4)},
    "%": {"%": Decimal(1), "‰": Decimal("0.1")},
    "个百分点": {"个百分点": Decimal(1), "百分点": Decimal(1)},
    "天": {"天": Decimal(1)},
    "份": {"份": Decimal(1), "万份": Decimal(10**4)},
    "次": {"次": Decimal(1), "万次": Decimal(10**4)},
}  # fmt: skip
UNITS: dict[str, tuple[str, Decimal]] = {
    unit: (family, factor) for family, units in _FAMILIES.items() for unit, factor in units.items()
}


def family_of(unit: str) -> tuple[str, Decimal]:
    """The unit all of its kind are counted in, and how many of those it is; an unknown unit is its own family.

    >>> family_of("万元"), family_of("平方米")
    (('元', Decimal('10000')), ('平方米', Decimal('1')))
    """
    return UNITS.get(unit.strip(), (unit.strip(), Decimal(1)))
