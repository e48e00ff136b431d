"""From a flow clause to the steps of one course: exceptions, several persons, level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hengjian.apps.approvals.models import Course, CourseStep
from hengjian.apps.approvals.subjects import subject_of
from hengjian.apps.bulletins import flows
from hengjian.apps.org.models import Unit, UnitClass
from hengjian.apps.org.queries import HOUSES, house_of
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import Flow, Step, WayOut
from hengjian.policy.roads import Stop, road


def flow_named(pack: Pack, clause: str) -> Flow:
    """The flow clause ``clause`` (``flows/plan``); HengjianError when the pack has none."""
    found = pack.clause(clause)
    if not isinstance(found, Flow):
        raise HengjianError(f"制度包“{pack.id}”没有流转“{clause}”，请补一条 flow。")
    return found


def steps_of(
    course: Course, pack: Pack, flow: Flow, on: date, way: WayOut | None, after: str = ""
) -> list[CourseStep]:
    """Unsaved steps in order; those a way out skips are waived, those up to ``after`` are behind us."""
    stops = _from(flow, road(flow, way), after)
    skipped = {stop.step.key for stop in stops if stop.waived}
    made: list[CourseStep] = []
    stand_ins = subject_of(course).stand_ins
    for step, house, label in _places(course, pack, [stop.step for stop in stops], on):
        made.append(
            CourseStep(
                course=course,
                position=len(made) + 1,
                key=step.key,
                label=label,
                role=step.role,
                or_above=[
                    *(flows.stand_ins(pack, step.role) if stand_ins else ()),
                    *(flows.roles_above(pack, step.role) if step.or_above else ()),
                ],
                beside=step.same_time_as,
                persons=flows.persons_of(pack, step, on),
                unit=house or course.unit,
                house=house,
                state=CourseStep.State.WAIVED if step.key in skipped else CourseStep.State.WAITING,
            )
        )
    return made


def _from(flow: Flow, stops: list[Stop], after: str) -> list[Stop]:
    """Without the steps of the flow up to ``after``; a consent stays."""
    keys = [step.key for step in flow.steps]
    behind = set(keys[: keys.index(after) + 1]) if after in keys else set()
    return [stop for stop in stops if stop.step.key not in behind]


def _places(
    course: Course, pack: Pack, steps: Iterable[Step], on: date
) -> Iterator[tuple[Step, Unit | None, str]]:
    """Each step with the court or bureau that takes it. Without 逐级 in the flow any seat that reaches the unit may."""
    steps = list(steps)
    by_level = any(step.up_to for step in steps)
    house = house_of(course.unit) if by_level else None
    for step in steps:
        if step.up_to is None:
            yield step, house, step.title
            continue
        above = _houses_above(house_of(course.unit), pack, step.up_to, on)
        for upper in above or [house_of(course.unit)]:
            yield step, upper, f"{step.title}（{upper}）"
            house = upper


def _houses_above(house: Unit, pack: Pack, level: str, on: date) -> list[Unit]:
    """Courts above ``house``, nearest first, up to the one of ``level``; empty when it is of that level itself."""
    if _is_of(house, pack, level, on):
        return []
    found = []
    for upper in reversed(list(house.ancestors())):
        if upper.kind not in HOUSES:
            continue
        found.append(upper)
        if _is_of(upper, pack, level, on):
            return found
    raise HengjianError(f"{house}上面没有“{level}”一级的单位，不能逐级上报；请在组织里登记上级单位和层级。")


def _is_of(house: Unit, pack: Pack, level: str, on: date) -> bool:
    classes = UnitClass.objects.filter(unit=house, pack=pack.id, key=level, valid_from__lte=on)
    return classes.exclude(valid_to__lte=on).exists()
