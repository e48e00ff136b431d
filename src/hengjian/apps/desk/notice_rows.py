"""How problems were handled, for the monthly notice."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hengjian.apps.desk.models import Ticket
from hengjian.apps.desk.queries import words
from hengjian.apps.desk.states import OPEN
from hengjian.apps.indicators.tickets import provide
from hengjian.apps.indicators.who import Scene
from hengjian.base.periods import Period
from hengjian.base.times import start_of_day, to_instant


@provide
def rows(scene: Scene, period: Period) -> list[dict[str, Any]]:
    """One row an origin and kind: how many were raised, how many are done."""
    first, end = to_instant(start_of_day(period.first)), to_instant(start_of_day(period.end))
    found = Ticket.objects.filter(installation=scene.installation, raised_at__gte=first, raised_at__lt=end)
    total: Counter[tuple[str, str]] = Counter()
    done: Counter[tuple[str, str]] = Counter()
    for origin, kind, state in found.values_list("origin", "kind", "state"):
        total[origin, kind] += 1
        done[origin, kind] += state not in OPEN
    origins, kinds = words(scene, "ticket_origin"), words(scene, "ticket_kind")
    return [
        {
            "origin": origins.get(o, o),
            "kind": kinds.get(k, k),
            "handled": f"提出 {total[o, k]} 件，办结 {done[o, k]} 件",
        }
        for o in origins
        for k in kinds
        if total[o, k]
    ]
