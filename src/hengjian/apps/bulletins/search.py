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
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import unchanged
from hengjian.apps.ui.paging import CAP, SHORT_CAP, CappedPaginator, asked, capped_count
from hengjian.apps.ui.search import Hit
from hengjian.base.times import to_instant

PAGE = 50
RELATED = ("unit", "installation")
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


def surely_found(actor: Actor, query: Query) -> QuerySet[Item] | None:
    """Fewer than ``found``, counted by an index alone; None for who reads no other department, and for words."""
    if query.q or not actor.units(Right.ITEM_READ_ALL):
        return None
    return visible_items(actor, surely=True).filter(_asked(query))


def found(actor: Actor, query: Query) -> QuerySet[Item]:
    """Newest first; the body stays in the database. Units are fetched after the rows: with a join SQLite begins at
    the units and sorts every item of theirs."""
    items = visible_items(actor).filter(_asked(query)).prefetch_related(*RELATED).defer("body")
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
    return Item.objects.filter(asked).order_by("-changed_at", "-pk")


def _ids(items: QuerySet[Item]) -> tuple[int, ...]:
    first = items.values_list("pk", flat=True)[: SHORT_CAP + 1]
    return unchanged.kept(("ids", *asked(first)), lambda: tuple(first))


class ItemPaginator(CappedPaginator):
    """Pages of items: past the cap the rows are found along the order."""

    def __init__(
        self,
        items: QuerySet[Item],
        per_page: int,
        *,
        once: bool = False,
        only: tuple[str, ...] = (),
        surely: QuerySet[Item] | None = None,
    ) -> None:
        """``once``: the condition is dear (words in texts), so it is asked a single time for count and page.
        ``surely``: some of the items, counted cheaply; where they pass the cap already nobody need count all.
        ``only``: the fields the page shows; units and installations are then not fetched with the rows."""
        self.cap = SHORT_CAP if once else CAP
        self.ids = _ids(items) if once else None
        super().__init__(items, per_page)
        self.items, self.only, self.surely = items, only, surely

    @cached_property
    def count(self) -> int:
        if self.ids is not None:
            return len(self.ids)
        if self.surely is not None and capped_count(self.surely) > CAP:
            return CAP + 1
        return super().counted()

    def page(self, number: int | str) -> Page[Item]:
        if self.ids is None:
            self.object_list = self._rows(_along_the_order(self.items) if self.capped else self.items)
            return super().page(number)
        number = self.validate_number(number)
        shown = self.ids[(number - 1) * self.per_page : number * self.per_page]
        rows = {item.pk: item for item in self._rows(Item.objects.filter(pk__in=shown))}
        return Page([rows[pk] for pk in shown if pk in rows], number, self)

    def _rows(self, items: QuerySet[Item]) -> QuerySet[Item]:
        """Without the body; with what is shown of them."""
        items = items.prefetch_related(None)
        return items.only(*self.only) if self.only else items.defer("body").prefetch_related(*RELATED)


def hits(actor: Actor, text: str, most: int) -> list[Hit]:
    """For the search box of the bar."""
    items = found(actor, Query(q=text))[:most]
    return [Hit(item.title, reverse("bulletins:item", args=[item.pk]), _detail(item)) for item in items]


def _detail(item: Item) -> str:
    return " · ".join(part for part in (item.number, str(item.unit), item.get_state_display()) if part)
