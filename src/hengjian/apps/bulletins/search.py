"""Lists of items: what the query form asks for, on top of what the actor may see. Counting stops at a cap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse
from ninja import Schema
from pydantic import ConfigDict, Field

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.ui.search import Hit
from hengjian.base.times import to_instant

PAGE = 50
CAP = 5_000


@dataclass(frozen=True, slots=True)
class Query:
    """Empty fields ask nothing. Days are inclusive and concern the last change."""

    q: str = ""
    state: str = ""
    category: str = ""
    unit: int | None = None
    lane: str = ""
    since: date | None = None
    until: date | None = None


class Asked(Schema):
    """The same question as parameters of an address."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field("", max_length=200)
    state: str = ""
    category: str = ""
    unit: int | None = None
    lane: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1

    def query(self) -> Query:
        return Query(**self.model_dump(exclude={"page"}))


def found(actor: Actor, query: Query) -> QuerySet[Item]:
    """Newest first; the body stays in the database."""
    items = visible_items(actor).filter(_asked(query)).select_related("unit", "installation").defer("body")
    return items.order_by("-changed_at", "-pk")


def _asked(query: Query) -> Q:
    asked = Q()
    for field in ("state", "category", "unit", "lane"):
        if value := getattr(query, field):
            asked &= Q(**{field: value})
    if query.since:
        asked &= Q(changed_at__gte=to_instant(datetime.combine(query.since, time())))
    if query.until:
        asked &= Q(changed_at__lt=to_instant(datetime.combine(query.until + timedelta(days=1), time())))
    for word in query.q.split():
        asked &= Q(number=word) | Q(title__icontains=word) | Q(body__icontains=word)
    return asked


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts no further than ``CAP``: a page costs the same with two hundred thousand items as with two hundred."""

    def __init__(self, items: QuerySet[Item], per_page: int) -> None:
        super().__init__(items, per_page)
        self.items = items

    @cached_property
    def count(self) -> int:
        return self.items.order_by()[: CAP + 1].count()

    @property
    def capped(self) -> bool:
        return self.count > CAP


def hits(actor: Actor, text: str, most: int) -> list[Hit]:
    """For the search box of the bar."""
    items = found(actor, Query(q=text))[:most]
    return [Hit(item.title, reverse("bulletins:item", args=[item.pk]), _detail(item)) for item in items]


def _detail(item: Item) -> str:
    return " · ".join(part for part in (item.number, str(item.unit), item.get_state_display()) if part)
