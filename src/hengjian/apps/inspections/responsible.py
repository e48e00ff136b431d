"""First responsible persons: who heads the court, who heads the department, by their posts on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from hengjian.apps.inspections.models import Inspection
from hengjian.apps.org.models import Appointment, Unit
from hengjian.apps.org.queries import in_force
from hengjian.base.times import to_local
from hengjian.policy import Pack

COURT, DEPARTMENT = "president", "dept_head"


def heads(units: Iterable[Unit], role: str, day: date) -> dict[int, list[Appointment]]:
    """Unit → who sits on its very seats with the role, A before B. One query."""
    wanted = {unit.pk: [] for unit in units}  # type: dict[int, list[Appointment]]
    seats = Appointment.objects.filter(
        in_force(day), post__unit__in=wanted, post__role=role, person__active=True
    )
    for seat in seats.select_related("person", "post").order_by("seat", "valid_from", "pk"):
        wanted[seat.post.unit_id].append(seat)
    return wanted


def heads_of_courts(courts: Iterable[Unit], day: date) -> dict[int, list[Appointment]]:
    """Who heads a court, whether the seat hangs on the court or on its leaders' group."""
    by_place: dict[int, int] = {}
    for court in courts:
        by_place[court.pk] = court.pk
    groups = Unit.objects.filter(parent__in=by_place, kind=Unit.Kind.GROUP)
    by_place |= {group.pk: group.parent_id for group in groups}
    found: dict[int, list[Appointment]] = {pk: [] for pk in set(by_place.values())}
    for place, seats in heads(Unit.objects.filter(pk__in=by_place), COURT, day).items():
        found[by_place[place]] += seats
    return found


def named(seats: Iterable[Appointment]) -> str:
    return "、".join(f"{seat.person.name}（{seat.post.title}）" for seat in seats) or "空缺，请登记"


def responsible_lines(inspection: Inspection, pack: Pack, at: datetime) -> list[str]:
    """As printed on reports: the court's head, then the head of each department looked at."""
    day = to_local(at).date()
    court = inspection.court
    lines = [f"{court.name}：{named(heads_of_courts([court], day)[court.pk])}"]
    units = [u for u in inspection.units.order_by("position", "pk") if u.pk != court.pk]
    found = heads(units, DEPARTMENT, day)
    return lines + [f"{unit.name}：{named(found[unit.pk])}" for unit in units]
