"""What a demo office is: its logins and the lives it leads. Each lives in a module of its own in ``offices/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules

from hengjian.web.demo import offices
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.court import Court

Begun = tuple[Court, Iterable[Life]]


@dataclass(frozen=True, slots=True)
class Office:
    """``begin(now, seed)`` makes units and people and hands back the lives to be lived up to ``now``.

    ``logins``: (login, what it is), the ones a visitor is shown. Every office draws from its own random numbers, so
    adding one changes nothing in the others.
    """

    title: str
    order: int
    logins: tuple[tuple[str, str], ...]
    begin: Callable[[datetime, int], Begun]


def all_offices() -> list[Office]:
    """Every module of the folder ``offices`` has an ``OFFICE``; adding a file adds an office."""
    names = [module.name for module in iter_modules(offices.__path__)]
    found: list[Office] = [import_module(f"{offices.__name__}.{name}").OFFICE for name in names]
    return sorted(found, key=lambda office: office.order)
