"""Where duties come from. A source is ``(look) -> rows`` with a constant number of queries, however many rows.

``@source`` (``@personal`` if the rows hang on the person) in any module
named ``duty_sources`` of an app, or here; all are found at start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hengjian.apps.duties.look import Look
from hengjian.apps.duties.rows import DutyRow

Source = Callable[[Look], Iterable[DutyRow]]

_sources: dict[str, Source] = {}
_personal: set[str] = set()


def source(function: Source) -> Source:
    """Register; the module and name of the function are its key, so that a reload does not double it."""
    _sources[_name(function)] = function
    return function


def personal(function: Source) -> Source:
    """A source whose rows hang on the person, not on the seats the person holds."""
    _personal.add(_name(function))
    return source(function)


def is_personal(function: Source) -> bool:
    return _name(function) in _personal


def _name(function: Source) -> str:
    return f"{function.__module__}.{function.__name__}"


def all_sources() -> list[Source]:
    return list(_sources.values())
