"""Pages of long lists."""

from __future__ import annotations

from functools import cached_property

from django.core.paginator import Paginator

CAP = 5_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than ``CAP``: a page costs the same with two hundred thousand rows as with two hundred."""

    known: int | None = None
    """What the page has counted already, in another way."""

    @cached_property
    def count(self) -> int:
        return self.counted() if self.known is None else min(self.known, CAP + 1)

    def counted(self) -> int:
        return int(self.object_list.order_by()[: CAP + 1].count())  # type: ignore[attr-defined]

    @property
    def capped(self) -> bool:
        return self.count > CAP
