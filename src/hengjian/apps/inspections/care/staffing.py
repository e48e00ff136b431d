"""Who keeps statistics in a court: enough full-time people, a substitute, and whether anybody is there today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.inspections.care.lines import HIGH, level_of
from hengjian.apps.org.models import Absence, Appointment, Unit
from hengjian.apps.org.queries import house_of, in_force
from hengjian.base.times import to_local
from hengjian.clocks.lengths import amount
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import RegisterDuty

HIGH_STAFF, COURT_STAFF = "registers/high-staff", "registers/court-staff"
ROLES = ("statistics", "high_statistics")
A, B = Appointment.Seat.A, Appointment.Seat.B


@dataclass(frozen=True, slots=True)
class Staff:
    """``wanted`` as the text says; ``away``: everybody in A and B seats is absent at this moment."""

    court: Unit
    article: str
    wanted: int
    main: tuple[str, ...]
    substitutes: tuple[str, ...]
    needs_substitute: bool
    away: bool

    @property
    def short(self) -> int:
        return max(self.wanted - len(self.main), 0)

    @property
    def lacks_substitute(self) -> bool:
        return self.needs_substitute and not self.substitutes

    @property
    def fine(self) -> bool:
        return not (self.short or self.lacks_substitute or self.away)


def staff_of(courts: Iterable[Unit], pack: Pack, at: datetime) -> list[Staff]:
    """Three queries for all courts, and their classes."""
    courts = list(courts)
    day = to_local(at).date()
    held: dict[int, list[Appointment]] = {court.pk: [] for court in courts}
    seats = Appointment.objects.filter(in_force(day), post__role__in=ROLES, person__active=True)
    for seat in seats.select_related("person", "post__unit").order_by("valid_from", "pk"):
        house = house_of(seat.post.unit).pk if seat.post.unit_id not in held else seat.post.unit_id
        if house in held:
            held[house].append(seat)
    people = {seat.person_id for rows in held.values() for seat in rows}
    now = Absence.objects.filter(person__in=people, starts_at__lte=at, ends_at__gt=at)
    absent = set(now.values_list("person_id", flat=True))
    return [_staff(court, pack, at, held[court.pk], absent) for court in courts]


def _staff(court: Unit, pack: Pack, at: datetime, seats: list[Appointment], absent: set[int]) -> Staff:
    day = to_local(at).date()
    duty = pack.clause(HIGH_STAFF if level_of(court, pack, day) == HIGH else COURT_STAFF)
    assert isinstance(duty, RegisterDuty)
    wanted = amount(duty.minimum, day, lambda name, on: pack.value(name, on=on)) or 0
    main = dict.fromkeys((s.person_id, s.person.name) for s in seats if s.seat == A)
    deputies = dict.fromkeys((s.person_id, s.person.name) for s in seats if s.seat == B)
    everybody = {pk for pk, _ in (*main, *deputies)}
    return Staff(
        court, duty.articles[0], int(wanted), tuple(name for _, name in main), tuple(name for _, name in deputies),
        duty.substitutes, bool(everybody) and everybody <= absent,
    )  # fmt: skip
