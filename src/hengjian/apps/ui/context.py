"""What every page's frame needs. One name only (``frame``), so that no page's own words can stand in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from hengjian.apps.org.access import Actor
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.queries import own_house
from hengjian.apps.regs.queries import installations_of
from hengjian.apps.ui.nav import Shown, menu_for


@dataclass
class Frame:
    """Asked by the base template; nothing is loaded for a page that does not show it."""

    actor: Actor
    path: str

    @cached_property
    def menu(self) -> list[tuple[str, list[Shown]]]:
        return menu_for(self.actor, self.path)

    @property
    def seats(self) -> list[str]:
        """The posts through which the person acts just now."""
        return [grant.post_title + ("（替岗）" if grant.substitute else "") for grant in self.actor.grants]

    @cached_property
    def rooms(self) -> dict[str, int]:
        """Pack → installation that governs the person: the reading rooms articles are linked to, the nearest first."""
        if self.actor.person is None:
            return {}
        house = own_house(self.actor).pk
        found: dict[str, int] = {}
        for each in installations_of(self.actor):
            if each.pack not in found or each.unit_id == house:
                found[each.pack] = each.pk
        return found

    @cached_property
    def house(self) -> str:
        """The name of the court or bureau the person works in."""
        return own_house(self.actor).name if self.actor.person is not None else ""


def chrome(request: HttpRequest) -> dict[str, object]:
    if not hasattr(request, "actor") or not request.user.is_authenticated:
        return {"actor": None, "frame": None}
    actor = actor_of(request)
    return {"actor": actor, "frame": Frame(actor, request.path)}
