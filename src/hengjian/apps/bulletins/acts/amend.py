"""Reviewers and the office change the text under their own name."""

from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import flows, rounds
from hengjian.apps.bulletins.acts.decide import open_step
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item, ReviewStep, Revision
from hengjian.apps.bulletins.revisions import latest, snapshot
from hengjian.apps.bulletins.states import WITH_THE_OFFICE, Verb, check, move
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local


@act("bulletins.item.amend", "改稿")
def amend(
    actor: Actor,
    item: Item,
    *,
    title: str,
    body: str,
    note: str = "",
    version: int | None = None,
    ask_again: bool = False,
) -> Item:
    """A new revision. Signatures of people the amender could not sign for become void and are asked for again;
    the office asks for them again when the change is one of substance (``ask_again``)."""
    item = take(item, version)
    check(item, Verb.AMEND)
    office = item.state in WITH_THE_OFFICE
    if office:
        actor.require(Right.ITEM_EDIT, item.unit)
    else:
        open_step(actor, item)
    if not title.strip() or not body.strip():
        raise HengjianError("标题和正文都不能为空。")
    if (title.strip(), body) == (item.title, item.body):
        raise HengjianError("文稿没有改动，不必保存。")
    old = latest(item)
    item.title, item.body = title.strip(), body
    revision = snapshot(actor, item, "office" if office else "review", note=note)
    again = _ask_again(actor, item, revision) if office and ask_again else []
    if not office:
        again = _reopen_uncovered(actor, item, revision)
    move(item, Verb.AMEND, Item.State(item.state))
    put(item, actor.at, "title", "body", "state")
    log(item, before=old.n if old else None, after=revision.n, note=note, ask_again=again)
    return item


def _reopen_uncovered(actor: Actor, item: Item, revision: Revision) -> list[str]:
    reopened = []
    for step in rounds.deciding(rounds.current(item)):
        if step.state in rounds.UNDECIDED:
            step.revision = revision
            step.save(update_fields=["revision"])
        elif step.state == ReviewStep.State.APPROVED and not flows.may_sign(actor, step):
            step.state, step.revision, step.opened_at = ReviewStep.State.OPEN, revision, actor.at
            step.decided_at = step.decided_by = step.left_version = None
            step.decided_as = ""
            step.opinion = ""
            step.save()
            reopened.append(step.label)
    return reopened


def _ask_again(actor: Actor, item: Item, revision: Revision) -> list[str]:
    pack = pack_for(item.installation, actor.at)
    flow = flows.flow_for(pack, item, to_local(actor.at).date())
    rounds.start(actor, item, pack, flow, revision)
    if item.state == Item.State.FILED:
        rounds.append(actor, item, revision, flows.OFFICE, "签收", "editor", "office_head")
    return [step.title for step in flow.steps]
