"""Large streams in handy pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most ``size`` rows; nothing for an empty stream. (Python 3.12 has it in itertools.)

    >>> list(batched("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    stream = iter(rows)
    while piece := list(islice(stream, size)):
        yield piece
