"""The office's two decisions on what was filed: receive, or return with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, flows, rounds, words
from hengjian.apps.bulletins.acts.decide import FIELDS, checked_reasons, tell_department
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item, ReviewStep
from hengjian.apps.bulletins.states import Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.policy import Pack

MARKS = {"good": "好", "weak": "需加强"}


@act("bulletins.item.receive", "签收信息")
def receive(
    actor: Actor, item: Item, *, version: int | None = None, marks: Mapping[str, str] | None = None
) -> Item:
    """Accept what was filed; ``marks`` grade it against the writing checklist (good or weak), as advice."""
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, version)
    check(item, Verb.RECEIVE)
    pack = pack_for(item.installation, actor.at)
    step = filing.office_step(item)
    if step is not None:
        _close(actor, item, step, ReviewStep.State.APPROVED, "")
        step.marks = _checked_marks(pack, marks or {})
        step.save()
    item.received_at = actor.at
    move(item, Verb.RECEIVE, Item.State.RECEIVED)
    put(item, actor.at, *FIELDS)
    log(item, after=item.state, number=item.number, marks=dict(marks or {}))
    return item


@act("bulletins.item.return", "退回信息")
def return_item(
    actor: Actor,
    item: Item,
    *,
    reasons: Iterable[str] = (),
    opinion: str = "",
    version: int | None = None,
) -> Item:
    """Give a filed or received item back; it counts again from its next filing, the clocks keep the first."""
    actor.require(Right.ITEM_EDIT, item.unit)
    item = take(item, version)
    check(item, Verb.RETURN)
    pack = pack_for(item.installation, actor.at)
    given = checked_reasons(pack, reasons, opinion)
    before = item.state
    filing.take_back(
        actor, item, reason=opinion or words.label(pack, "return_reason", given[0]), cause="returned"
    )
    step = filing.office_step(item)
    if step is None or step.state != ReviewStep.State.OPEN:
        step = rounds.append(
            actor, item, step.revision if step else None, flows.OFFICE, "退回修改", "editor", "office_head"
        )
    step.reasons = given
    _close(actor, item, step, ReviewStep.State.RETURNED, opinion)
    rounds.void_open(item)
    move(item, Verb.RETURN, Item.State.RETURNED)
    tell_department(actor, item, pack, opinion, given)
    put(item, actor.at, *FIELDS)
    log(item, before=before, after=item.state, reasons=given, opinion=opinion)
    return item


def _close(actor: Actor, item: Item, step: ReviewStep, state: ReviewStep.State, opinion: str) -> None:
    step.state, step.opinion = state, opinion.strip()[:500]
    step.decided_at, step.decided_by = actor.at, actor.person
    step.decided_as = flows.signed_as(actor, step)[:100]
    step.left_version = item.version + 1
    step.save()


def _checked_marks(pack: Pack, marks: Mapping[str, str]) -> dict[str, str]:
    known = {term.key for term in words.terms(pack, "writing_check")}
    for key, mark in marks.items():
        if key not in known or mark not in MARKS:
            raise HengjianError("写作评价只能按清单的各项选“好”或“需加强”。")
    return dict(marks)
