"""Which way an application goes: the flow of its scope, cut off at the nearest court above both sides where it says so."""

from __future__ import annotations

from datetime import date
from typing import cast

from hengjian.apps.approvals.planning import flow_named
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.queries import HOUSES
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step
from hengjian.policy.roads import fitting

RELEASE = "flows/release"


def flow_for(pack: Pack, on: date, house: Unit, scope: str, target: Unit | None) -> Flow:
    """Raises where the text, as read, grants no such use."""
    flow = fitting(pack, {"use_scope": scope}, on, "flows/")
    if flow is None:
        label = next((t.label for t in pack.vocabulary("use_scope") if t.key == scope), scope)
        raise HengjianError(
            f"按现行的理解，不受理使用“{label}”的申请；请改申请别的范围，或者请主管部门决定理解。"
        )
    common = [step for step in flow.steps if step.to_common]
    if not common:
        return flow
    if target is None:
        raise HengjianError("请选择要用哪个法院的数据。")
    level = level_of(pack, common_superior(house, target), on)
    steps = tuple(_cut(step, level) for step in flow.steps)
    return flow.model_copy(update={"steps": steps})


def flow_for_release(pack: Pack, on: date, house: Unit) -> Flow:
    """How a release of a court is signed: the flow of its level, else the one for all."""
    return fitting(pack, {"level": level_of(pack, house, on)}, on, RELEASE) or flow_named(pack, RELEASE)


def _cut(step: Step, level: str) -> Step:
    return step.model_copy(update={"up_to": level}) if step.to_common and level else step


def common_superior(one: Unit, other: Unit) -> Unit:
    """The nearest court that stands above both, or is one of them."""
    above = {unit.pk for unit in other.ancestors(include_self=True) if unit.kind in HOUSES}
    for unit in reversed(list(one.ancestors(include_self=True))):
        if unit.pk in above:
            return cast(Unit, unit)
    raise HengjianError(f"{one}和{other}没有共同的上级法院，不能申请。")


def level_of(pack: Pack, unit: Unit, on: date) -> str:
    """The level the pack puts a court in; empty where none is registered."""
    levels = {term.key for term in pack.vocabulary("level")}
    classes = UnitClass.objects.filter(unit=unit, pack=pack.id, key__in=levels, valid_from__lte=on)
    found = classes.exclude(valid_to__lte=on).order_by("-valid_from").first()
    return found.key if found else ""
