"""One function decides: ``Actor.has(right, unit)``. Pages, API, exports, search, counts and mail all ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Concatenate, NamedTuple, NoReturn, ParamSpec, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from hengjian.apps.org.models import Absence, Appointment, Person, Unit
from hengjian.apps.org.prepared import Prepared, names, taken
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.org.tree import Tree, standing_tree
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

if TYPE_CHECKING:
    from hengjian.apps.org.models import User

P = ParamSpec("P")
R = TypeVar("R")


class Denied(HengjianError):
    """The actor lacks the right; says which post would carry it."""


class Missing(Http404):
    """Foreign and non-existing objects look alike."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A right-bearing seat: role, the units it reaches, and whether it is held as a substitute."""

    role: str
    post_id: int
    post_title: str
    unit_id: int
    unit_ids: frozenset[int]
    substitute: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        return ROLES[self.role].rights


@dataclass(frozen=True)
class Actor:
    """Who acts, at which moment, with which grants. ``person`` is None for the system itself and for strangers."""

    user: User | None
    person: Person | None
    at: datetime
    grants: tuple[Grant, ...] = ()
    system: str = ""
    _units: dict[Right, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def name(self) -> str:
        return self.person.name if self.person else (self.system or "匿名")

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def units(self, right: Right) -> frozenset[int]:
        """Ids of the units in which the actor holds ``right``."""
        if right not in self._units:
            found = [grant.unit_ids for grant in self.grants if right in grant.rights]
            self._units[right] = frozenset().union(*found)
        return self._units[right]

    def has(self, right: Right, unit: Unit | int | None = None) -> bool:
        """Whether the actor holds ``right`` in ``unit`` (anywhere, if None). The system holds every right."""
        if self.system:
            return True
        units = self.units(right)
        return bool(units) if unit is None else (unit if isinstance(unit, int) else unit.pk) in units

    @cached_property
    def tree(self) -> Tree:
        """The units as they stood when the grants were loaded, or when they were first asked for."""
        return standing_tree()

    def has_any(self, rights: Iterable[Right], unit: Unit | int | None = None) -> bool:
        return any(self.has(right, unit) for right in rights)

    def require(self, right: Right, unit: Unit | int | None = None) -> None:
        if not self.has(right, unit):
            deny(right)


def once(
    find: Callable[Concatenate[Actor, P], R],
) -> Callable[Concatenate[Actor, P], R]:
    """What ``find`` says of an actor is asked once, however often a page needs it."""

    @wraps(find)
    def kept(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        found: dict[object, R] = vars(actor).setdefault("_found", {})
        key = (find, args, tuple(sorted(kwargs.items())))
        if key not in found:
            found[key] = find(actor, *args, **kwargs)
        return found[key]

    return kept


def deny(right: Right) -> NoReturn:
    """Say who could do it, so that the person knows whom to ask."""
    holders = "、".join(role.label for role in ROLES.values() if right in role.rights)
    raise Denied(f"您的岗位没有这项权限。有权办理的是：{holders}；需要时请安全管理员调整岗位。")


def system_actor(name: str, at: datetime) -> Actor:
    """The worker, an importer or the demo: acts in its own name and stands so in the audit log."""
    return Actor(user=None, person=None, at=at, system=name)


def actor_for(user: User, at: datetime) -> Actor:
    """Load the grants a login has at ``at``: own A seats, and B seats while A is away or the seat is empty."""
    person = _person_of(user) if user.is_authenticated and user.is_active else None
    if person is None or not person.active:
        return Actor(user=user if user.is_authenticated else None, person=None, at=at)
    return _seated(user, person, at)


def _person_of(user: User) -> Person | None:
    """With the unit and the one above it: every page names the person's department and court."""
    row = next(iter(_PERSON.rows(user.pk)), None)
    if row is None:
        return None
    own, unit = len(names(Person)), len(names(Unit))
    person = taken(Person, row[:own])
    if person is not None:
        person.unit = taken(Unit, row[own : own + unit])  # type: ignore[assignment]  # never empty
        person.unit.parent = taken(Unit, row[own + unit :])
    return person


_PERSON = Prepared(
    lambda user: (
        Person.objects.filter(user=user)
        .order_by()
        .values_list(*names(Person), *names(Unit, "unit__"), *names(Unit, "unit__parent__"))
    ),
    int,
)


def reloaded(actor: Actor) -> Actor:
    """The same actor with what a unit made a moment ago adds to his reach."""
    if actor.system or actor.person is None:
        return actor
    return _seated(actor.user, actor.person, actor.at)


def _seated(user: User | None, person: Person, at: datetime) -> Actor:
    """With the tree, where the grants needed it: every list of a page begins with it."""
    grants, tree = _grants_and_tree(person, at)
    actor = Actor(user=user, person=person, at=at, grants=grants)
    if tree is not None:
        vars(actor)["tree"] = tree
    return actor


def grants_of(person: Person, at: datetime) -> tuple[Grant, ...]:
    return _grants_and_tree(person, at)[0]


def _grants_and_tree(person: Person, at: datetime) -> tuple[tuple[Grant, ...], Tree | None]:
    day = to_local(at).date()
    held = _held(person, day)
    standing_in = {seat.post_id for seat in held if seat.seat == Appointment.Seat.B}
    acting = _posts_without_present_holder(standing_in, day, at) if standing_in else set()
    tree = standing_tree() if any(seat.subtree for seat in held) else None
    grants = []
    for seat in held:
        substitute = seat.seat == Appointment.Seat.B
        if substitute and seat.post_id not in acting:
            continue
        units = tree.below(seat.unit_id) if tree is not None and seat.subtree else frozenset([seat.unit_id])
        grants.append(Grant(seat.role, seat.post_id, seat.title, seat.unit_id, units, substitute))
    return tuple(grants), tree


class _Held(NamedTuple):
    """A seat of a person with its post, in the order of the fields: every page asks for these, and for no more."""

    position: int
    unit_id: int
    role: str
    post_id: int
    seat: str
    subtree: bool
    title: str


def _held(person: Person, day: date) -> list[_Held]:
    """By unit and role; sorted here, for the database is asked in half the time without."""
    return sorted(_Held(*row) for row in _HELD.rows(person.pk, day))


_HELD = Prepared(
    lambda person, day: (
        _in_force(day)
        .filter(person=person)
        .order_by()
        .values_list(
            "post__unit__position",
            "post__unit_id",
            "post__role",
            "post_id",
            "seat",
            "post__subtree",
            "post__title",
        )
    ),
    int,
    date,
)


def _in_force(day: date) -> QuerySet[Appointment]:
    dated = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    post = Q(post__valid_from__lte=day) & (Q(post__valid_to=None) | Q(post__valid_to__gt=day))
    return Appointment.objects.filter(dated & post)


def _posts_without_present_holder(posts: set[int], day: date, at: datetime) -> set[int]:
    holders = _in_force(day).filter(post_id__in=posts, seat=Appointment.Seat.A, person__active=True)
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values("person_id")
    present = set(holders.exclude(person_id__in=away).values_list("post_id", flat=True))
    return posts - present
