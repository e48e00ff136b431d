"""The search box of the bar asks every app. A provider answers what the actor may see, best first, few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hengjian.apps.org.access import Actor

MOST = 20


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    detail: str = ""


Provider = Callable[[Actor, str, int], list[Hit]]
"""(actor, text, most) → hits."""

_providers: list[tuple[str, Provider]] = []


def add(heading: str, provider: Provider) -> None:
    """Called in ``AppConfig.ready()``; ``heading`` groups the hits."""
    _providers.append((heading, provider))


def search(actor: Actor, text: str) -> list[tuple[str, list[Hit]]]:
    """Hits by heading; nothing for an empty text."""
    text = text.strip()
    if not text:
        return []
    found = [(heading, provider(actor, text, MOST)) for heading, provider in _providers]
    return [(heading, hits) for heading, hits in found if hits]
