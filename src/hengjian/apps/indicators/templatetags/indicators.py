"""Filters of the pages of indicators."""

from __future__ import annotations

from urllib.parse import quote

from django import template

register = template.Library()


@register.filter
def svg_image(svg: str) -> str:
    """A drawing as the address of an image: nothing in it can act on the page."""
    return f"data:image/svg+xml;utf8,{quote(svg)}"


@register.filter
def figure_pk(evidence: str) -> str:
    """``figure:12`` → ``12``."""
    return evidence.removeprefix("figure:")
