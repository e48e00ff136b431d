"""Pages of long lists."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import IntegerField, QuerySet, Subquery

from hengjian.apps.ui import unchanged

CAP = 5_000
SHORT_CAP = 1_000
"""For lists whose rows are dear to count: words searched in texts, rows asked through another table."""


def asked(rows: QuerySet[Any, Any]) -> tuple[Hashable, ...]:
    """What a question asks: who asks the same, may be told the same."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return ("nothing",)
    return (text, *map(repr, values))


def capped_count(rows: QuerySet[Any, Any], cap: int = CAP) -> int:
    """Kept while nothing is committed: a question is named by its text and its values."""
    some = rows.order_by()[: cap + 1]
    return unchanged.kept(("count", *asked(some)), lambda: int(some.count()))


def number_words(number: int, cap: int = CAP) -> str:
    """
    >>> number_words(12), number_words(CAP + 1)
    ('12', '5000+')
    """
    return f"{cap}+" if number > cap else str(number)


class CountOf(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def capped_counts(kinds: Mapping[str, QuerySet[Any, Any]], cap: int = CAP) -> dict[str, int]:
    """How many of each kind, counted no further than one past ``cap``: one question for all kinds of a model."""
    counted = {name: CountOf(rows.order_by().values("pk")[: cap + 1]) for name, rows in kinds.items()}
    model = next(iter(kinds.values())).model
    found = model._default_manager.order_by().annotate(**counted).values_list(*counted)[:1]
    rows = unchanged.kept(("counts", *asked(found)), lambda: tuple(found))
    return dict(zip(counted, rows[0], strict=True)) if rows else dict.fromkeys(counted, 0)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than ``cap``: a page costs the same with two hundred thousand rows as with two hundred."""

    cap: int = CAP
    known: int | None = None
    """What the page has counted already, in another way."""

    @cached_property
    def count(self) -> int:
        return self.counted() if self.known is None else min(self.known, self.cap + 1)

    def counted(self) -> int:
        return capped_count(self.object_list, self.cap)  # type: ignore[arg-type]

    @property
    def capped(self) -> bool:
        return self.count > self.cap
