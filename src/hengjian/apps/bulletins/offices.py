"""Which offices report items at all: those whose regulation knows categories of them."""

from __future__ import annotations

from hengjian.apps.org.access import Actor
from hengjian.apps.regs.queries import installations_of, loaded


def takes_items(actor: Actor) -> bool:
    """Whether a regulation of the actor's office speaks of items; where none is installed yet, nothing is hidden."""
    packs = {installation.pack for installation in installations_of(actor)}
    return not packs or any("category" in loaded(pack).vocabularies for pack in packs)
