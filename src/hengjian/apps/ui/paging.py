"""Pages of long lists."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.db.models import QuerySet

from hengjian.apps.ui import unchanged

CAP = 5_000


def asked(rows: QuerySet[Any, Any]) -> tuple[Hashable, ...]:
    """What a question asks: who asks the same, may be told the same."""
    try:
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return ("nothing",)
    return (text, *map(repr, values))


def capped_count(rows: QuerySet[Any, Any]) -> int:
    """Kept while nothing is committed: a question is named by its text and its values."""
    some = rows.order_by()[: CAP + 1]
    return unchanged.kept(("count", *asked(some)), lambda: int(some.count()))


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than ``CAP``: a page costs the same with two hundred thousand rows as with two hundred."""

    known: int | None = None
    """What the page has counted already, in another way."""

    @cached_property
    def count(self) -> int:
        return self.counted() if self.known is None else min(self.known, CAP + 1)

    def counted(self) -> int:
        return capped_count(self.object_list)  # type: ignore[arg-type]

    @property
    def capped(self) -> bool:
        return self.count > CAP
