"""What one look at the inbox knows once for all sources: who, when, which regulations, which departments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from hengjian.apps.duties.rows import DutyRow, urgency_of, words_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import standing
from hengjian.apps.org.roles import Right
from hengjian.apps.org.tree import Tree, standing_tree
from hengjian.apps.regs.members import classes_on, sorts_units
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.clocks.lengths import ValueOf
from hengjian.policy import Pack
from hengjian.policy.clauses.duty import DutyBase, Remind

AUTHORS = (Unit.Kind.DEPARTMENT, Unit.Kind.TRIBUNAL)
REGISTER_READERS = (Right.REGISTER_MANAGE, Right.POINTS_READ_ALL)
"""Who reads minutes and attendance: those who keep the register and those who read everything."""


@dataclass
class Governed:
    """A regulation at work, as it is read today, and the units under it."""

    installation: Installation
    pack: Pack
    today: date
    tree: Tree = field(default_factory=standing_tree, repr=False)
    plans: dict[tuple[str, int], Any] = field(
        default_factory=dict, repr=False
    )  # (table, year) → its numbers, once

    @cached_property
    def units(self) -> list[Unit]:
        below = Unit.objects.filter(pk__in=self.tree.below(self.installation.unit_id))
        return sorted(standing(below, self.today).order_by(), key=lambda unit: (unit.position, unit.pk))

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(unit.pk for unit in self.units)

    @property
    def started(self) -> date:
        """From when on the product keeps the books here: nothing is held to have been missed before."""
        installed = to_local(self.installation.installed_at).date()
        return max(installed, self.installation.in_force_from)

    @cached_property
    def classes(self) -> dict[int, str]:
        """Unit → class of the pack today; empty where no unit is classed."""
        return classes_on(self.installation, self.pack, self.today, self.tree)

    @cached_property
    def departments(self) -> list[Unit]:
        """The units that write items: those the pack's classes name, else every department."""
        if sorts_units(self.pack) and self.classes:
            return [unit for unit in self.units if unit.pk in self.classes]
        return [unit for unit in self.units if unit.kind in AUTHORS]

    @property
    def office(self) -> Unit:
        """Who keeps the registers: the competent office, else the court itself."""
        return self.installation.competent_unit or self.installation.unit

    def duties(self, *shapes: type[DutyBase]) -> list[Any]:
        return [c for c in self.pack.clauses_of("duty", self.today) if isinstance(c, shapes)]

    def value_of(self) -> ValueOf:
        return lambda name, day: self.pack.value(name, on=day)


@dataclass
class Look:
    """``now`` is the aware moment of looking."""

    actor: Actor
    now: datetime

    @cached_property
    def local(self) -> datetime:
        return to_local(self.now)

    @property
    def today(self) -> date:
        return self.local.date()

    @cached_property
    def governed(self) -> list[Governed]:
        """The regulations that cover a unit in which the actor holds anything."""
        found = []
        tree = self.actor.tree
        above = {unit for grant in self.actor.grants for unit in tree.above(grant.unit_id)}
        over = Installation.objects.filter(unit__in=above).select_related("unit", "competent_unit")
        for installation in sorted(over.order_by(), key=lambda each: each.pk):
            governed = Governed(installation, pack_for(installation, self.now), self.today, tree)
            if any(grant.unit_id in governed.unit_ids for grant in self.actor.grants):
                found.append(governed)
        return found

    def departments(self, governed: Governed, right: Right) -> list[Unit]:
        """Departments under the regulation in which the actor holds ``right`` by an own post, not from above."""
        held = {grant.unit_id for grant in self.actor.grants if right in grant.rights}
        return [unit for unit in governed.departments if unit.pk in held]

    def articles(self, installation: Installation, clause: str) -> tuple[str, ...]:
        """What ``clause`` (``longkou/flows/notice``) cites; nothing where the pack no longer has it."""
        mine = (g.pack for g in self.governed if g.installation.pk == installation.pk)
        pack = next(mine, None) or pack_for(installation, self.now)
        known = {pack.full_id(each): each.articles for each in pack.clauses}
        return tuple(known.get(clause, ()))

    def holds_role(self, role: str, governed: Governed) -> bool:
        return any(g.role == role and g.unit_id in governed.unit_ids for g in self.actor.grants)

    def row(
        self,
        *,
        due: datetime | None = None,
        inclusive: bool = True,
        remind: Remind | None = None,
        remaining: str = "",
        **fields: Any,
    ) -> DutyRow:
        """A row whose urgency and words follow from its limit."""
        return DutyRow(
            due_at=due,
            inclusive=inclusive,
            remind=remind or Remind(),
            remaining=remaining or words_of(due, self.local, inclusive=inclusive),
            state=urgency_of(due, self.local, inclusive=inclusive, remind=remind),
            **fields,
        )
