"""Appeals: filed in the window after a notice, decided by somebody not concerned, posted to the ledger at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.facts import record_fact, withdraw_fact
from hengjian.apps.bulletins.models import Fact
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.apps.points import queries
from hengjian.apps.points.acts.posting import lock, post_because_of
from hengjian.apps.points.models import Appeal, LedgerLine, Notice
from hengjian.apps.points.states import can
from hengjian.apps.points.windows import last_day
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

State = Appeal.State


@dataclass(frozen=True, slots=True)
class Correction:
    """A fact the decision records anew, in place of one it withdraws: a value, a number, a unit, a time."""

    of: int
    value: str = ""
    n: int | None = None
    unit: Unit | None = None
    happened_at: datetime | None = None


@act("points.appeal.file", "提出申诉")
def file_appeal(
    actor: Actor, notice: Notice, *, unit: Unit, text: str, client_key: str, line: LedgerLine | None = None
) -> Appeal:
    """Object to a published notice for a department of one's own. The same form sent twice files once."""
    actor.require(Right.APPEAL_FILE, unit)
    row = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("period__installation")
        .get(pk=notice.pk)
    )
    # looked for under the lock: of two at the same moment the later finds the earlier
    if (earlier := known(Appeal.objects.all(), client_key, notice=row, unit=unit)) is not None:
        log(earlier, repeated=True)
        return earlier
    until = last_day(row)
    if not can(row, "appeal") or until is None:
        raise HengjianError("只能对现行有效的通报提出申诉，请选择已印发、未被更正的通报。")
    if to_local(actor.at).date() > until:
        raise HengjianError(f"申诉期已于{until.year}年{until.month}月{until.day}日届满，不能再提出。")
    if not text.strip():
        raise HengjianError("请写明申诉的理由和依据。")
    if line is not None and line.unit_id != unit.pk:
        raise HengjianError("这一行不是本部门的得分，请从本部门的台账进入。")
    appeal = Appeal.objects.create(
        notice=row, unit=unit, line=line, text=text.strip(), filed_by=actor.person, filed_at=actor.at,
        client_key=client_key,
    )  # fmt: skip
    log(appeal, label=f"{unit}对{row}的申诉", text=text, line=line.pk if line else None)
    return appeal


@act("points.appeal.withdraw", "撤回申诉")
def withdraw_appeal(actor: Actor, appeal: Appeal) -> Appeal:
    row = _take(appeal, "withdraw")
    actor.require(Right.APPEAL_FILE, row.unit)
    row.state = State.WITHDRAWN
    row.save(update_fields=["state"])
    log(row, label=_name(row), state=State.WITHDRAWN)
    return row


@act("points.appeal.decide", "处理申诉")
def decide(
    actor: Actor,
    appeal: Appeal,
    *,
    upheld: bool,
    decision: str,
    withdraw: Iterable[int] = (),
    corrections: Iterable[Correction] = (),
) -> Appeal:
    """Decide with reasons. What is upheld withdraws the named facts, records the corrected ones, and posts."""
    row = _take(appeal, "decide")
    installation = row.notice.period.installation
    actor.require(Right.APPEAL_DECIDE, installation.unit_id)
    _refuse_the_concerned(actor, row)
    if not decision.strip():
        raise HengjianError("请写明处理决定的理由，申诉部门会看到。")
    wanted, fixed = sorted(set(withdraw) | {c.of for c in corrections}), list(corrections)
    if upheld and not wanted:
        raise HengjianError(
            "申诉成立的，请勾选要撤销或者更正的事实；不涉及事实的，请作不成立处理并写明理由。"
        )
    row.state = State.UPHELD if upheld else State.REJECTED
    row.decision, row.decided_by, row.decided_at = decision.strip(), actor.person, actor.at
    row.save()
    if upheld:
        lock(installation)
        before = queries.behind(installation, actor.at)
        _change_facts(actor, row, wanted, fixed)
        row.save()
        post_because_of(actor, row, before, installation)
    log(row, label=_name(row), state=row.state, decision=decision, withdrawn=row.withdrawn_fact_ids,
        recorded=row.recorded_fact_ids)  # fmt: skip
    return row


