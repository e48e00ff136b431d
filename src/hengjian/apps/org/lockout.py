"""The counter of wrong passwords: one a name, whichever host name it was asked under."""

from __future__ import annotations

from allauth.core import ratelimit


def lockout_key(username: str) -> str:
    return f"login:{username.strip().lower()}"


def lift(username: str) -> None:
    ratelimit.clear(None, action="login_failed", key=lockout_key(username))
