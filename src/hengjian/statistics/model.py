"""Definition cards (口径): what a figure counts, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Shape(StrEnum):
    """Closed set; a new shape is code, a new card is not."""

    COUNT = "count"  # cases whose ``date`` falls into the span
    STOCK = "stock"  # cases begun and not ended at the first moment of the span, or at its end
    SUM = "sum"  # ``of`` added up over cases whose ``date`` falls into the span
    MEAN = "mean"  # the same divided by the number of the cases
    RATIO = "ratio"  # cards ``top`` over cards ``bottom``

    @property
    def label(self) -> str:
        return {"count": "计数", "stock": "时点存量", "sum": "合计", "mean": "平均", "ratio": "比率"}[
            self.value
        ]


class At(StrEnum):
    FIRST = "first"
    END = "end"


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
NEEDS = {
    Shape.COUNT: {"date"},
    Shape.STOCK: {"begun", "ended", "at"},
    Shape.SUM: {"date", "of"},
    Shape.MEAN: {"date", "of"},
    Shape.RATIO: {"top", "bottom"},
}
MAY = {Shape.STOCK: {"past"}}
PARTS = {"date", "begun", "ended", "at", "past", "of", "top", "bottom"}


class Card(BaseModel):
    """One version of a definition card. ``when`` narrows the cases (NULL = not counted); ``dims`` are the items it may
    be broken down by; ``past`` of a stock: a date before the moment, such as a deadline. ``until`` is the first day it no
    longer holds. ``ends``: from ``since`` on the concept is counted no more, until a later version takes it up again."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    key: Key
    version: Annotated[int, Field(ge=1)] = 1
    title: Annotated[str, Field(min_length=1, max_length=40)]
    unit: Annotated[str, Field(min_length=1, max_length=8)] = "件"
    shape: Annotated[Shape, Field(strict=False)]
    basis: Annotated[str, Field(max_length=100)] = ""
    owner: Annotated[str, Field(min_length=1, max_length=40)]
    since: Day
    until: Day | None = None
    ends: bool = False
    note: Annotated[str, Field(max_length=300)] = ""
    when: Annotated[str, Field(max_length=2000)] = ""
    date: Name | None = None
    begun: Name | None = None
    ended: Name | None = None
    at: Annotated[At | None, Field(strict=False)] = None
    past: Name | None = None
    of: Annotated[str | None, Field(max_length=500)] = None
    top: Annotated[tuple[Key, ...], Field(strict=False)] = ()
    bottom: Annotated[tuple[Key, ...], Field(strict=False)] = ()
    factor: Annotated[int, Field(ge=1, le=10_000)] = 1
    digits: Annotated[int, Field(ge=0, le=4)] = 0
    dims: Annotated[tuple[Name, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _parts_fit(self) -> Card:
        given = {name for name in PARTS if getattr(self, name)} - MAY.get(self.shape, set())
        needed = NEEDS[self.shape]
        if given != needed:
            wrong = sorted(given ^ needed)[0]
            raise ValueError(
                f"{self.shape.label}的口径要写 {'、'.join(sorted(needed))}，“{wrong}”多写或少写了。"
            )
        if self.shape is Shape.RATIO and self.when:
            raise ValueError("比率由分子、分母的口径决定，不能另写 when。")
        if self.until is not None and self.until <= self.since:
            raise ValueError("停用日期要晚于起用日期。")
        return self

    @property
    def divided(self) -> bool:
        """Whether the value is a quotient, so that courts cannot be added up."""
        return self.shape in (Shape.MEAN, Shape.RATIO)

    def holds(self, on: Day) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


class Balance(BaseModel):
    """An identity every table keeps: the cards of ``left`` add up to those of ``right``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    balance: Key
    title: Annotated[str, Field(min_length=1, max_length=60)]
    left: Annotated[tuple[Key, ...], Field(strict=False, min_length=1)]
    right: Annotated[tuple[Key, ...], Field(strict=False, min_length=1)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table: ``court`` is a code as the cases carry it, or the name of a group of courts; ``dims`` sorted."""

    card: str
    court: str
    span: str
    dims: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """``top`` and ``bottom`` are what was counted; ``value`` is rounded as the card says, None without a denominator."""

    top: Decimal
    bottom: Decimal | None
    value: Decimal | None


def value_of(card: Card, top: Decimal, bottom: Decimal | None) -> Value:
    """Round half up, as officials do.

    >>> card = Card(key="rate", title="率", shape="ratio", owner="o", since=Day(2020, 1, 1), top=("a1",),
    ...     bottom=("b1",), factor=100, digits=2)
    >>> value_of(card, Decimal(2), Decimal(3)).value
    Decimal('66.67')
    """
    if not card.divided:
        exact = top * card.factor
    elif not bottom:
        return Value(top, bottom, None)
    else:
        exact = card.factor * top / bottom
    return Value(top, bottom, exact.quantize(Decimal(1).scaleb(-card.digits), ROUND_HALF_UP))