def concerned_facts(appeal: Appeal) -> list[Fact]:
    """Standing facts the appeal may be about: those of the line; without a line all of the unit's lines."""
    lines = [appeal.line] if appeal.line else _lines_of(appeal)
    ids = {pk for line in lines for pk in line.evidence}
    facts = Fact.objects.standing().filter(pk__in=ids)
    return list(
        facts.select_related("item", "recorded_by", "decided_by", "unit").order_by("happened_at", "pk")
    )


def recused(actor: Actor, appeal: Appeal) -> str:
    """Why the actor may not decide this appeal; empty if nothing stands against it."""
    person = actor.person
    if person is None:
        return ""
    if person.unit_id == appeal.unit_id:
        return "您属于申诉部门，应当回避，请由其他有权处理的人决定。"
    if appeal.filed_by_id == person.pk:
        return "您是申诉人，应当回避，请由其他有权处理的人决定。"
    touched = any(person.pk in (f.recorded_by_id, f.decided_by_id) for f in _facts_at_issue(appeal))
    if touched:
        return "被申诉的事实由您登记或者认定，应当回避，请由其他有权处理的人决定。"
    return ""


def _facts_at_issue(appeal: Appeal) -> list[Fact]:
    """Without a named line the objection is to the whole; recusal then asks only about facts that cost points."""
    if appeal.line:
        return concerned_facts(appeal)
    ids = {pk for line in _lines_of(appeal) if line.points < 0 for pk in line.evidence}
    return list(Fact.objects.filter(pk__in=ids))


def _refuse_the_concerned(actor: Actor, appeal: Appeal) -> None:
    reason = recused(actor, appeal)
    if reason:
        raise HengjianError(reason)


def _lines_of(appeal: Appeal) -> list[LedgerLine]:
    lines = queries.lines_of(appeal.notice.period.installation, appeal.notice.period.key)
    return list(lines.filter(unit_id=appeal.unit_id, reverses=None, reversed_by=None))


def _change_facts(actor: Actor, appeal: Appeal, wanted: list[int], fixed: list[Correction]) -> None:
    allowed = {fact.pk: fact for fact in concerned_facts(appeal)}
    unknown = [pk for pk in wanted if pk not in allowed]
    if unknown:
        raise HengjianError("所选事实不在本次申诉的范围内，或者已经撤销，请刷新后重新勾选。")
    for correction in fixed:
        fact = _corrected(actor, appeal, allowed[correction.of], correction)
        appeal.recorded_fact_ids = [*appeal.recorded_fact_ids, fact.pk]
    for pk in wanted:
        withdraw_fact(actor, allowed[pk], reason=f"申诉第{appeal.pk}号决定", cause="decision")
    appeal.withdrawn_fact_ids = wanted


def _corrected(actor: Actor, appeal: Appeal, old: Fact, correction: Correction) -> Fact:
    return record_fact(
        actor,
        installation=old.installation,
        kind=old.kind,
        happened_at=correction.happened_at or old.happened_at,
        client_key=f"appeal-{appeal.pk}-{old.pk}",
        item=old.item,
        unit=correction.unit or old.unit,
        value=correction.value or old.value,
        system=old.system,
        n=correction.n or old.n,
        sent_up=old.sent_up,
        publication=old.publication,
        note=f"申诉第{appeal.pk}号决定更正",
        decided_by=actor.person,
        revision=old.revision,
        evidence=old.evidence,
        edition=old.edition,
    )


def _take(appeal: Appeal, verb: str) -> Appeal:
    # the joined rows are not locked: PostgreSQL refuses that for nullable joins
    row = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if not can(row, verb):
        raise HengjianError(f"这件申诉已经是“{row.get_state_display()}”，不能再这样办理，请刷新页面。")
    return row


def _name(appeal: Appeal) -> str:
    return f"申诉第{appeal.pk}号"
