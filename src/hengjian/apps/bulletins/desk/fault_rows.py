"""The list of faults and the register of adoptions, row by row; the tables are the templates'."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import mark_safe

from hengjian.apps.bulletins.models import Fact, FaultCase, Item
from hengjian.apps.ui.drawn import NOTHING, numbered, tag, when

Row = dict[str, object]
GONE = mark_safe(' class="gone"')
ITEMS = Item.objects.order_by().select_related("unit").only("title", "unit")


def listed(cases: QuerySet[FaultCase]) -> QuerySet[FaultCase]:
    """The cases alone: what they are about is fetched for one page, not joined to all."""
    return cases.select_related(None).prefetch_related(
        "installation", "unit", Prefetch("item", Item.objects.order_by().only("title"))
    )


def fault_rows(cases: Iterable[FaultCase]) -> list[Row]:
    address = numbered("bulletins:fault")
    states = {value: tag(value, label) for value, label in FaultCase.State.choices}
    return [
        {
            "url": address(case.pk),
            "about": case.about,
            "unit": str(case.unit),
            "words": vars(case)["words"],
            "n": case.n,
            "state": states[case.state],
            "proposed": when(case.proposed_at, "day"),
        }
        for case in cases
    ]


def registered(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """With what the register shows of them, fetched for one page."""
    withdrawals = Fact.objects.order_by().only("withdraws")
    return facts.prefetch_related(
        "installation", Prefetch("item", ITEMS), Prefetch("withdrawn_by", withdrawals)
    )


def fact_rows(facts: Iterable[Fact]) -> list[Row]:
    address = numbered("bulletins:facts_of")
    return [
        {
            "gone": GONE if hasattr(fact, "withdrawn_by") else NOTHING,
            "url": address(fact.item_id) if fact.item_id else "",
            "title": fact.item.title if fact.item else "",
            "unit": str(fact.item.unit) if fact.item else "",
            "words": vars(fact)["words"],
            "publication": fact.publication,
            "happened": when(fact.happened_at, "day"),
        }
        for fact in facts
    ]
