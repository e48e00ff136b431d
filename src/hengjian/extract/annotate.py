"""The text as given, cut into pieces with the facts each piece proves: what a page highlights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = Sequence[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text; ``facts`` are the JSON pointers of the facts it proves, the narrowest first."""

    text: str
    start: int
    facts: tuple[str, ...] = ()


def annotate(text: str, spans: Mapping[str, Span]) -> Iterator[Piece]:
    """Cut ``text`` at the borders of all spans. The pieces put together are the text.

    >>> [(piece.text, piece.facts) for piece in annotate("书记员 魏记", {"/clerk": (4, 6)})]
    [('书记员 ', ()), ('魏记', ('/clerk',))]
    """
    length = len(text)
    known = {pointer: (start, end) for pointer, (start, end) in spans.items() if 0 <= start < end <= length}
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for pointer, (start, end) in known.items():
        opening.setdefault(start, []).append(pointer)
        closing.setdefault(end, []).append(pointer)
    borders = sorted({0, length, *opening, *closing})
    inside: set[str] = set()
    for here, there in pairwise(borders):
        inside.difference_update(closing.get(here, ()))
        inside.update(opening.get(here, ()))
        facts = sorted(inside, key=lambda pointer: (known[pointer][1] - known[pointer][0], pointer))
        yield Piece(text[here:there], here, tuple(facts))
