"""What is registered, as far as the one who asks may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hengjian.figures.spans import Span

Dims = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """What a number is of. ``court`` ends in ``+`` when the courts below are counted too."""

    concept: str
    court: str
    span: Span
    dims: Dims = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A registered figure. ``secret``: before its time; such entries are given only to those who may know of them.

    ``older``: what was published before it was restated, newest first, as (written, value).
    """

    id: int
    place: Place
    value: Decimal
    measure: str
    written: str
    release: str
    secret: bool = False
    inside: bool = False  # open, but not to the public
    older: tuple[tuple[str, Decimal], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    entries: Mapping[Place, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Register:
        return cls({entry.place: entry for entry in entries})

    def find(self, place: Place) -> Entry | None:
        return self.entries.get(place)
