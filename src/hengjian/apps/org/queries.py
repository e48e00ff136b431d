"""What of the organisation an actor may see, and how its pages are filled in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hengjian.apps.org.access import Actor, once
from hengjian.apps.org.models import Absence, Appointment, Person, Post, Unit
from hengjian.apps.org.roles import ROLES, Right
from hengjian.base.times import to_local

HOUSES = (Unit.Kind.COURT, Unit.Kind.BUREAU)


def house_of(unit: Unit) -> Unit:
    """The court or bureau a unit belongs to: the nearest one above it, else the top of its tree."""
    here = unit
    while here.kind not in HOUSES and here.parent is not None:
        here = here.parent
    return here


def _all() -> QuerySet[Unit]:
    units: QuerySet[Unit] = Unit.objects.all()
    return units


def names_of(units: Iterable[int]) -> dict[int, str]:
    """Unit → what people call it: the units of one page in one light question."""
    rows = _all().order_by().filter(pk__in=set(units)).values_list("pk", "short_name", "name")
    return {pk: short or name for pk, short, name in rows}


def standing(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Those that exist on ``day``."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return units.filter(begun, Q(valid_to=None) | Q(valid_to__gt=day))


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """The own court or bureau with all below, and every unit a post reaches."""
    if actor.system:
        return _all()
    if actor.person is None:
        return _all().none()
    return _all().filter(pk__in=reach_of(actor))


@once
def reach_of(actor: Actor) -> frozenset[int]:
    """Every list of a page begins with it."""
    below = actor.tree.below(own_house(actor).pk)
    return below.union(*(grant.unit_ids for grant in actor.grants))


@once
def own_house(actor: Actor) -> Unit:
    """The court or bureau of a person who acts."""
    assert actor.person is not None
    return house_of(actor.person.unit)


def visible_people(actor: Actor) -> QuerySet[Person]:
    return Person.objects.filter(unit__in=visible_units(actor)).select_related("unit")


def visible_posts(actor: Actor) -> QuerySet[Post]:
    return Post.objects.filter(unit__in=visible_units(actor)).select_related("unit")


def managed_units(actor: Actor, right: Right = Right.ORG_MANAGE) -> QuerySet[Unit]:
    return _all() if actor.system else _all().filter(pk__in=actor.units(right))


def managed_people(actor: Actor, right: Right = Right.ORG_MANAGE) -> QuerySet[Person]:
    return Person.objects.filter(unit__in=managed_units(actor, right)).select_related("unit", "user")


def managed_posts(actor: Actor, right: Right = Right.ORG_MANAGE) -> QuerySet[Post]:
    return Post.objects.filter(unit__in=managed_units(actor, right)).select_related("unit")


def sees_phone(actor: Actor, person: Person) -> bool:
    """Phones are for those who must call (PHONE_READ), and for oneself."""
    own = actor.person is not None and actor.person.pk == person.pk
    return own or actor.has(Right.PHONE_READ, person.unit_id)


def in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def today(actor: Actor) -> date:
    return to_local(actor.at).date()


@dataclass(frozen=True, slots=True)
class Seat:
    """A present holder of a post: away or not, and since when."""

    appointment: Appointment
    away: Absence | None

    @property
    def person(self) -> Person:
        return self.appointment.person


@dataclass(slots=True)
class PostRow:
    """A post with who sits on it now. ``acting``: the B seat has the say at this moment."""

    post: Post
    a: list[Seat] = field(default_factory=list)
    b: list[Seat] = field(default_factory=list)

    @property
    def vacant(self) -> bool:
        return not self.a

    @property
    def acting(self) -> bool:
        return bool(self.b) and all(seat.away for seat in self.a)


def post_rows(actor: Actor, posts: QuerySet[Post]) -> list[PostRow]:
    """Three queries, however many posts."""
    day = today(actor)
    standing = posts.filter(in_force(day)).select_related("unit")
    rows = {post.pk: PostRow(post) for post in standing}
    seats = Appointment.objects.filter(in_force(day), post__in=rows, person__active=True)
    found = list(seats.select_related("person", "person__unit").order_by("valid_from"))
    away = absences_now(actor, (seat.person_id for seat in found))
    for appointment in found:
        row = rows[appointment.post_id]
        seat = Seat(appointment, away.get(appointment.person_id))
        (row.a if appointment.seat == Appointment.Seat.A else row.b).append(seat)
    return sorted(rows.values(), key=_place)


def _place(row: PostRow) -> tuple[int, int, bool, int]:
    """By unit; leaders before staff, administrators last."""
    post, rank = row.post, list(ROLES).index(row.post.role)
    return post.unit.position, post.unit_id, ROLES[post.role].administrator, -rank


def absences_now(actor: Actor, people: Iterable[int]) -> dict[int, Absence]:
    now = Absence.objects.filter(person_id__in=set(people), starts_at__lte=actor.at, ends_at__gt=actor.at)
    return {absence.person_id: absence for absence in now}


def vacant_posts(actor: Actor, units: QuerySet[Unit]) -> QuerySet[Post]:
    """Posts in force today on whose A seat nobody sits."""
    day = today(actor)
    held = Appointment.objects.filter(
        in_force(day), post=OuterRef("pk"), seat=Appointment.Seat.A, person__active=True
    )
    return Post.objects.filter(in_force(day), ~Exists(held), unit__in=units).select_related("unit")


def with_numbers(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Units with the number of people and posts directly in them."""
    posts = Q(posts__valid_from__lte=day) & (Q(posts__valid_to=None) | Q(posts__valid_to__gt=day))
    numbered: QuerySet[Unit] = units.annotate(
        people_count=Count("people", filter=Q(people__active=True), distinct=True),
        post_count=Count("posts", filter=posts, distinct=True),
        child_count=Count("children", distinct=True),
    )
    return numbered


def appointments_of(person: Person) -> QuerySet[Appointment]:
    return person.appointments.select_related("post", "post__unit").order_by("-valid_from", "-id")


def substitutes(actor: Actor, person: Person) -> list[PostRow]:
    """The posts a person holds as A, with the B seats that would act for him."""
    held = in_force(today(actor)) & Q(person=person, seat=Appointment.Seat.A)
    posts = Appointment.objects.filter(held).values("post_id")
    return post_rows(actor, Post.objects.filter(pk__in=posts))
