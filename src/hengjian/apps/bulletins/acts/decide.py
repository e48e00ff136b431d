"""The reviewer's two decisions: agree, or send back with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import filing, flows, notify, rounds, words
from hengjian.apps.bulletins.locking import put, take
from hengjian.apps.bulletins.models import Item, ReviewStep
from hengjian.apps.bulletins.people import holders
from hengjian.apps.bulletins.states import WITH_THE_OFFICE, Verb, check, move
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local
from hengjian.policy import Pack

FIELDS = ("state", "number", "filed_at", "received_at")


@act("bulletins.item.approve", "审核同意")
def approve(
    actor: Actor, item: Item, *, version: int | None = None, opinion: str = "", step: int | None = None
) -> Item:
    """Sign the open step; a higher officer's signature covers the following steps it may stand for too.

    With the last signature the item is filed, unless it was reported first.
    """
    item = take(item, version)
    check(item, Verb.APPROVE)
    pack = pack_for(item.installation, actor.at)
    signing = open_step(actor, item, step)
    signed = [signing, *_covered(actor, item, signing)]
    for one in signed:
        _decide(actor, item, one, ReviewStep.State.APPROVED, opinion)
    before = item.state
    if not signing.key.startswith(flows.PRESENT):
        _go_on(actor, item, pack)
    else:
        move(item, Verb.APPROVE, Item.State(item.state))
    put(item, actor.at, *FIELDS)
    steps = [s.label for s in signed]
    log(item, before=before, after=item.state, steps=steps, signed_as=signing.decided_as, opinion=opinion)
    return item


def _go_on(actor: Actor, item: Item, pack: Pack) -> None:
    flow = flows.flow_for(pack, item, to_local(actor.at).date())
    reviewing = item.state == Item.State.IN_REVIEW
    if not rounds.settled(item):
        rounds.open_next(actor, item, pack)
        move(item, Verb.APPROVE, Item.State(item.state))
    elif reviewing:
        filing.file(actor, item, pack, flow, rounds.current(item)[0].revision)
        move(item, Verb.APPROVE, Item.State.FILED)
    else:
        rounds.present(actor, item, pack, flow, rounds.current(item)[0].revision)
        move(item, Verb.APPROVE, Item.State(item.state))


def _covered(actor: Actor, item: Item, signing: ReviewStep) -> list[ReviewStep]:
    """Following steps the same signature stands for: it need not be given twice."""
    if signing.key.startswith(flows.PRESENT) or actor.system:
        return []
    covered = []
    for step in rounds.deciding(rounds.current(item)):
        if step.position <= signing.position or step.state not in rounds.UNDECIDED:
            continue
        if not flows.may_sign(actor, step):
            break
        covered.append(step)
    return covered


@act("bulletins.item.send_back", "审核退回")
def send_back(
    actor: Actor,
    item: Item,
    *,
    opinion: str,
    reasons: Iterable[str] = (),
    version: int | None = None,
    step: int | None = None,
) -> Item:
    """Return to the department; what was reported first is withdrawn from the count, the clocks keep its time."""
    item = take(item, version)
    check(item, Verb.SEND_BACK)
    pack = pack_for(item.installation, actor.at)
    signing = open_step(actor, item, step)
    if signing.key.startswith(flows.PRESENT):
        raise HengjianError("呈阅的信息已经审核；需要退回时请告知审管部门办理。")
    given = checked_reasons(pack, reasons, opinion)
    before = item.state
    if item.state in WITH_THE_OFFICE:
        filing.take_back(actor, item, reason=opinion or given[0], cause="returned")
    _decide(actor, item, signing, ReviewStep.State.RETURNED, opinion, given)
    rounds.void_open(item)
    move(item, Verb.SEND_BACK, Item.State.RETURNED)
    tell_department(actor, item, pack, opinion, given)
    put(item, actor.at, *FIELDS)
    log(item, before=before, after=item.state, step=signing.label, reasons=given, opinion=opinion)
    return item


def open_step(actor: Actor, item: Item, step: int | None = None) -> ReviewStep:
    """The open step the actor may sign; Denied when it is another's turn."""
    undecided = [
        s for s in rounds.current(item) if s.state == ReviewStep.State.OPEN and s.key != flows.OFFICE
    ]
    wanted = [s for s in undecided if step is None or s.pk == step]
    if not wanted:
        raise HengjianError("这一环节已经办理或作废，请刷新页面查看现在的状态。")
    mine = next((s for s in wanted if flows.may_sign(actor, s)), None)
    if mine is None:
        turn = "、".join(s.label for s in wanted)
        raise Denied(f"现在的环节是“{turn}”，应由{wanted[0].get_role_label()}或者以上办理，不在您的岗位。")
    return mine


def _decide(
    actor: Actor,
    item: Item,
    step: ReviewStep,
    state: ReviewStep.State,
    opinion: str,
    reasons: Iterable[str] = (),
) -> None:
    step.state, step.opinion, step.reasons = state, opinion.strip()[:500], list(reasons)
    step.decided_at, step.decided_by = actor.at, actor.person
    step.decided_as = flows.signed_as(actor, step)[:100]
    step.left_version = item.version + 1
    step.save()


def checked_reasons(pack: Pack, reasons: Iterable[str], opinion: str) -> list[str]:
    """Return reasons in the pack's words; at least one, or an opinion."""
    given = list(dict.fromkeys(reasons))
    known = {term.key for term in words.terms(pack, "return_reason")}
    if unknown := [key for key in given if key not in known]:
        raise HengjianError(f"“{unknown[0]}”不是规定的退回理由，请从清单里选。")
    if not given and not opinion.strip():
        raise HengjianError("退回须写明理由：请勾选理由，或写出意见。")
    return given


def tell_department(actor: Actor, item: Item, pack: Pack, opinion: str, reasons: Iterable[str]) -> None:
    labels = "、".join(words.label(pack, "return_reason", key) for key in reasons)
    why = "；".join(part for part in (labels, opinion.strip()) if part)
    notify.tell(
        holders(["liaison", "dept_head"], item.unit, actor.at),
        f"returned:{item.pk}:{item.version}",
        f"退回修改：{notify.name_for_mail(item, pack)}",
        f"{actor.name}退回了信息，理由：{why}。{notify.link(item)}",
        actor.at,
    )
