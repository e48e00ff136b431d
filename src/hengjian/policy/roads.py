"""Which road a matter takes through a flow: who signs, in what order, what a way out leaves aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hengjian.policy.clauses.flow import Flow, Step, WayOut
from hengjian.policy.pack import Pack


@dataclass(frozen=True, slots=True)
class Stop:
    """A step on the road; ``waived``: a way out goes round it."""

    step: Step
    waived: bool = False


def fitting(pack: Pack, facts: Mapping[str, object], on: date | None = None, prefix: str = "") -> Flow | None:
    """The first flow in force on ``on`` whose conditions ``facts`` meet; ``prefix`` narrows by id.

    A flow without conditions is asked for by name, never found. Order: that of the pack's files.
    """
    for flow in pack.clauses_of("flow", on):
        wanted = flow.applies_to
        if (
            wanted
            and flow.id.startswith(prefix)
            and all(facts.get(key) in few for key, few in wanted.items())
        ):
            return flow  # type: ignore[no-any-return]
    return None


def left_out(flow: Flow, way: WayOut) -> frozenset[str]:
    """Keys of the steps the way out goes round; without ``skips`` the whole flow."""
    return frozenset(way.skips or (step.key for step in flow.steps))


def road(flow: Flow, way: WayOut | None = None) -> list[Stop]:
    """All steps in order, the consent a way out needs first.

    >>> flow = Flow.model_validate({"id": "f", "kind": "flow", "title": "t", "articles": ["18"], "principle": True,
    ...     "steps": [{"key": "a", "title": "A", "role": "head"}, {"key": "b", "title": "B", "role": "leader"}],
    ...     "exceptions": [{"key": "x", "title": "X", "used_by": ["head"], "consent": "chief", "skips": ["b"]}]})
    >>> [(stop.step.role, stop.waived) for stop in road(flow, flow.exceptions[0])]
    [('chief', False), ('head', False), ('leader', True)]
    """
    if way is None:
        return [Stop(step) for step in flow.steps]
    skipped = left_out(flow, way)
    stops = [Stop(step, step.key in skipped) for step in flow.steps]
    if way.consent is None:
        return stops
    return [Stop(Step(key=f"consent:{way.key}", title=f"{way.title}：同意", role=way.consent)), *stops]
