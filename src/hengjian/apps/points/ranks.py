"""Places in a ranking. Equal scores share a place; the next place counts them (1, 2, 2, 4) or not (1, 2, 2, 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")

SENTENCES = {
    "1224": "得分相同的名次并列，后面的名次按人（单位）数顺延（如 1、2、2、4）。",
    "1223": "得分相同的名次并列，后面的名次连续（如 1、2、2、3）。",
}
OF_SECTION = {"competition": "1224", "dense": "1223", "ordered": "1224"}


BANDS = ("前四分之一", "中上四分之一", "中下四分之一", "后四分之一")


def band_of(place: int | None, inside: int) -> str:
    """The quarter of the field a place lies in; equal places share it.

    >>> [band_of(place, 8) for place in (1, 2, 3, 8, None)]
    ['前四分之一', '前四分之一', '中上四分之一', '后四分之一', '—']
    """
    return "—" if place is None or not inside else BANDS[min((place - 1) * 4 // inside, 3)]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """``place`` is None for what is left out of the ranking; ``gap`` is the distance to the place above."""

    thing: T
    points: Decimal
    place: int | None
    gap: Decimal | None


def ranked(
    things: Iterable[T],
    points: Callable[[T], Decimal],
    *,
    ties: str = "1224",
    left_out: Callable[[T], bool] = lambda _: False,
) -> list[Placed[T]]:
    """Order by points, highest first; equal ones keep the order given; what is left out comes last.

    >>> [(p.place, p.gap) for p in ranked([5, 9, 5, 1], lambda x: Decimal(x))]
    [(1, None), (2, Decimal('4')), (2, Decimal('4')), (4, Decimal('4'))]
    """
    all_things = list(things)
    inside = sorted((t for t in all_things if not left_out(t)), key=lambda t: -points(t))
    found: list[Placed[T]] = []
    above: Decimal | None = None
    place = 0
    for n, thing in enumerate(inside, 1):
        score = points(thing)
        if not found or score != found[-1].points:
            above = found[-1].points if found else None
            place = n if ties == "1224" else place + 1
        found.append(Placed(thing, score, place, None if above is None else above - score))
    outside = sorted((t for t in all_things if left_out(t)), key=lambda t: -points(t))
    return found + [Placed(thing, points(thing), None, None) for thing in outside]
