"""Lists of items: what the query form asks for, on top of what the actor may see. Counting stops at a cap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from ninja import Schema
from pydantic import ConfigDict, Field

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.org.access import Actor
from hengjian.apps.ui.paging import CAP as CAP
from hengjian.apps.ui.paging import CappedPaginator
from hengjian.apps.ui.search import Hit
from hengjian.base.times import to_instant

PAGE = 50
NUMBER = re.compile(r"\d{4}-\d{4,}")


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
    """Newest first; the body stays in the database. Units are fetched after the rows: with a join SQLite begins at
    the units and sorts every item of theirs."""
    items = visible_items(actor).filter(_asked(query)).prefetch_related("unit", "installation").defer("body")
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
        if NUMBER.fullmatch(word):
            asked &= Q(number=word)
        else:
            asked &= Q(title__icontains=word) | Q(body__icontains=word)
    return asked


def _along_the_order(items: QuerySet[Item]) -> QuerySet[Item]:
    """The same items, the condition asked row by row along the index of the order: where so many match, a page is full
    after a few rows, while collecting all of them to sort them takes a hundred times as long."""
    asked = Exists(items.order_by().filter(pk=OuterRef("pk")))
    return (
        Item.objects.filter(asked)
        .prefetch_related("unit", "installation")
        .defer("body")
        .order_by("-changed_at", "-pk")
    )


class ItemPaginator(CappedPaginator):
    """Pages of items: past the cap the rows are found along the order."""

    def __init__(self, items: QuerySet[Item], per_page: int, *, once: bool = False) -> None:
        """``once``: the condition is dear (words in texts), so it is asked a single time for count and page."""
        self.ids = list(items.values_list("pk", flat=True)[: CAP + 1]) if once else None
        super().__init__(items, per_page)
        self.items = items

    @cached_property
    def count(self) -> int:
        return len(self.ids) if self.ids is not None else super().counted()

    def page(self, number: int | str) -> Page[Item]:
        if self.ids is None:
            self.object_list = _along_the_order(self.items) if self.capped else self.items
            return super().page(number)
        number = self.validate_number(number)
        shown = self.ids[(number - 1) * self.per_page : number * self.per_page]
        rows = {item.pk: item for item in self.plain().filter(pk__in=shown)}
        return Page([rows[pk] for pk in shown if pk in rows], number, self)

    def plain(self) -> QuerySet[Item]:
        """The rows by their ids alone; the condition has been asked already."""
        return Item.objects.select_related("unit", "installation").defer("body")


def hits(actor: Actor, text: str, most: int) -> list[Hit]:
    """For the search box of the bar."""
    items = found(actor, Query(q=text))[:most]
    return [Hit(item.title, reverse("bulletins:item", args=[item.pk]), _detail(item)) for item in items]


def _detail(item: Item) -> str:
    return " · ".join(part for part in (item.number, str(item.unit), item.get_state_display()) if part)
