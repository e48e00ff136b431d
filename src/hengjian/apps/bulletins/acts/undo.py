"""Take the last decision back, by the person who made it, while nothing later happened."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import facts, filing, flows, rounds
from hengjian.apps.bulletins.acts.decide import FIELDS
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Fact, Item, ReviewStep
from hengjian.apps.bulletins.states import Verb, check, move
from hengjian.apps.org.access import Actor, Denied
from hengjian.base.errors import HengjianError

State = ReviewStep.State


@act("bulletins.item.undo", "撤销上一步决定")
def undo(actor: Actor, item: Item, *, version: int | None = None, reason: str = "") -> Item:
    """The item is again as before the decision; both the decision and its undoing stay in the log."""
    item = take(item, version)
    check(item, Verb.UNDO)
    touched = undoable(item)
    decided = [s for s in touched if s.state in (State.APPROVED, State.RETURNED)]
    if not decided:
        raise HengjianError("这个决定之后已经有别的办理，不能再撤销；需要时请由现在的办理人退回。")
    if not actor.system and any(s.decided_by_id != _person(actor) for s in decided):
        raise Denied("只有作出决定的人可以撤销它。")
    trace = [{"step": s.label, "state": s.state, "opinion": s.opinion, "reasons": s.reasons} for s in decided]
    before, to = item.state, _state_before(item, decided)
    _reopen(item, touched, decided)
    if before == Item.State.RETURNED and to != Item.State.IN_REVIEW:
        _stand_again(actor, item)
    if before == Item.State.FILED and to == Item.State.IN_REVIEW:
        filing.take_back(actor, item, reason=reason or "撤销审核决定", cause="error")
        item.filed_at = None
    item.received_at = _received_at(item) if to == Item.State.RECEIVED else None
    move(item, Verb.UNDO, to)
    put(item, actor.at, *FIELDS)
    log(item, before=before, after=item.state, undone=trace, reason=reason)
    return item


def undoable(item: Item) -> list[ReviewStep]:
    """The steps the last act decided or closed; none when anything happened since."""
    return [s for s in rounds.current(item) if s.left_version == item.version]


def _person(actor: Actor) -> int | None:
    return actor.person.pk if actor.person else None


def _state_before(item: Item, decided: list[ReviewStep]) -> Item.State:
    if any(s.key == flows.OFFICE and s.state == State.APPROVED for s in decided):
        return Item.State.FILED
    if item.state == Item.State.FILED and _filed_by_last_act(item):
        return Item.State.IN_REVIEW
    if item.state != Item.State.RETURNED:
        return Item.State(item.state)
    gone = _withdrawn_submit(item)
    if gone is None or gone.withdrawn_by.recorded_at != decided[0].decided_at:
        return Item.State.IN_REVIEW
    return Item.State.RECEIVED if _received_at(item) else Item.State.FILED


def _filed_by_last_act(item: Item) -> bool:
    return Fact.objects.filter(client_key=f"submit-{item.pk}-{item.version - 1}").exists()


def _withdrawn_submit(item: Item) -> Fact | None:
    """The submit fact a return took from the count last."""
    gone = Fact.objects.filter(item=item, kind=filing.SUBMIT, withdrawn_by__cause="returned")
    return gone.select_related("withdrawn_by").order_by("-withdrawn_by__id").first()


def _received_at(item: Item) -> datetime | None:
    """When the office received what was filed last, if it did."""
    filed = _withdrawn_submit(item)
    received = item.steps.filter(key=flows.OFFICE, state=State.APPROVED)
    if filed is not None:
        received = received.filter(decided_at__gte=filed.happened_at)
    last = received.order_by("round", "position").last()
    return last.decided_at if last else None


def _reopen(item: Item, touched: list[ReviewStep], decided: list[ReviewStep]) -> None:
    moment = decided[0].decided_at
    ours = {s.pk for s in touched}
    for step in rounds.current(item):
        if step.pk in ours:
            if step.key == flows.OFFICE and step.state == State.RETURNED and step.opened_at == moment:
                step.state = State.VOID  # the row was made for the return itself
            else:
                step.state = State.OPEN if step.opened_at else State.WAITING
            step.decided_at = step.decided_by = step.left_version = None
            step.decided_as = step.opinion = ""
            step.reasons, step.marks = [], {}
            step.save()
        elif step.state == State.OPEN and step.opened_at == moment and step.position > decided[0].position:
            extra = step.key == flows.OFFICE or step.key.startswith(flows.PRESENT)
            step.state, step.opened_at = (State.VOID if extra else State.WAITING), None
            step.save()


def _stand_again(actor: Actor, item: Item) -> None:
    """The submit fact the return withdrew is stated again, with its own time."""
    gone = _withdrawn_submit(item)
    if gone is None:
        raise HengjianError("找不到原来的报送记录，请重新报送。")
    facts.record_fact(
        actor,
        installation=item.installation,
        kind=filing.SUBMIT,
        item=item,
        unit=gone.unit,
        happened_at=gone.happened_at,
        revision=gone.revision,
        note="撤销退回",
        client_key=f"submit-{item.pk}-{item.version}",
    )
