"""Puts the actor on the request: ``request.actor``. Loaded at most once a request, and only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from hengjian.apps.audit.acting import address_of_request
from hengjian.apps.org.access import Actor, actor_for
from hengjian.apps.org.models import User


class AddressMiddleware:
    """The audit log notes where a request came from. First of all, so that login itself is covered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = address_of_request.set(request.META.get("REMOTE_ADDR", "")[:45])
        try:
            return self.get_response(request)
        finally:
            address_of_request.reset(token)


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _load(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request, typed; itself, not what stands for it: a page asks it some hundred times."""
    found = request.actor  # type: ignore[attr-defined]
    return _load(request) if type(found) is SimpleLazyObject else cast(Actor, found)


def _load(request: HttpRequest) -> Actor:
    kept = vars(request)
    if "_actor" not in kept:
        kept["_actor"] = actor_for(cast(User, request.user), timezone.now())
    return cast(Actor, kept["_actor"])
