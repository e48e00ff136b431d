"""Seats a regulation asks for where no post has ever been set up: other apps know them, the list of vacancies shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import ROLES


@dataclass(frozen=True, slots=True)
class UnsetSeat:
    """A post of ``role`` is due at ``unit`` under ``article`` (``duty``: what the text calls it), and there is none."""

    unit: Unit
    role: str
    duty: str
    article: str

    @property
    def role_label(self) -> str:
        return ROLES[self.role].label


Source = Callable[[Actor], Iterable[UnsetSeat]]
_sources: list[Source] = []


def add(source: Source) -> None:
    """Register at start-up; asked once a page."""
    _sources.append(source)


def unset_seats(actor: Actor) -> list[UnsetSeat]:
    """In the order of the sources; a seat two regulations ask for is told once."""
    found: dict[tuple[int, str], UnsetSeat] = {}
    for source in _sources:
        for seat in source(actor):
            found.setdefault((seat.unit.pk, seat.role), seat)
    return list(found.values())
