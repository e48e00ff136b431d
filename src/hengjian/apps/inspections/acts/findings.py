"""The checklist of heads, the problems found under them, handing over to the inspected side, its replies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.people import holders
from hengjian.apps.inspections import words
from hengjian.apps.inspections.access import answering_units, require_member
from hengjian.apps.inspections.acts.taking import need, put, take, take_inspection
from hengjian.apps.inspections.models import (
    Evidence,
    Finding,
    FindingReply,
    FrozenCopy,
    HeadCheck,
    Inspection,
)
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.org.queries import house_of
from hengjian.base.errors import HengjianError

State = Finding.State


@dataclass(frozen=True, slots=True)
class FindingText:
    head: str
    title: str
    text: str
    cause: str = ""
    alleged: str = ""


@act("inspections.head.check", "填写检查内容")
def check_head(actor: Actor, inspection: Inspection, *, head: str, result: str, note: str = "") -> HeadCheck:
    """What was found under one head; until handed over it may be written anew."""
    row = take_inspection(inspection, "check")
    require_member(actor, row)
    pack = words.pack_for_inspection(row, actor.at)
    term = words.term(pack, "inspection_head", head)
    if result not in HeadCheck.Result.values:
        raise HengjianError("请选择检查结果。")
    if result == HeadCheck.Result.FINE and row.findings.filter(head=head).exists():
        raise HengjianError(f"“{term.label}”下已经登记了问题，不能填“未发现问题”。", article=term.article)
    if result == HeadCheck.Result.OUTSIDE and not note.strip():
        raise HengjianError("不在本次范围的，请写明理由。")
    made, _ = HeadCheck.objects.update_or_create(
        inspection=row,
        head=head,
        defaults={"result": result, "note": note.strip(), "by": actor.person, "at": actor.at},
    )
    log(row, unit=row.court_id, head=head, result=result)
    return made


@act("inspections.finding.record", "登记检查问题")
def record(
    actor: Actor,
    inspection: Inspection,
    *,
    unit: Unit,
    text: FindingText,
    person: Person | None = None,
    evidence: Sequence[Evidence] = (),
    copies: Sequence[FrozenCopy] = (),
) -> Finding:
    """A problem with its evidence. A cause that means intent can be alleged here, never established."""
    row = take_inspection(inspection, "find")
    require_member(actor, row)
    cause, alleged = _causes(actor, row, text, person)
    if house_of(unit).pk != row.court_id:
        raise HengjianError(f"“{unit}”不在{row.court}，请核对。")
    if person is not None and house_of(person.unit).pk != row.court_id:
        raise HengjianError(f"{person}不是{row.court}的人，请核对。")
    if not evidence and not copies:
        raise HengjianError("请至少选一件证据或者一条冻结的记录，没有依据的不能登记为问题。")
    if {one.inspection_id for one in evidence} | {one.inspection_id for one in copies} != {row.pk}:
        raise HengjianError("证据不是本次检查收存的，请重新选择。")
    last = row.findings.order_by("-number").first()
    made = Finding.objects.create(
        inspection=row, number=(last.number if last else 0) + 1, head=text.head, unit=unit, person=person,
        title=need(text.title, "问题"), text=need(text.text, "事实和依据"), cause=cause, alleged=alleged,
        intent=Finding.Intent.VIEWS if alleged else Finding.Intent.NONE, found_by=actor.person, found_at=actor.at,
    )  # fmt: skip
    made.evidence.set(evidence)
    made.copies.set(copies)
    HeadCheck.objects.update_or_create(
        inspection=row,
        head=text.head,
        defaults={"result": HeadCheck.Result.PROBLEM, "by": actor.person, "at": actor.at},
    )
    log(made, unit=unit.pk, head=text.head, cause=cause, alleged=alleged)
    return made


def _causes(actor: Actor, row: Inspection, text: FindingText, person: Person | None) -> tuple[str, str]:
    pack = words.pack_for_inspection(row, actor.at)
    head = words.term(pack, "inspection_head", text.head)
    listed = {cause.key: cause for cause in words.causes_of(pack, text.head)}
    for key in (text.cause, text.alleged):
        if key and key not in listed:
            known = "、".join(c.label for c in listed.values()) or "这一项正文没有列原因，请留空"
            raise HengjianError(f"“{head.label}”没有这个原因；可选：{known}。", article=head.article)
    if text.cause and words.needs_intent(listed[text.cause]):
        raise HengjianError(
            f"“{listed[text.cause].label}”不能直接填写：选作“待认定的原因”，由检查人员分别认定、本人答复、上级确认。",
            article=head.article,
        )
    if not text.alleged:
        return text.cause, ""
    if not words.needs_intent(listed[text.alleged]):
        raise HengjianError("“待认定的原因”只用于故意，其他原因请直接填写。")
    if person is None:
        raise HengjianError("认定故意要写明是谁，请选择有关人员，由其本人答复。")
    return text.cause, text.alleged


@act("inspections.hand", "送交被检查方答复")
def hand(actor: Actor, inspection: Inspection, *, version: int | None = None) -> Inspection:
    """All heads are gone through; the problems go to the units and persons for their word."""
    row = take_inspection(inspection, "hand", version)
    require_member(actor, row)
    pack = words.pack_for_inspection(row, actor.at)
    done = set(row.heads.values_list("head", flat=True))
    left = [term.label for term in words.terms(pack, "inspection_head") if term.key not in done]
    if left:
        raise HengjianError(f"检查内容还没有逐项填写：{'、'.join(left)}。")
    open_letters = row.requests.filter(state__in=("issued", "answered"))
    if open_letters.exists():
        names = "、".join(str(one) for one in open_letters[:5])
        raise HengjianError(f"还有文书没有答复或者没有核对：{names}。请先核对，拒绝答复的登记为拒绝。")
    row.findings.filter(state=State.DRAFT).update(state=State.HANDED)
    row.state, row.handed_at = Inspection.State.REPLYING, actor.at
    put(row, unit=row.court_id, state=row.state, findings=row.findings.count())
    for finding in row.findings.filter(state=State.HANDED).select_related("unit", "person"):
        told = set(holders(["dept_head"], finding.unit, actor.at))
        told |= {finding.person} if finding.person else set()
        notify.tell(
            told, f"finding:{finding.pk}", f"请答复检查发现的问题：{finding}", "请登录衡鉴答复。", actor.at
        )
    return row


@act("inspections.resume", "补充检查")
def resume(actor: Actor, inspection: Inspection, *, version: int | None = None, reason: str) -> Inspection:
    """A reply may call for another look; what was handed over stays handed over."""
    row = take_inspection(inspection, "resume", version)
    require_member(actor, row)
    row.state = Inspection.State.UNDERWAY
    put(row, unit=row.court_id, reason=need(reason, "补充检查的理由"))
    return row


@act("inspections.finding.reply", "答复检查问题")
def reply(
    actor: Actor, finding: Finding, *, version: int | None = None, accepts: bool, text: str
) -> FindingReply:
    """The head of the unit answers for the unit."""
    row = take(finding, version)
    if not actor.system and row.unit_id not in answering_units(actor):
        raise Denied(f"由{row.unit}的负责人答复，您的岗位没有这项权限。")
    if row.state == State.DRAFT:
        raise HengjianError("检查组还没有送交，不用答复。")
    if row.inspection.state != Inspection.State.REPLYING:
        raise HengjianError(f"检查现为“{row.inspection.get_state_display()}”，已经不能再答复。")
    made = FindingReply.objects.create(
        finding=row, accepts=accepts, text=need(text, "答复"), by=actor.person, at=actor.at
    )
    row.state = State.REPLIED
    put(row, unit=row.unit_id, accepts=accepts)
    return made
