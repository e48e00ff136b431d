"""Interview notes: by as many inspectors as the text asks for, read back, signed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.audit.acting import act
from hengjian.apps.inspections import words
from hengjian.apps.inspections.access import require_member
from hengjian.apps.inspections.acts.taking import need, put, take, take_inspection
from hengjian.apps.inspections.acts.team import fit_members
from hengjian.apps.inspections.models import Inspection, Interview
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person
from hengjian.apps.org.queries import house_of
from hengjian.base.errors import HengjianError

State = Interview.State


@dataclass(frozen=True, slots=True)
class InterviewText:
    name: str
    place: str
    began_at: datetime
    ended_at: datetime
    text: str
    person: Person | None = None


@act("inspections.interview.record", "登记询问笔录")
def record(
    actor: Actor, inspection: Inspection, *, text: InterviewText, askers: Sequence[Person]
) -> Interview:
    row = take_inspection(inspection, "interview")
    require_member(actor, row)
    _check(actor, row, text, askers)
    made = Interview(
        inspection=row, person=text.person, name=need(text.name, "被询问人姓名和职务"), place=need(text.place, "地点"),
        began_at=text.began_at, ended_at=text.ended_at, text=need(text.text, "记录"), recorded_by=actor.person,
        recorded_at=actor.at,
    )  # fmt: skip
    made.save()
    made.askers.set(askers)
    put(made, unit=row.court_id, askers=[p.pk for p in askers])
    return made


def _check(actor: Actor, row: Inspection, text: InterviewText, askers: Sequence[Person]) -> None:
    pack = words.pack_for_inspection(row, actor.at)
    wanted = words.inspectors_wanted(pack, words.today(actor))
    team = {member.person_id for member in fit_members(row)}
    if len({p.pk for p in askers}) < wanted or not {p.pk for p in askers} <= team:
        article = words.term(pack, "power", "question").article
        raise HengjianError(f"询问应当由检查组的{wanted}人以上进行，请勾选在场的检查人员。", article=article)
    if text.ended_at < text.began_at or text.ended_at > actor.at:
        raise HengjianError("询问的时间不对：结束应晚于开始，并且不在以后。")
    if text.person is not None and house_of(text.person.unit).pk != row.court_id:
        raise HengjianError(f"{text.person}不是{row.court}的人，请核对。")


@act("inspections.interview.read", "宣读核对笔录")
def read_back(
    actor: Actor, interview: Interview, *, version: int | None = None, corrections: str = ""
) -> Interview:
    """The person has read it or had it read; what is to be put right is written below, the text stays."""
    row = _take(actor, interview, version, State.DRAFT)
    row.state, row.read_at, row.corrections = State.READ, actor.at, corrections.strip()
    put(row, unit=row.inspection.court_id, corrected=bool(row.corrections))
    return row


@act("inspections.interview.sign", "笔录签名")
def sign(actor: Actor, interview: Interview, *, version: int | None = None, how: str = "") -> Interview:
    """By the person himself when he has a login; else a member says how it was signed (on paper: evidence number)."""
    row = take(interview, version)
    own = actor.person is not None and row.person_id == actor.person.pk
    if not own:
        require_member(actor, row.inspection)
        need(how, "签名方式（纸质签名的写证据号）")
    if row.state != State.READ:
        raise HengjianError("笔录要先宣读核对，再签名。")
    row.state, row.signed_at = State.SIGNED, actor.at
    row.signed_how = how.strip() or "本人登录确认"
    put(row, unit=row.inspection.court_id, how=row.signed_how)
    return row


@act("inspections.interview.unsigned", "登记拒绝签名")
def refuse_signature(
    actor: Actor, interview: Interview, *, version: int | None = None, reason: str
) -> Interview:
    row = _take(actor, interview, version, State.READ)
    row.state, row.signed_how = State.UNSIGNED, need(reason, "拒绝签名的情况")
    put(row, unit=row.inspection.court_id, reason=reason)
    return row


def _take(actor: Actor, interview: Interview, version: int | None, state: Interview.State) -> Interview:
    row = take(interview, version)
    if not actor.system:
        require_member(actor, row.inspection)
    if row.state != state:
        raise HengjianError(f"笔录现为“{row.get_state_display()}”，不能这样办理。")
    return row
