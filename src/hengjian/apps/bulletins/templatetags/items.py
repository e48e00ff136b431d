"""Filters of the item pages (``{% load items %}``)."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from hengjian.apps.audit.acting import ACTIONS

register = template.Library()


@register.filter
def lookup(words: Mapping[str, str], key: str) -> str:
    """``{{ labels|lookup:key }}``; an unknown key stands for itself."""
    return words.get(key, key)


@register.filter
def act_label(key: str) -> str:
    """What an audit key is called."""
    return ACTIONS.get(key, key)
