"""阶段性保密 of figures that can be counted: whoever may not know a release before its time is not counted them either.

The one place that answers for tables, files, analyses, trends, samples and the API. Reasons in ADR 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.models import Cell, Release
from hengjian.apps.releases.queries import visible_releases
from hengjian.apps.statistics.place import cards_of
from hengjian.apps.statistics.scope import seats
from hengjian.statistics.cards import Cards
from hengjian.statistics.sealed import Seal, seal_of
from hengjian.statistics.spans import Span

State = Release.State


def kept_back(now: datetime) -> Q:
    """Given a time that has not come, or a time that came while it was still being signed."""
    coming = Q(state__in=(State.DRAFT, State.REVIEW, State.APPROVED), opens_at__gt=now)
    return coming | Q(state=State.REVIEW, opens_at__isnull=False)


def seals(actor: Actor, installation: Installation) -> Iterator[Seal]:
    """Of figures kept back from the actor. The office that counts a court keeps counting it: the topmost office all,
    every other its own court; they make the figures, and Articles 22 and 25 bind them to keep them."""
    offices = seats(actor, Right.STATS_MANAGE)
    if actor.system or installation.unit_id in offices:
        return
    waiting = Release.objects.filter(kept_back(actor.at), installation=installation)
    known = visible_releases(actor).order_by().values("pk")
    cells = Cell.objects.filter(release__in=waiting).exclude(release__in=known)
    cells = cells.exclude(court__in=offices, whole=False).select_related("court")
    if cells and Dataset.objects.filter(installation=installation, version__gt=0).exists():
        yield from _sealed(cells, cards_of(installation))


def _sealed(cells: Iterable[Cell], cards: Cards) -> Iterator[Seal]:
    codes: dict[tuple[int, bool], list[str]] = {}
    for cell in cells:
        key = cell.court_id, cell.whole
        if key not in codes:
            codes[key] = _codes(cell.court) if cell.whole else [cell.court.code]
        found = seal_of(cards, cell.concept, _span(cell), codes[key])
        if found is not None:
            yield found


def _span(cell: Cell) -> Span:
    """Whatever days it is of, also those no table is drawn up for."""
    return Span(cell.first, cell.end, str(cell.span), cell.span.label)


def _codes(court: Unit) -> list[str]:
    below = court.descendants(include_self=True).filter(kind=Unit.Kind.COURT)
    return list(below.values_list("code", flat=True))
