"""What every page's frame needs: the actor and the menu."""

from __future__ import annotations

from django.http import HttpRequest

from hengjian.apps.ui.nav import menu_for


def chrome(request: HttpRequest) -> dict[str, object]:
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return {"actor": None, "menu": []}
    return {"actor": actor, "menu": menu_for(actor)}
