"""How often one address may ask without an account. Counted in the shared cache, by digest: no address is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from hengjian.apps.org.middleware import actor_of

WINDOW = 60
MOST = 60
"""Pages a minute: enough to read and search by hand, too few to copy the register page by page."""


def address_of(request: HttpRequest) -> str:
    """Behind the proxy of the installation the last address it noted counts: it saw that one itself."""
    seen = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip() or seen
    return sha256(f"{seen}|{settings.SECRET_KEY}".encode()).hexdigest()[:32]


def allow(request: HttpRequest, now: datetime) -> bool:
    """Whether the page may be shown; people with an account are not counted."""
    if actor_of(request).person is not None:
        return True
    key = f"releases.public:{address_of(request)}:{int(now.timestamp()) // WINDOW}"
    if cache.add(key, 1, WINDOW * 2):
        return True
    try:
        return int(cache.incr(key)) <= MOST
    except ValueError:  # forgotten between the two
        return True
