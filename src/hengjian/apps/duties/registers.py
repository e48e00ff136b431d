"""What the register duties of a regulation ask for, and what has been done: yearly acts and posts that must be held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from hengjian.apps.duties.look import Governed
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.org.models import Appointment, Post, Unit
from hengjian.apps.org.roles import ROLES
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.clocks.lengths import amount
from hengjian.clocks.quota import QuotaResult, RegisterResult, quota_status, register_status
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import QuotaDuty, RegisterDuty


@dataclass(frozen=True, slots=True)
class Holder:
    name: str
    seat: str
    since: date
    phone: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One unit in a register of posts: who holds it, who stands in, what is lacking."""

    unit: Unit
    result: RegisterResult
    holders: tuple[Holder, ...]

    @property
    def vacant(self) -> bool:
        return self.result.vacant > 0

    @property
    def main(self) -> list[Holder]:
        return [holder for holder in self.holders if holder.seat == Appointment.Seat.A]

    @property
    def substitutes(self) -> list[Holder]:
        return [holder for holder in self.holders if holder.seat == Appointment.Seat.B]


def yearly_duties(governed: Governed) -> list[QuotaDuty]:
    """Quotas that are fulfilled by a record here (a hearing, a training), not by items."""
    words = governed.pack.vocabulary("kind") if "kind" in governed.pack.vocabularies else ()
    kinds = {term.key for term in words}
    return [duty for duty in governed.duties(QuotaDuty) if duty.counts not in kinds]


def item_duties(governed: Governed) -> list[QuotaDuty]:
    """Quotas that are fulfilled by items (a week's, a quarter's)."""
    yearly = {duty.id for duty in yearly_duties(governed)}
    return [duty for duty in governed.duties(QuotaDuty) if duty.id not in yearly]


def post_duties(governed: Governed) -> list[RegisterDuty]:
    """Registers of posts that must be held; those that ask for nobody or for no known role have no page."""
    return [
        duty
        for duty in governed.duties(RegisterDuty)
        if duty.register_name in ROLES
        and (amount(duty.minimum, governed.today, governed.value_of()) or 0) > 0
    ]


def yearly_duty(pack: Pack, clause: str) -> QuotaDuty:
    found = pack.clause(clause)
    if not isinstance(found, QuotaDuty):
        raise HengjianError(f"条款规则“{clause}”不是按期登记的事项，请从登记页面选择。")
    return found


def fulfilments(governed: Governed, clauses: Iterable[str], period: Period) -> list[Fulfilment]:
    """Standing records of the period, oldest first."""
    return list(
        Fulfilment.objects.filter(
            installation=governed.installation,
            clause__in=list(clauses),
            happened_on__gte=period.first,
            happened_on__lt=period.end,
            withdrawn_at=None,
        ).order_by("happened_on", "pk")
    )


def yearly_results(
    governed: Governed, now: datetime, on: date | None = None
) -> list[tuple[QuotaDuty, QuotaResult]]:
    """How far each yearly duty is in the period of ``on`` (today): two queries at most for each length of period."""
    day = on or governed.today
    duties = yearly_duties(governed)
    done: dict[str, list[datetime]] = {}
    for period in {Period.of(day, duty.per) for duty in duties}:
        clauses = [governed.pack.full_id(duty) for duty in duties if duty.per is period.kind]
        for record in fulfilments(governed, clauses, period):
            done.setdefault(record.clause, []).append(datetime.combine(record.happened_on, time()))
    results = []
    for duty in duties:
        moments = done.get(governed.pack.full_id(duty), [])
        period = Period.of(day, duty.per)
        results.append((duty, quota_status(duty, period, moments, now, value_of=governed.value_of())))
    return results


def seats_of(governed: Governed, duty: RegisterDuty) -> list[Seat]:
    """The register of one duty: a row a unit, in the order of the units. One query."""
    units = governed.departments if duty.each == "department" else [governed.installation.unit]
    wanted = governed.unit_ids if duty.each != "department" else frozenset(unit.pk for unit in units)
    held: dict[int, list[Holder]] = {}
    for appointment in _standing(governed.today, duty.register_name, wanted):
        person = appointment.person
        at = appointment.post.unit_id if duty.each == "department" else governed.installation.unit_id
        held.setdefault(at, []).append(
            Holder(person.name, appointment.seat, appointment.valid_from, person.phone)
        )
    return [_seat(governed, duty, unit, tuple(held.get(unit.pk, ()))) for unit in units]


def _standing(day: date, role: str, units: frozenset[int]) -> Iterable[Appointment]:
    dated = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    posts = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), role=role, unit__in=units)
    found = Appointment.objects.filter(dated, post__in=posts, person__active=True)
    return found.select_related("person", "post").order_by("seat", "valid_from", "pk")


def _seat(governed: Governed, duty: RegisterDuty, unit: Unit, holders: tuple[Holder, ...]) -> Seat:
    seats = Counter(holder.seat for holder in holders)
    result = register_status(
        duty,
        str(unit),
        seats[Appointment.Seat.A],
        governed.today,
        substitutes=seats[Appointment.Seat.B],
        value_of=governed.value_of(),
    )
    return Seat(unit, result, holders)
