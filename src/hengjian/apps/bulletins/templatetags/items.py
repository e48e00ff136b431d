"""Filters of the item pages (``{% load items %}``)."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from hengjian.apps.audit.acting import ACTIONS
from hengjian.apps.ui.parts.shown import article

register = template.Library()


@register.filter
def lookup(words: Mapping[str, str], key: str) -> str:
    """``{{ labels|lookup:key }}``; an unknown key stands for itself."""
    return words.get(key, key)


@register.filter
def act_label(key: str) -> str:
    """What an audit key is called."""
    return ACTIONS.get(key, key)


@register.filter
def articles(refs: str) -> SafeString:
    """``"2、26"`` → 第二条、第二十六条."""
    labels = [article(ref) for ref in str(refs or "").split("、") if ref]
    return format_html_join("、", "{}", ((label,) for label in labels))
