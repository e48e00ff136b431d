"""What every page's frame needs: the actor, the posts held and the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hengjian.apps.org.access import Actor
from hengjian.apps.ui.nav import menu_for


def chrome(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return {"actor": None, "menu": []}
    return {
        "actor": actor,
        "menu": SimpleLazyObject(lambda: menu_for(actor, request.path)),
        "seats": SimpleLazyObject(lambda: seats_of(actor)),
        "house": SimpleLazyObject(lambda: house_of(actor)),
    }


def house_of(actor: Actor) -> str:
    """The name of the court or bureau the person works in: the root of the tree."""
    if actor.person is None:
        return ""
    root = actor.person.unit.ancestors(include_self=True).first()
    return root.name if root else ""


def seats_of(actor: Actor) -> list[str]:
    """The posts through which the person acts just now."""
    return [grant.post_title + ("（替岗）" if grant.substitute else "") for grant in actor.grants]
