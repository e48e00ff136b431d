"""The lists of editions, row by row: what differs is prepared here, the tables are the templates'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.safestring import mark_safe

from hengjian.apps.bulletins.models import Edition
from hengjian.apps.ui.drawn import NOTHING, numbered, put_if, tag, when

Row = dict[str, object]
FIELDS = ("title", "year", "number", "period", "state", "due_on", "issued_at", "skip_reason")
"""What a list shows of an edition."""
LATE = mark_safe(' class="late"')
OVERDUE = mark_safe(' <span class="due overdue">已逾期</span>')
SKIPPED = ' <span class="sub">{}</span>'


def listed(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    return editions.select_related(None).only(*FIELDS)


def issued_rows(editions: Iterable[Edition]) -> list[Row]:
    return _rows(editions, "bulletins:read_edition", lambda e: {"issued": when(e.issued_at)})


def recent_rows(editions: Iterable[Edition]) -> list[Row]:
    states = _states()
    return _rows(
        editions,
        "bulletins:compose",
        lambda e: {
            "state": states[e.state],
            "skipped": put_if(SKIPPED, e.skip_reason),
            "issued": when(e.issued_at) if e.issued_at else "—",
        },
    )


def waiting_rows(editions: QuerySet[Edition], today: date) -> list[Row]:
    states = _states()
    counted = listed(editions).annotate(entry_count=Count("entries"))
    return _rows(
        counted,
        "bulletins:compose",
        lambda e: {
            "title": e.title,
            "due": f"{e.due_on.month}月{e.due_on.day}日",
            "late": LATE if e.due_on < today else NOTHING,
            "overdue": OVERDUE if e.due_on < today else NOTHING,
            "state": states[e.state],
            "entries": vars(e)["entry_count"],
        },
    )


def _rows(editions: Iterable[Edition], page: str, further: Callable[[Edition], Row]) -> list[Row]:
    address = numbered(page)
    return [
        {"url": address(e.pk), "name": str(e), "cycle": e.cycle or "不定期", **further(e)} for e in editions
    ]


def _states() -> dict[str, object]:
    return {value: tag(value, label) for value, label in Edition.State.choices}
