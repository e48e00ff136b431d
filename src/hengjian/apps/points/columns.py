"""The feed for replaying: its many facts come as columns, without a row of text for each event.

What stands in the columns is what ``feed_of`` says row by row; a test compares the two.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import QuerySet

from hengjian.apps.bulletins.facts import counting
from hengjian.apps.bulletins.models import Delivery
from hengjian.apps.points import feed as feeds
from hengjian.apps.points.feed import Feed
from hengjian.apps.regs.models import Installation
from hengjian.policy import Pack
from hengjian.scoring.typed import TypedFacts

Table = list[tuple[Any, ...]]


def feed_with_columns(installation: Installation, pack: Pack) -> tuple[Feed, TypedFacts]:
    """The feed without events, and the facts its events are made of as columns."""
    facts = counting(pack).filter(installation=installation, kind__in=feeds.scored_kinds(pack))
    columns = _columns(facts.values_list(*feeds.OF_FACT))
    ids, items, units = (set(columns[n]) - {None} if columns else set() for n in (0, 3, 4))
    reached = _arrivals(ids) if "channel" in pack.vocabularies else []
    return feeds.feed_around(installation, pack, items, units), TypedFacts(columns, reached, feeds.KEY)


def _arrivals(facts: set[int]) -> Table:
    """Those of a range of facts; what belongs to other facts finds no partner."""
    if not facts:
        return []
    rows = Delivery.objects.filter(fact_id__gte=min(facts), fact_id__lte=max(facts), arrived_at__isnull=False)
    return _columns(rows.order_by().values_list("fact_id", "pk", "box", "arrived_at"))


def _columns(rows: QuerySet[Any, Any]) -> Table:
    """As the database's driver gives them: numbers, texts and times, no field looks at them again."""
    sql, params = rows.query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, params)
        return list(zip(*cursor.fetchall(), strict=True))
