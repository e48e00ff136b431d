"""Whose indicator is it: the installation, the leads and responsible units of the pack as units of the tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from weakref import WeakKeyDictionary

from django.db.models import QuerySet

from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Appointment, Person, Unit
from hengjian.apps.org.queries import in_force
from hengjian.apps.org.roles import ROLES, Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import installations_of, loaded, pack_for, packs_on
from hengjian.base.errors import HengjianError
from hengjian.base.periods import Period
from hengjian.base.times import to_local
from hengjian.kpi.units import Units
from hengjian.policy import Pack
from hengjian.policy.clauses.measure import Measure

# what one look of one person found: menus, counts and the page itself ask the same
_asked: WeakKeyDictionary[Actor, Installation | None] = WeakKeyDictionary()


def installation_for(actor: Actor) -> Installation | None:
    """The installed pack with indicators that governs the actor's court; the nearest one above."""
    if actor not in _asked:
        found = installations_of(actor)
        _asked[actor] = next((i for i in found if has_measures(i.pack)), None)
    return _asked[actor]


def has_measures(pack: str) -> bool:
    return any(isinstance(clause, Measure) for clause in loaded(pack).clauses)


@dataclass
class Scene:
    """One installation at a moment: pack, indicators, and the tree of units under their names in the pack."""

    installation: Installation
    actor: Actor

    @cached_property
    def pack(self) -> Pack:
        return pack_for(self.installation, self.actor.at)

    def pack_at(self, period: Period) -> Pack:
        """The pack as it is read on the last day of a period, as decided by now."""
        if period.last not in self._packs:
            self.look_at([period])
        return self._packs[period.last]

    def look_at(self, periods: Iterable[Period]) -> None:
        """Read the decisions for many periods at once."""
        self._packs.update(packs_on(self.installation, [period.last for period in periods]))

    @cached_property
    def _packs(self) -> dict[date, Pack]:
        return {}

    @cached_property
    def measures(self) -> list[Measure]:
        return list(self.pack.clauses_of("measure", to_local(self.actor.at).date()))

    @cached_property
    def by_key(self) -> dict[str, Measure]:
        return {m.indicator: m for m in self.pack.clauses if isinstance(m, Measure)}

    def measure(self, key: str) -> Measure:
        found = self.by_key.get(key)
        if found is None:
            raise HengjianError("制度里没有这个指标，请从列表中选择。")
        return found

    @cached_property
    def names(self) -> Units:
        return Units(self.pack)

    @cached_property
    def units(self) -> list[Unit]:
        """Departments of the court itself and the courts under it."""
        top = self.installation.unit
        own = Unit.objects.filter(parent=top).standing(to_local(self.actor.at).date())
        return [u for u in own.order_by("position", "pk") if u.kind != Unit.Kind.GROUP]

    @cached_property
    def name_of(self) -> dict[int, str]:
        """Unit → its name in the pack; courts go by their own name."""
        aliases: dict[int, list[str]] = {}
        for pk, text in Unit.objects.filter(pk__in=[u.pk for u in self.units]).values_list(
            "pk", "aliases__text"
        ):
            aliases.setdefault(pk, []).append(text or "")
        found = {}
        for unit in self.units:
            called = [unit.name, unit.short_name, *aliases.get(unit.pk, ())]
            found[unit.pk] = next((n for n in called if n and self.names.named(n)), unit.name)
        return found

    @cached_property
    def unit_by_name(self) -> dict[str, Unit]:
        return {self.name_of[unit.pk]: unit for unit in self.units}

    @cached_property
    def collectives(self) -> dict[str, str]:
        """Courts below stand under the open collective name; departments the pack does not name, under none."""
        below = self.names.open_names[0] if self.names.open_names else ""
        return {
            self.name_of[u.pk]: below if u.kind == Unit.Kind.COURT else ""
            for u in self.units
            if not self.names.named(self.name_of[u.pk])
        }

    def responsible(self, measure: Measure) -> list[Unit]:
        names = Units(self.pack, self.collectives)
        return [u for u in self.units if names.answers(measure, self.name_of[u.pk])]

    def leads(self, measure: Measure) -> list[Unit]:
        """Leads and co-leads that exist as units."""
        return [self.unit_by_name[n] for n in (*measure.lead, *measure.co_lead) if n in self.unit_by_name]

    def conflicted(self, measure: Measure) -> bool:
        """Whether a lead assesses itself."""
        answering = {u.pk for u in self.responsible(measure)}
        return any(self.unit_by_name[n].pk in answering for n in measure.lead if n in self.unit_by_name)

    def verifier(self, measure: Measure) -> Unit | None:
        return self.unit_by_name.get(measure.verified_by)

    # what the actor may

    @property
    def manages(self) -> bool:
        return self.actor.has(Right.KPI_MANAGE, self.installation.unit_id)

    def seated(self, right: Right) -> frozenset[int]:
        """Units in which the actor holds ``right`` by an own post there, not from above."""
        return frozenset(g.unit_id for g in self.actor.grants if right in g.rights)

    def heads(self, unit: Unit) -> bool:
        """Whether the actor heads the unit: its own head, or the president of a court."""
        return bool(self.actor.system) or unit.pk in self.seated(Right.KPI_EXPLAIN)

    def leading(self, measure: Measure) -> bool:
        """Whether the actor works in a lead of the indicator."""
        mine = self.seated(Right.KPI_REPORT)
        return bool(self.actor.system) or any(u.pk in mine for u in self.leads(measure))

    def may_report(self, measure: Measure, unit: Unit) -> bool:
        return self.manages or self.leading(measure) or unit.pk in self.seated(Right.KPI_REPORT)

    @cached_property
    def seen(self) -> frozenset[int]:
        """Units whose unpublished results the actor may see."""
        if self.manages or self.actor.has(Right.KPI_READ_ALL, self.installation.unit_id):
            return frozenset(u.pk for u in self.units)
        return frozenset(u.pk for u in self.units if u.pk in self.seated(Right.KPI_READ_UNIT))

    def sees(self, measure: Measure, unit: Unit) -> bool:
        return unit.pk in self.seen or self.leading(measure)


def heads_of(unit: Unit, at: datetime) -> QuerySet[Person]:
    """Who heads a unit by a post in that very unit: nobody above answers for it."""
    roles = [role.key for role in ROLES.values() if Right.KPI_EXPLAIN in role.rights]
    seats = in_force(to_local(at).date())
    own = Appointment.objects.filter(seats, post__unit=unit, post__role__in=roles)
    return Person.objects.filter(active=True, appointments__in=own).distinct()


def scene_of(actor: Actor) -> Scene | None:
    installation = installation_for(actor)
    return Scene(installation, actor) if installation else None
