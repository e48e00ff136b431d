"""Numbers are drawn under a lock and never given twice: 2026-0412."""

from __future__ import annotations

from hengjian.apps.bulletins.models import Counter
from hengjian.apps.regs.models import Installation


def draw(installation: Installation, series: str, year: int) -> int:
    """The next number of a series of a year; call inside a transaction."""
    locked = Counter.objects.select_for_update()
    counter, _ = locked.get_or_create(installation=installation, series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def item_number(installation: Installation, year: int) -> str:
    return f"{year}-{draw(installation, 'item', year):04}"
