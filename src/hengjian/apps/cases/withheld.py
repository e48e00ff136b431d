"""Figures kept back from somebody before their time: asked for by every page that counts cases, told by who releases them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from hengjian.apps.cases.models import Draw
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period
from hengjian.statistics.sealed import Seal
from hengjian.statistics.spans import Span

Provider = Callable[[Actor, Installation], Iterable[Seal]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Called in ``AppConfig.ready()`` by the app that knows what is kept back."""
    _providers.append(provider)


def seals(actor: Actor, installation: Installation) -> tuple[Seal, ...]:
    """What the actor may not be given before its time."""
    return tuple(seal for provider in _providers for seal in provider(actor, installation))


def strata(actor: Actor, draw: Draw) -> list[dict[str, Any]]:
    """Courts of a sample; how many cases a court has in all is left out (None) where it would tell what is kept back."""
    kept = seals(actor, draw.dataset.installation)
    if not kept:
        return list(draw.strata)
    codes = dict(Unit.objects.filter(pk__in=[one["court"] for one in draw.strata]).values_list("pk", "code"))
    span = Span.of(Period.parse(draw.period))
    hidden = {pk for pk, code in codes.items() if any(seal.covers([code], span) for seal in kept)}
    return [
        one | {"population": None, "drawn": None} if one["court"] in hidden else one for one in draw.strata
    ]
