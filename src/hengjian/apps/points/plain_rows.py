"""Rows of a notice under a regulation without points: counted facts, findings, plans."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Any

from hengjian.apps.bulletins.models import FaultCase, Item
from hengjian.apps.duties.plans.numbers import planned_duties, source_for
from hengjian.apps.org.models import Unit
from hengjian.apps.points import words
from hengjian.apps.points.counts import Counts
from hengjian.apps.points.ranks import ranked
from hengjian.apps.points.recognition import Recognition, person_rows, recognition
from hengjian.apps.regs.models import Installation
from hengjian.base.periods import Period, PeriodKind
from hengjian.base.times import start_of_day, to_instant
from hengjian.policy import Pack

Json = dict[str, Any]


class PlainRows:
    """What the sections of a notice show when nothing is scored. Ranked is by the number the section names."""

    def __init__(
        self, installation: Installation, pack: Pack, period: Period, units: list[Unit], counts: Counts
    ) -> None:
        self.installation, self.pack, self.period = installation, pack, period
        self.units, self.counts = units, counts

    @cached_property
    def found(self) -> Recognition:
        return recognition(self.installation, self.pack, self.period)

    def of(self, section: Any, ties: str) -> list[Json]:
        rows = {
            "units": self._units,
            "persons": self._persons,
            "items": self._items,
            "findings": self._findings,
        }[section.of]()
        if not section.rank_by:
            return [{**row, "place": None, "gap": None, "points": "0"} for row in rows]
        placed = ranked(rows, lambda row: Decimal(row.get(section.rank_by) or 0), ties=ties)
        return [{**p.thing, "place": p.place, "gap": None, "points": str(p.points)} for p in placed]

    def _units(self) -> list[Json]:
        planned = self._planned()
        return [
            {
                "id": unit.pk,
                "name": unit.name,
                "submitted": tally.submitted if (tally := self.counts.units.get(unit.pk)) else 0,
                "adopted": tally.adopted if tally else 0,
                "selected": self.found.selected.get(unit.pk, 0),
                "commended": self.found.commended.get(unit.pk, 0),
                "planned": planned.get(unit.pk),
            }
            for unit in self.units
        ]

    def _planned(self) -> dict[int, int | None]:
        """Numbers of the year; nothing where the notice is of a shorter period."""
        yearly = [d for d in planned_duties(self.pack) if d.per is PeriodKind.YEAR]
        if not yearly or self.period.kind is not PeriodKind.YEAR or yearly[0].minimum_table is None:
            return {}
        year = self.period.first.year
        source = source_for(self.installation, self.pack, yearly[0].minimum_table, year, self.units)
        return {unit: numbers.get(yearly[0].minimum_column) for unit, numbers in source.rows.items()}

    def _persons(self) -> list[Json]:
        return [
            {
                "id": row.person.pk,
                "unit_id": row.unit.pk,
                "name": row.person.name,
                "unit": row.unit.name,
                "items": len(row.work.submitted),
                "adopted": row.work.adopted,
                "commended": row.work.commended,
            }
            for row in person_rows(self.found)
        ]

    def _items(self) -> list[Json]:
        adopted = {pk: work for pk, work in self.found.items.items() if work.adopted}
        items = (
            Item.objects.filter(pk__in=adopted).select_related("unit").prefetch_related("authorships__person")
        )
        return [
            {
                "id": item.pk,
                "name": words.public_title(self.pack, item),
                "unit": item.unit.name,
                "author": "、".join(a.person.name for a in item.authorships.all()),
                "publication": "；".join(adopted[item.pk].carriers),
                "adopted": adopted[item.pk].adopted,
                "commended": adopted[item.pk].commended,
            }
            for item in sorted(items, key=lambda i: (i.unit.position, i.filed_at is None, i.filed_at, i.pk))
        ]

    def _findings(self) -> list[Json]:
        cases = FaultCase.objects.filter(
            installation=self.installation,
            state=FaultCase.State.CONFIRMED,
            decided_at__gte=to_instant(start_of_day(self.period.first)),
            decided_at__lt=to_instant(start_of_day(self.period.end)),
        ).select_related("unit", "item")
        return [
            {
                "id": case.pk,
                "name": case.unit.name,
                "unit": case.unit.name,
                "kind": words.label(self.pack, "fault", case.kind),
                "evidence": case.description,
                "reply": case.reply or "没有答复",
            }
            for case in cases.order_by("unit__position", "decided_at", "pk")
        ]


def awarded(award: Any, sections: list[Json]) -> list[Json]:
    """Everything (everybody) with an adoption that counts."""
    rows: list[Json] = next((s["rows"] for s in sections if s["of"] == award.of), [])
    return [
        {"id": row["id"], "name": row["name"], "unit": row.get("unit", ""), "points": "0"}
        for row in rows
        if row.get("commended")
    ]
