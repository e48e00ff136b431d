"""Numbers of a clause: written directly, or by the name of a dated parameter."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hengjian.base.errors import HengjianError

Number = Callable[[int | str | None], int | None]
Lookup = Callable[[str], Decimal | int | None]


def reader(lookup: Lookup | None) -> Number:
    """A function that turns an amount into a number; None stays None, an ended parameter becomes None."""

    def number(value: int | str | None) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if lookup is None:
            raise HengjianError(f"校验用到参数“{value}”，但没有给出参数表，请随条款一并给出。")
        found = lookup(value)
        return None if found is None else int(found)

    return number
