"""Ranks with ties."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal


def ranks(
    values: Mapping[str, Decimal | None],
    ties: Literal["competition", "dense"] = "competition",
    *,
    highest_first: bool = True,
) -> dict[str, int | None]:
    """Name → rank: 1, 2, 2, 4 (``competition``) or 1, 2, 2, 3 (``dense``); who has no value has no rank.

    >>> ranks({"a": Decimal(3), "b": Decimal(2), "c": Decimal(2), "d": Decimal(1), "e": None})
    {'a': 1, 'b': 2, 'c': 2, 'd': 4, 'e': None}
    """
    known = sorted((v for v in values.values() if v is not None), reverse=highest_first)
    order = list(dict.fromkeys(known)) if ties == "dense" else known
    place: dict[Decimal, int] = {}
    for position, value in enumerate(order, 1):
        place.setdefault(value, position)
    return {name: None if value is None else place[value] for name, value in values.items()}
