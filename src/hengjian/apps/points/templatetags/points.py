"""Tags of the points pages: a cell of a frozen row, a bar without inline style."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hengjian.apps.points.assessment import Assessment, Row
from hengjian.apps.points.tables import duty_grid
from hengjian.base.points import plain

register = template.Library()
HALF = 80


@register.filter
def cell(row: dict[str, Any], key: str) -> Any:
    return row.get(key)


@register.filter
def number(value: Any) -> str:
    """Points as plain text with a real minus sign; a dash for None."""
    return "—" if value is None else plain(Decimal(str(value))).replace("-", "−")


@register.filter
def signed(value: Any) -> str:
    text = number(value)
    return f"+{text}" if value is not None and Decimal(str(value)) > 0 else text


register.simple_tag(duty_grid)


@register.simple_tag
def gain_bar(gain: Decimal, most: Decimal) -> SafeString:
    """A bar to the right for a gain, to the left for a loss; the number stands beside it in the table."""
    length = int(abs(gain) / most * HALF) if most else 0
    start, kind = (HALF, "plus") if gain >= 0 else (HALF - length, "minus")
    return format_html(
        '<svg class="bars" viewBox="0 0 {} 14" width="{}" height="14" role="img" aria-label="{}">'
        '<rect class="{}" x="{}" y="1" width="{}" height="12"/></svg>',
        2 * HALF, 2 * HALF, f"得失 {plain(gain)}", kind, start, max(length, 1),
    )  # fmt: skip


@register.simple_tag
def duty_cells(table: Assessment, row: Row) -> list[tuple[str, str]]:
    """``{% duty_cells table row as cells %}``: (due, done) of each duty of the table."""
    return table.cells(row)
