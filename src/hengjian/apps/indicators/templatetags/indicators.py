"""Filters of the pages of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django import template

from hengjian.apps.cases.dictionary import CaseItem
from hengjian.apps.indicators.formula import Formula, told
from hengjian.apps.indicators.models import Card

register = template.Library()


@register.filter
def svg_image(svg: str) -> str:
    """A drawing as the address of an image: nothing in it can act on the page."""
    return f"data:image/svg+xml;utf8,{quote(svg)}"


@register.filter
def figure_pks(evidence: str) -> list[str]:
    """The figures a result stands on: ``figure:12；figure:13`` → 12 and 13, one a month."""
    return [part.removeprefix("figure:") for part in evidence.split("；") if part.startswith("figure:")]


@register.simple_tag
def counting(card: Card, items: Mapping[str, CaseItem]) -> str:
    """How the figures of a card are counted, in words."""
    return told(Formula(**card.formula), items)
