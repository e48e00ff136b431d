"""How the problems of a period were handled, for a notice: asked of whoever keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period

Rows = Callable[[Scene, Period], list[dict[str, Any]]]
_providers: list[Rows] = []


def provide(function: Rows) -> Rows:
    """Another app says how its tickets went: rows with ``origin, kind, handled``."""
    if function not in _providers:
        _providers.append(function)
    return function


def ticket_rows(scene: Scene, period: Period) -> list[dict[str, Any]]:
    return [row for provider in _providers for row in provider(scene, period)]
