"""Where concepts come from besides the register itself: the pack's other names, and apps that define figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import loaded, visible_installations
from hengjian.figures.words import core

TABLE, ITEMS = "concept_names", "case_items"


@dataclass(frozen=True, slots=True)
class Known:
    """A concept by its card key, with the names it goes by and the unit it is counted in."""

    key: str
    names: list[str]
    measure: str


Provider = Callable[[Installation], Iterable[Known]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Called in ``AppConfig.ready()`` by an app that keeps definition cards."""
    _providers.append(provider)


def concepts_known(actor: Actor) -> list[Known]:
    """Of the regulations over the actor; to the public, of all: a word is no secret."""
    asked = actor.person is not None or actor.system
    rows = visible_installations(actor) if asked else Installation.objects.select_related("unit")
    return [known for installation in rows for known in concepts_of(installation)]


def concepts_of(installation: Installation) -> list[Known]:
    table = loaded(installation.pack).tables.get(TABLE, ())
    found = [Known(row["key"], [row["name"]], "") for row in table]
    for provider in _providers:
        found += provider(installation)
    return found


def keys_of(installation: Installation) -> dict[str, str]:
    """Name → key; a name that two concepts share is left out."""
    keys: dict[str, set[str]] = {}
    for known in concepts_of(installation):
        for name in known.names:
            keys.setdefault(name, set()).add(known.key)
            keys.setdefault(core(name), set()).add(known.key)
    return {name: next(iter(found)) for name, found in keys.items() if len(found) == 1}


def items_of(installation: Installation) -> dict[str, str]:
    """Label → key of the items by which figures are broken down."""
    return {row["label"]: row["key"] for row in loaded(installation.pack).tables.get(ITEMS, ())}
