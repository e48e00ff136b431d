"""Who sees which plan."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hengjian.apps.duties.models import Plan
from hengjian.apps.duties.plans.numbers import tables_of
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import packs_of, visible_installations


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Everybody of the house sees what was approved; drafts those who make, sign and read everything."""
    plans = Plan.objects.select_related("installation__unit", "made_by")
    if actor.system:
        return plans
    makers = actor.units(Right.REGISTER_MANAGE) | actor.units(Right.POINTS_READ_ALL)
    mine = visible_installations(actor).values("pk")
    return plans.filter(
        Q(installation__unit_id__in=makers) | Q(installation__in=mine, state=Plan.State.APPROVED)
    )


def has_plan(actor: Actor) -> bool:
    """Whether a regulation of the actor's office has a plan at all."""
    return any(tables_of(pack) for pack in packs_of(actor))
