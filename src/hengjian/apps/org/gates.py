"""Gates of views: signed in, holding a right, and an object the actor may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse

from hengjian.apps.org.access import Actor, Denied, Missing
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
M = TypeVar("M", bound=models.Model)


def signed_in(view: View[P]) -> View[P]:
    """Send strangers to the login page."""
    return login_required(view)


def needs(*rights: Right) -> Callable[[View[P]], View[P]]:
    """Signed in and holding one of ``rights`` somewhere; else 403 with the roles that carry it."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if not actor.has_any(rights):
                actor.require(rights[0])
            return view(request, *args, **kwargs)

        return signed_in(gate)

    return decorate


def fetch(queryset: models.QuerySet[M], **lookup: object) -> M:
    """The one object in what the actor may see; anything else is not there (404, never 403)."""
    found = queryset.filter(**lookup).first()
    if found is None:
        raise Missing("没有这个对象，或者您无权查看。")
    return found


__all__ = ["Actor", "Denied", "Missing", "fetch", "needs", "signed_in"]
