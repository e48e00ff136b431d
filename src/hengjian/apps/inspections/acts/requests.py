"""Letters of inquiry and demands for records: issued with a number, answered, checked; refusals go into a register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.core.files.base import File

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins import notify
from hengjian.apps.bulletins.numbering import draw
from hengjian.apps.bulletins.once import known
from hengjian.apps.bulletins.people import holders
from hengjian.apps.inspections import words
from hengjian.apps.inspections.access import answering_units, require_member
from hengjian.apps.inspections.acts.evidence import EvidenceText, keep
from hengjian.apps.inspections.acts.taking import need, put, take, take_inspection
from hengjian.apps.inspections.models import Answer, Inspection, Refusal, Request
from hengjian.apps.org.access import Actor, Denied
from hengjian.apps.org.models import Unit
from hengjian.apps.org.queries import house_of
from hengjian.base.errors import HengjianError

State = Request.State
LETTER, RECORDS = "inquiry", "records"
SERIES = {LETTER: "inq", RECORDS: "rec"}
ASSESSED = (State.FULL, State.PARTLY, State.REFUSED)


_MARK = re.compile(r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、]|\d{1,2}[.．](?!\d))\s*")
"""A number somebody typed before a question; the letter numbers them itself."""


@dataclass(frozen=True, slots=True)
class RequestText:
    power: str
    subject: str
    questions: str
    due_on: date | None = None


@act("inspections.request.issue", "签发检查查询书")
def issue(actor: Actor, inspection: Inspection, *, unit: Unit, text: RequestText, client_key: str) -> Request:
    """The number is drawn with the letter itself: one that fails takes none."""
    row = take_inspection(inspection, "request")
    require_member(actor, row)
    again = known(Request.objects.all(), client_key, inspection=row)
    if again is not None:
        log(again, unit=row.court_id, repeated=True)
        return again
    if text.power not in SERIES:
        raise HengjianError("请选择检查查询书或者调取资料。")
    words.term(words.pack_for_inspection(row, actor.at), "power", text.power)
    if house_of(unit).pk != row.court_id:
        raise HengjianError(f"“{unit}”不在{row.court}，不能向它发出文书。")
    questions = [line for line in (_MARK.sub("", raw).strip() for raw in text.questions.splitlines()) if line]
    if not questions:
        raise HengjianError("请写要查询的事项，一行一项。")
    if text.due_on is not None and text.due_on < words.today(actor):
        raise HengjianError("答复期限已经过去，请写以后的日期。")
    year = words.today(actor).year
    made = Request.objects.create(
        inspection=row, power=text.power, client_key=client_key, year=year,
        number=draw(row.installation, f"{SERIES[text.power]}:{row.plan.house_id}", year), unit=unit,
        subject=need(text.subject, "事由"), questions="\n".join(questions), due_on=text.due_on,
        issued_by=actor.person, issued_at=actor.at,
    )  # fmt: skip
    log(made, unit=row.court_id, number=made.number, due_on=made.due_on)
    due = f"，请于 {made.due_on} 前答复" if made.due_on else ""
    notify.tell(
        holders(["dept_head"], unit, actor.at),
        f"request:{made.pk}",
        f"检查文书：{made}",
        f"{row.plan.house}检查组发来{made}{due}。请登录衡鉴如实答复。",
        actor.at,
    )
    return made


@act("inspections.request.answer", "答复检查查询书")
def answer(
    actor: Actor,
    request: Request,
    *,
    version: int | None = None,
    text: str,
    file: File[bytes] | None = None,
    client_key: str = "",
) -> Answer:
    """By the head of the unit it was sent to; material comes into the vault with it."""
    row = take(request, version)
    if not actor.system and row.unit_id not in answering_units(actor):
        raise Denied(f"由{row.unit}的负责人答复，您的岗位没有这项权限。")
    if row.state not in (State.ISSUED, State.ANSWERED, State.PARTLY, State.REFUSED):
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不用再答复。")
    kept = None
    if file is not None:
        about = EvidenceText(f"对“{row}”的答复资料"[:120], f"{row.unit}提供", row.power, actor.at)
        kept = keep(actor, row.inspection, text=about, content=file, client_key=client_key, unit=row.unit)
    made = Answer.objects.create(
        request=row, text=need(text, "答复"), by=actor.person, at=actor.at, evidence=kept
    )
    row.state = State.ANSWERED
    put(row, unit=row.unit_id, state=row.state)
    return made


@act("inspections.request.assess", "核对答复")
def assess(
    actor: Actor,
    request: Request,
    *,
    version: int | None = None,
    state: str,
    note: str = "",
    kind: str = "",
) -> Request:
    """The team says whether the answer is full and true. A refusal goes into the register with what was done."""
    row = take(request, version)
    require_member(actor, row.inspection)
    if state not in ASSESSED:
        raise HengjianError("请选择如实、部分或者拒绝。")
    if row.state == State.WITHDRAWN or (state == State.FULL and row.state != State.ANSWERED):
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能这样核对。")
    if state != State.FULL and not note.strip():
        raise HengjianError("请写明缺什么，或者怎样拒绝的。")
    row.state, row.assessment = state, note.strip()
    row.assessed_by, row.assessed_at = actor.person, actor.at
    put(row, unit=row.unit_id, state=state, note=row.assessment)
    if state == State.REFUSED:
        _refused(actor, row.inspection, row.unit, kind, row.assessment, row)
    return row


@act("inspections.request.withdraw", "撤回检查查询书")
def withdraw(actor: Actor, request: Request, *, version: int | None = None, reason: str) -> Request:
    """The number stays taken."""
    row = take(request, version)
    require_member(actor, row.inspection)
    if row.state != State.ISSUED:
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能撤回。")
    row.state, row.assessment = State.WITHDRAWN, need(reason, "撤回的理由")
    put(row, unit=row.unit_id, reason=reason)
    return row


@act("inspections.refusal.record", "登记不配合检查的行为")
def record_refusal(actor: Actor, inspection: Inspection, *, unit: Unit, kind: str, text: str) -> Refusal:
    row = take_inspection(inspection, "refusal")
    require_member(actor, row)
    if house_of(unit).pk != row.court_id:
        raise HengjianError(f"“{unit}”不在{row.court}，请核对。")
    return _refused(actor, row, unit, kind, text, None)


def _refused(
    actor: Actor, inspection: Inspection, unit: Unit, kind: str, text: str, request: Request | None
) -> Refusal:
    words.term(words.pack_for_inspection(inspection, actor.at), "forbidden_act", kind)
    made = Refusal.objects.create(
        inspection=inspection, request=request, kind=kind, unit=unit, text=need(text, "情况"), by=actor.person,
        at=actor.at,
    )  # fmt: skip
    log(made, unit=unit.pk, kind=kind)
    return made


@act("inspections.refusal.explain", "对不配合的登记作说明")
def explain(actor: Actor, refusal: Refusal, *, text: str) -> Refusal:
    """The unit is heard; once."""
    row = take(refusal)
    if not actor.system and row.unit_id not in answering_units(actor):
        raise Denied(f"由{row.unit}的负责人说明，您的岗位没有这项权限。")
    if row.said_at is not None:
        raise HengjianError("已经说明过，不能更改；需要补充的，请告诉检查组。")
    row.said, row.said_by, row.said_at = need(text, "说明"), actor.person, actor.at
    row.save()
    log(row, unit=row.unit_id)
    return row
