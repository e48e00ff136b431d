"""Where a clause was at work: lines of the ledger, reviews, notices, register entries, zero reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from hengjian.apps.bulletins.models import ReviewStep
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.duties.models import Fulfilment, ZeroReport
from hengjian.apps.org.access import Actor
from hengjian.apps.points.models import Notice
from hengjian.apps.points.queries import visible_lines
from hengjian.apps.regs.links import elsewhere
from hengjian.apps.regs.models import Installation


@dataclass(frozen=True, slots=True)
class Use:
    """``number`` uses of one sort; ``url`` leads to them where there is a page."""

    what: str
    number: int
    detail: str = ""
    url: str = ""


def uses(actor: Actor, installation: Installation) -> dict[str, list[Use]]:
    """Uses by full clause id, in five queries; only what the actor may see is counted."""
    found: dict[str, list[Use]] = {}
    for clause, use in (*_ledger(actor, installation), *_others(actor, installation)):
        found.setdefault(clause, []).append(use)
    return found


def _ledger(actor: Actor, installation: Installation) -> list[tuple[str, Use]]:
    lines = visible_lines(actor).filter(period__installation=installation)
    rows = lines.values("clause").annotate(number=Count("pk"), total=Sum("points")).order_by("clause")
    return [(row["clause"], _line_use(row["clause"], row["number"], row["total"])) for row in rows]


def _line_use(clause: str, number: int, total: Decimal) -> Use:
    return Use("台账", number, f"合计 {total.normalize():f}", elsewhere("points:ledger", clause=clause))


def _others(actor: Actor, installation: Installation) -> list[tuple[str, Use]]:
    own = {"installation": installation}
    sorts: tuple[
        tuple[str, QuerySet[ReviewStep] | QuerySet[Notice] | QuerySet[Fulfilment] | QuerySet[ZeroReport]], ...
    ] = (
        ("审核", ReviewStep.objects.filter(item__in=visible_items(actor).filter(**own))),
        ("通报", Notice.objects.filter(period__installation=installation)),
        ("履职记录", Fulfilment.objects.filter(**own, withdrawn_at=None)),
        ("零报告", ZeroReport.objects.filter(**own)),
    )
    return [
        (row["clause"], Use(what, row["number"]))
        for what, rows in sorts
        for row in rows.order_by("clause").values("clause").annotate(number=Count("pk"))
    ]
