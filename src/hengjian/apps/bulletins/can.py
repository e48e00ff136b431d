"""What one actor may do with one item now: state, right and turn together. Pages and the API show exactly this."""

from __future__ import annotations

from dataclasses import dataclass

from hengjian.apps.bulletins import flows, rounds
from hengjian.apps.bulletins.models import Item, ReviewStep
from hengjian.apps.bulletins.states import VERBS, WITH_THE_OFFICE, Verb, possible
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack
from hengjian.policy.clauses.flow import WayOut

_TURN = (Verb.APPROVE, Verb.SEND_BACK)


@dataclass(frozen=True, slots=True)
class Can:
    """``step`` is the open step the actor may sign; ``ways`` the ways out the actor may take."""

    verbs: frozenset[Verb]
    step: ReviewStep | None
    reading_only: bool
    ways: tuple[WayOut, ...]

    def __contains__(self, verb: str) -> bool:
        return verb in self.verbs

    def __getattr__(self, name: str) -> bool:
        """``can.submit`` in templates."""
        try:
            return Verb(name) in self.verbs
        except ValueError:
            raise AttributeError(name) from None


def can(actor: Actor, item: Item, pack: Pack, steps: list[ReviewStep] | None = None) -> Can:
    listed = rounds.current(item) if steps is None else steps
    step = _my_step(actor, listed)
    ways = _ways(actor, item, pack)
    present = step is not None and step.key.startswith(flows.PRESENT)
    verbs = {verb for verb in possible(item.state) if _may(actor, item, verb, step, listed, bool(ways))}
    if present:
        verbs -= {Verb.SEND_BACK}
    return Can(frozenset(verbs), step, present, ways)


def _my_step(actor: Actor, steps: list[ReviewStep]) -> ReviewStep | None:
    waiting = [s for s in steps if s.state == ReviewStep.State.OPEN and s.key != flows.OFFICE]
    return next((s for s in waiting if flows.may_sign(actor, s)), None)


def _may(
    actor: Actor, item: Item, verb: Verb, step: ReviewStep | None, steps: list[ReviewStep], ways: bool
) -> bool:
    if verb in _TURN:
        return step is not None
    if verb is Verb.WAY_OUT:
        return ways
    if verb is Verb.UNDO:
        decided = [s for s in steps if s.left_version == item.version and s.decided_by_id]
        return bool(decided) and actor.person is not None and decided[0].decided_by_id == actor.person.pk
    if verb in (Verb.AMEND, Verb.RETYPE):
        if item.state in WITH_THE_OFFICE:
            return actor.has(Right.ITEM_EDIT, item.unit_id)
        if item.state == Item.State.IN_REVIEW:
            return step is not None
    return actor.has_any(VERBS[verb].rights, item.unit_id)


def _ways(actor: Actor, item: Item, pack: Pack) -> tuple[WayOut, ...]:
    if item.state not in (Item.State.DRAFT, Item.State.RETURNED, Item.State.IN_REVIEW):
        return ()
    try:
        flow = flows.flow_for(pack, item, to_local(actor.at).date())
    except HengjianError:
        return ()
    return tuple(way for way in flow.exceptions if flows.may_take(actor, way, item.unit_id))
