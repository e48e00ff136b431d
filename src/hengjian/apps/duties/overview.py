"""For leaders: one line a department, from the same facts as everybody's own pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hengjian.apps.bulletins.models import Item
from hengjian.apps.bulletins.queries import visible_items
from hengjian.apps.duties.look import Governed, Look
from hengjian.apps.duties.quota import progress, submissions
from hengjian.apps.duties.registers import post_duties, seats_of
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.clocks.quota import QuotaResult

PENDING = (Item.State.IN_REVIEW, Item.State.RETURNED, Item.State.FILED)


@dataclass(frozen=True, slots=True)
class Line:
    unit: Unit
    quotas: tuple[QuotaResult, ...]
    month: int
    year: int
    in_review: int
    returned: int
    filed: int
    vacant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    installation: Installation
    titles: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def short(self) -> int:
        """Departments that still owe something in a running period."""
        return sum(any(result.short for result in line.quotas) for line in self.lines)

    @property
    def month(self) -> int:
        return sum(line.month for line in self.lines)

    @property
    def year(self) -> int:
        return sum(line.year for line in self.lines)

    @property
    def vacancies(self) -> int:
        return sum(bool(line.vacant) for line in self.lines)


def overview_of(look: Look, governed: Governed) -> Table:
    """The departments the actor may read; a constant number of queries."""
    readable = look.actor.units(Right.POINTS_READ_ALL)
    units = [unit for unit in governed.departments if unit.pk in readable]
    year = look.today.replace(month=1, day=1)
    sent = submissions(governed, units, year, look.today)
    pending = _pending(look, governed, units)
    vacant = _vacancies(governed)
    progresses = progress(governed, units, look.local)
    lines = tuple(
        Line(
            unit=each.unit,
            quotas=tuple(result for _, result in each.running),
            month=sum(
                moment.month == look.today.month
                for (unit, _), moments in sent.items()
                if unit == each.unit.pk
                for moment in moments
            ),
            year=sum(len(moments) for (unit, _), moments in sent.items() if unit == each.unit.pk),
            in_review=pending[each.unit.pk, Item.State.IN_REVIEW],
            returned=pending[each.unit.pk, Item.State.RETURNED],
            filed=pending[each.unit.pk, Item.State.FILED],
            vacant=tuple(vacant.get(each.unit.pk, ())),
        )
        for each in progresses
    )
    titles = tuple(duty.title for duty, _ in progresses[0].running) if progresses else ()
    return Table(governed.installation, titles, lines)


def _pending(look: Look, governed: Governed, units: list[Unit]) -> Counter[tuple[int, str]]:
    """Counted over what the actor may see, as every list is."""
    found = visible_items(look.actor).filter(
        installation=governed.installation, unit__in=units, state__in=PENDING
    )
    return Counter(found.values_list("unit_id", "state"))


def _vacancies(governed: Governed) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for duty in post_duties(governed):
        if duty.each != "department":
            continue
        for seat in seats_of(governed, duty):
            if seat.vacant:
                found.setdefault(seat.unit.pk, []).append(seat.result.words)
    return found
