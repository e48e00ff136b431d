"""Addresses in the reading room, used from everywhere."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from hengjian.apps.regs.models import Installation
from hengjian.base.articles import ArticleRef


def article_url(installation: Installation | int, article: str) -> str:
    """``/regs/1/articles/24/``; paragraph and item are left out."""
    pk = installation if isinstance(installation, int) else installation.pk
    return reverse("regs:article", args=[pk, ArticleRef.parse(article).article])


def reading_url(installation: Installation | int, reading: str) -> str:
    pk = installation if isinstance(installation, int) else installation.pk
    return reverse("regs:readings", args=[pk]) + f"#{reading}"


def elsewhere(name: str, **query: str) -> str:
    """A page of another app, or nothing where that app does not have it."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return ""
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")
