"""Which units may write an item together: departments, and whatever else a regulation appraises."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from hengjian.apps.bulletins.models import Item
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.queries import standing
from hengjian.apps.regs.models import Installation

KINDS = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL, Unit.Kind.POINT)


def may_join(installation: Installation, day: date, item: Item | None = None) -> QuerySet[Unit]:
    """Units below the house that exist on ``day`` (and the partners ``item`` already has), in order."""
    below = installation.unit.descendants(include_self=False)
    classed = UnitClass.objects.filter(pack=installation.pack).values(
        "unit"
    )  # whole bureaus, where they are appraised
    units: QuerySet[Unit] = Unit.objects.filter(
        Q(kind__in=KINDS) | Q(pk__in=classed), pk__in=below.values("pk")
    )
    found = standing(units, day)
    if item is not None:
        found = found | Unit.objects.filter(pk__in=item.partners.values("unit"))
    return found.order_by("position", "pk")
