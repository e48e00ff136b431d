"""How numbers of cases are written on pages."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def whole(value: float | None) -> str:
    """Without places, thousands apart.

    >>> whole(12345.6), whole(None)
    ('12,346', '—')
    """
    return "—" if value is None else f"{value:,.0f}"
