"""Numbers in the menu are a hint: kept for half a minute in this process, so that a page does not pay for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hengjian.apps.org.access import Actor
from hengjian.apps.ui import unchanged

KEEP = timedelta(seconds=30)
MOST = 2000

CONDITION = "when:"
"""Begins the name of what is no number: whether the person's office has the thing at all."""

_kept: dict[tuple[int, str], tuple[datetime, int]] = {}


def of(actor: Actor, name: str, counter: Callable[[Actor], int]) -> int:
    if actor.person is None:
        return 0
    key = (actor.person.pk, name)
    kept = _kept.get(key)
    if kept and abs(actor.at - kept[0]) < KEEP:
        return kept[1]
    if len(_kept) > MOST:
        _kept.clear()
    _kept[key] = (actor.at, _counted(actor, name, counter))
    return _kept[key][1]


def _counted(actor: Actor, name: str, counter: Callable[[Actor], int]) -> int:
    """Counted again only if something was committed since, or half a minute has passed."""
    assert actor.person is not None
    _, number = unchanged.kept(
        ("menu", name, actor.person.pk, actor.grants),
        lambda: (actor.at, counter(actor)),
        lambda known: abs(actor.at - known[0]) < KEEP,
    )
    return number


def put(actor: Actor, name: str, number: int) -> None:
    """What a page has just counted itself."""
    if actor.person is not None:
        _kept[(actor.person.pk, name)] = (actor.at, number)


def forget(actor: Actor | None = None) -> None:
    """After an act of the person itself the number must be right at once. What the regulations have stays known."""
    if actor is None:
        _kept.clear()
    elif actor.person is not None:
        mine = actor.person.pk
        for key in [key for key in _kept if key[0] == mine and not key[1].startswith(CONDITION)]:
            del _kept[key]
