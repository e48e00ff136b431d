"""Addresses that many lines of a page share, looked up once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

MARK = 9_876_543_210


def numbered(name: str) -> Callable[[int], str]:
    """The addresses of one page for many objects: ``numbered("audit:entry")(7)``."""
    before, _, after = reverse(name, args=[MARK]).partition(str(MARK))
    return lambda pk: f"{before}{pk}{after}"


def plain(name: str) -> str:
    """The address of a page without a number, "" where there is no such page."""
    return _plain(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=1024)
def _plain(name: str, urlconf: str, prefix: str) -> str:
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return ""
