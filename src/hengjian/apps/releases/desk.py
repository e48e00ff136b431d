"""Where releasing happens: the installation whose pack knows it, and for which courts somebody sits in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from hengjian.apps.org.access import Actor, deny, once
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import HOUSES, house_of
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installations_of, loaded, pack_for
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.definition import Term

STATES = "release_state"


def knows_releases(pack: str) -> bool:
    return STATES in loaded(pack).vocabularies


@dataclass
class Desk:
    """One installation, seen by one actor."""

    installation: Installation
    actor: Actor

    @cached_property
    def pack(self) -> Pack:
        return pack_for(self.installation, self.actor.at)

    @property
    def today(self) -> date:
        return to_local(self.actor.at).date()

    def terms(self, vocabulary: str) -> dict[str, Term]:
        if vocabulary not in self.pack.vocabularies:
            return {}
        return {term.key: term for term in self.pack.vocabulary(vocabulary)}

    def label(self, vocabulary: str, key: str) -> str:
        found = self.terms(vocabulary).get(key)
        return found.label if found else key

    @property
    def top(self) -> Unit:
        return self.installation.unit

    @cached_property
    def courts(self) -> list[Unit]:
        """All courts under the regulation, the top first."""
        found: QuerySet[Unit] = self.top.descendants(include_self=True)
        listed = found.filter(kind__in=HOUSES).standing(self.today)  # type: ignore[attr-defined]
        return list(listed.order_by("position", "pk"))

    @cached_property
    def house(self) -> Unit | None:
        """The court the actor works in."""
        return house_of(self.actor.person.unit) if self.actor.person else None

    @cached_property
    def houses(self) -> list[Unit]:
        """Courts in whose statistics office the actor holds a seat of his own."""
        return [unit for unit in self.courts if self.actor.system or unit.pk in seated(self.actor)]

    def releasable(self, house: Unit) -> list[Unit]:
        """The top court releases for the whole; every other court its own figures only."""
        return self.courts if house.pk == self.top.pk else [house]

    def require_seat(self, house: Unit) -> None:
        if not self.actor.system and house.pk not in seated(self.actor):
            deny(Right.RELEASE_PREPARE)


@once
def seated(actor: Actor, right: Right = Right.RELEASE_PREPARE) -> frozenset[int]:
    """Courts in which the actor holds ``right`` by a seat there, not from above."""
    seats = {grant.unit_id for grant in actor.grants if right in grant.rights}
    return frozenset(house_of(unit).pk for unit in Unit.objects.filter(pk__in=seats))


def desk_of(actor: Actor) -> Desk | None:
    """The desk over the actor's court; None where no regulation knows releases."""
    found = next((i for i in installations_of(actor) if knows_releases(i.pack)), None)
    return Desk(found, actor) if found else None


def governed(actor: Actor) -> bool:
    return desk_of(actor) is not None


def works_there(actor: Actor) -> bool:
    return bool(seated(actor)) and governed(actor)
