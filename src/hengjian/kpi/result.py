"""What comes out: one row a unit and indicator, with everything needed to explain it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

PLACES = Decimal("0.0001")


class Status(StrEnum):
    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no_target"
    EXTERNAL_TARGET = "external_target"
    NO_DATA = "no_data"
    TOO_FEW = "too_few"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.MET: "达标",
    Status.MISSED: "未达标",
    Status.NO_TARGET: "没有标准",
    Status.EXTERNAL_TARGET: "标准另定",
    Status.NO_DATA: "没有数据",
    Status.TOO_FEW: "件数过少",
}


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one figure; also its explanation row.

    ``target_from`` is the version of the target; ``other_target`` the one that held at the other end of the period
    when it changed in between. ``short_by`` counts the cases still missing (over, for an upper limit). ``answers``:
    the unit is listed as responsible. ``value`` is exact to four places and never rounded across the target.
    """

    indicator: str
    unit: str
    period: str
    clause: str
    articles: tuple[str, ...]
    readings: tuple[str, ...]
    status: Status
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    target: Decimal | None = None
    target_from: date | None = None
    other_target: Decimal | None = None
    other_from: date | None = None
    short_by: int | None = None
    lead: tuple[str, ...] = ()
    answers: bool = True
    evidence: tuple[str, ...] = ()
    note: str = ""


def shown(exact: Decimal, target: Decimal | None) -> Decimal:
    """The exact value to four places; what falls short of a target is not rounded up to it.

    >>> shown(Decimal("98.99999"), Decimal(99)), shown(Decimal("97.5"), None)
    (Decimal('98.9999'), Decimal('97.5000'))
    """
    rounded = exact.quantize(PLACES, ROUND_HALF_UP)
    if target is not None and exact < target <= rounded:
        return exact.quantize(PLACES, ROUND_FLOOR)
    if target is not None and exact > target >= rounded:
        return rounded + PLACES
    return rounded
