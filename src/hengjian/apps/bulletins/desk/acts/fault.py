"""Faults: proposed with evidence, answered by the department, decided by somebody else, withdrawable."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from hengjian.apps.audit.acting import act, called, log
from hengjian.apps.bulletins import notify, words
from hengjian.apps.bulletins.desk.deciding import reply_first, require_decider
from hengjian.apps.bulletins.facts import record_fact, withdraw_fact
from hengjian.apps.bulletins.models import Attachment, Fact, FaultCase, Item, Revision
from hengjian.apps.bulletins.people import holders
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.errors import HengjianError
from hengjian.policy.clauses.definition import Term


@act("bulletins.fault.propose", "提出差错")
def propose_fault(
    actor: Actor,
    item: Item,
    *,
    unit: Unit,
    kind: str,
    description: str,
    happened_at: datetime,
    severity: str = "",
    n: int = 1,
    sent_up: bool = False,
    revision: Revision | None = None,
    evidence: Attachment | None = None,
    clock: str = "",
) -> FaultCase:
    """Nothing is charged yet: a fault counts only when somebody other than the proposer has confirmed it."""
    actor.require(Right.FAULT_PROPOSE, item.installation.unit_id)
    term = pack_for(item.installation, actor.at).term("fault", kind)
    _check(term, unit, item, description, severity, n, sent_up, revision)
    _important(term, item, actor)
    case = FaultCase.objects.create(
        installation=item.installation,
        item=item,
        unit=unit,
        kind=kind,
        value=severity if graded(term) else "",
        n=n,
        sent_up=sent_up,
        description=description.strip(),
        happened_at=happened_at,
        revision=revision,
        evidence=evidence,
        clock=clock,
        proposed_by=actor.person,
        proposed_at=actor.at,
    )
    log(case, label=f"{term.label}：{called(item)}", unit=unit.pk, n=n, severity=severity, clock=clock)
    return case


def graded(term: Term) -> bool:
    """Whether how grave it was is part of the fault: it changes the deduction, or what follows from it."""
    return bool(term.attrs.get("per_place") or term.attrs.get("graded"))


@act("bulletins.fault.propose_unit", "提出部门的违反情形")
def propose_violation(
    actor: Actor,
    installation: Installation,
    *,
    unit: Unit,
    kind: str,
    description: str,
    happened_at: datetime,
    severity: str = "",
) -> FaultCase:
    """What left no item behind: reports omitted or concealed, duties not done, long silence."""
    actor.require(Right.FAULT_PROPOSE, installation.unit_id)
    term = pack_for(installation, actor.at).term("fault", kind)
    if not description.strip():
        raise HengjianError("请写明经过和依据，责任部门要据此答复。")
    if happened_at > actor.at:
        raise HengjianError("发生时间晚于现在，请核对。")
    if graded(term) and not severity:
        raise HengjianError("请选择后果，决定怎样处理要看它。", article=term.article)
    if not installation.unit.descendants(include_self=False).filter(pk=unit.pk).exists():
        raise HengjianError(f"{unit}不是本单位的部门，请重新选择。")
    case = FaultCase.objects.create(
        installation=installation,
        unit=unit,
        kind=kind,
        value=severity if graded(term) else "",
        description=description.strip(),
        happened_at=happened_at,
        proposed_by=actor.person,
        proposed_at=actor.at,
    )
    notify.tell(
        holders(["dept_head", "liaison"], unit, actor.at),
        f"fault:{case.pk}",
        f"请答复：{term.label}",
        f"主管部门提出{unit}{term.label}，请在认定以前答复：{reverse('bulletins:fault', args=[case.pk])}",
        actor.at,
    )
    log(case, label=f"{term.label}：{unit}", unit=unit.pk, severity=severity)
    return case


@act("bulletins.fault.reply", "对差错作出申辩")
def reply_fault(actor: Actor, case: FaultCase, *, text: str) -> None:
    actor.require(Right.APPEAL_FILE, case.unit_id)
    case = _open(case)
    if not text.strip():
        raise HengjianError("请写明申辩的内容。")
    case.reply, case.replied_at = text.strip(), actor.at
    case.save(update_fields=["reply", "replied_at"])
    log(case, label=_called(case), reply=case.reply)


@act("bulletins.fault.decide", "认定差错")
def decide_fault(
    actor: Actor, case: FaultCase, *, confirmed: bool, reason: str, unanswered: bool = False
) -> FaultCase:
    """Confirm or dismiss. The proposer cannot decide; confirming writes the fact that costs points.

    Where the pack's flow hears the department first, its answer comes before (or the decider says there was none).
    """
    pack = pack_for(case.installation, actor.at)
    require_decider(actor, case, pack)
    case = _open(case)
    if confirmed and reply_first(pack, actor.at) and not case.reply and not unanswered:
        raise HengjianError("责任部门还没有答复，不能认定；部门明确不答复的，请勾选说明。")
    if actor.person is not None and case.proposed_by_id == actor.person.pk:
        raise HengjianError("提出差错的人不能认定同一差错，请由另一位有权人员认定。")
    if not reason.strip():
        raise HengjianError("请写明认定（或不成立）的理由。")
    case.state = FaultCase.State.CONFIRMED if confirmed else FaultCase.State.DISMISSED
    case.decided_by, case.decided_at, case.reason = actor.person, actor.at, reason.strip()
    if confirmed:
        case.fact = record_fact(
            actor,
            installation=case.installation,
            kind=case.kind,
            value=case.value,
            item=case.item,
            unit=case.unit,
            n=case.n,
            sent_up=case.sent_up,
            revision=case.revision,
            evidence=case.evidence,
            decided_by=actor.person,
            note=case.description[:500],
            happened_at=case.happened_at,
            client_key=f"fault-{case.pk}",
        )
    case.save()
    log(case, label=_called(case), confirmed=confirmed, reason=case.reason)
    return case


@act("bulletins.fault.withdraw", "撤销差错认定")
def withdraw_fault(actor: Actor, case: FaultCase, *, reason: str) -> Fact:
    require_decider(actor, case, pack_for(case.installation, actor.at))
    case = FaultCase.objects.select_for_update().get(pk=case.pk)
    if case.fact is None or case.state != FaultCase.State.CONFIRMED:
        raise HengjianError("只有已认定的差错才能撤销认定。")
    withdrawal = withdraw_fact(actor, case.fact, reason=reason, cause="decision")
    case.state, case.reason = FaultCase.State.DISMISSED, f"{case.reason}\n撤销认定：{reason.strip()}"
    case.save(update_fields=["state", "reason"])
    log(case, label=_called(case), reason=reason)
    return withdrawal


def _called(case: FaultCase) -> str:
    return called(case.item) if case.item is not None else case.about


def _open(case: FaultCase) -> FaultCase:
    case = FaultCase.objects.select_for_update().get(pk=case.pk)
    if case.state != FaultCase.State.PROPOSED:
        raise HengjianError(f"这件差错已经{case.get_state_display()}，不能再改。")
    return case


def _important(term: Term, item: Item, actor: Actor) -> None:
    """What the text holds against important items only (``important_only``)."""
    pack = pack_for(item.installation, actor.at)
    ranks = {t.key: int(t.attrs.get("rank") or 0) for t in words.terms(pack, "importance")}
    if term.attrs.get("important_only") and ranks.get(item.importance, 0) <= min(ranks.values(), default=0):
        raise HengjianError(
            f"{term.label}只对重要信息认定，这条信息现为“{words.label(pack, 'importance', item.importance)}”；"
            "确属重要信息的，请先改重要程度。",
            article=term.article,
        )


def _check(
    term: Term,
    unit: Unit,
    item: Item,
    description: str,
    severity: str,
    n: int,
    sent_up: bool,
    revision: Revision | None,
) -> None:
    if not description.strip():
        raise HengjianError("请写明差错的经过和依据。")
    if n < 1:
        raise HengjianError("处（次）数至少是 1。")
    partners = {item.unit_id, *item.partners.values_list("unit_id", flat=True)}
    if unit.pk not in partners and (revision is None or revision.made_by_unit_id != unit.pk):
        raise HengjianError(f"{unit}不是这篇信息的报送部门，也没有改过它，不能作为责任部门。")
    _attributed(term, unit, partners, revision)
    if term.attrs.get("sent_up_only") and not sent_up:
        raise HengjianError(
            f"{term.label}只有出现在报送上级的信息中才予扣分，请确认是否已报上级。", article=term.article
        )
    if graded(term) and not severity:
        raise HengjianError("请选择差错的后果（一般或造成严重影响）。")
    if revision is not None and revision.item_id != item.pk:
        raise HengjianError("所选修订稿不属于这篇信息，请重新选择。")


def _attributed(term: Term, unit: Unit, partners: set[int], revision: Revision | None) -> None:
    """Who bears it, as the pack is read: always the department, or whoever made the revision it came in with."""
    rule = term.attrs.get("attributed_to")
    if rule == "department" and unit.pk not in partners:
        raise HengjianError(
            f"按现在采用的理解，{term.label}由报送部门承担，{unit}没有报送这篇信息。", article=term.article
        )
    maker = revision.made_by_unit if revision is not None else None
    if rule == "revision" and maker is not None and maker.pk != unit.pk:
        raise HengjianError(
            f"所选的这一稿是{maker}改的，按现在采用的理解由{maker}承担；请改选责任部门，或者改选引入差错的修订稿。",
            article=term.article,
        )
