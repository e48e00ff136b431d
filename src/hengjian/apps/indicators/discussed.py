"""What meetings said about an indicator, an explanation or a notice: asked of whoever keeps the minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hengjian.apps.indicators.models import Card, Explanation, KpiNotice, Target
from hengjian.apps.indicators.who import Scene

Sources = Sequence[str]
Told = Callable[[Scene, Sources], list[Any]]
_providers: list[Told] = []


def provide(function: Told) -> Told:
    """Another app says what its meetings told of the sources asked for, the latest meeting first.

    A source that ends in ``:`` stands for all that begin so. Rows have ``meeting`` (printed), ``url``, ``title``,
    ``conclusion`` and ``decided``, a list of things with ``text, unit, due_on, done_at``.
    """
    if function not in _providers:
        _providers.append(function)
    return function


def of_explanation(scene: Scene, row: Explanation) -> list[Any]:
    return _told(scene, [f"explanation:{row.pk}"])


def of_notice(scene: Scene, row: KpiNotice) -> list[Any]:
    return _told(scene, [f"kpinotice:{row.pk}"])


def of_indicator(scene: Scene, key: str) -> list[Any]:
    """Its results of every period, the targets proposed for it and its definition cards."""
    mine = {"installation": scene.installation, "indicator": key}
    targets = Target.objects.filter(**mine).values_list("pk", flat=True)
    cards = Card.objects.filter(**mine).values_list("pk", flat=True)
    return _told(
        scene, [f"result:{key}:", *(f"target:{pk}" for pk in targets), *(f"card:{pk}" for pk in cards)]
    )


def _told(scene: Scene, sources: Sources) -> list[Any]:
    return [row for provider in _providers for row in provider(scene, sources)]
