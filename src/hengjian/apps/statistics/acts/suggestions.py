"""Judicial suggestions: drafted, signed along the pack's flow, sent, reminded of, answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from hengjian.apps.approvals import running
from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.once import known
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.statistics.models import Analysis, Reminder, Suggestion
from hengjian.apps.statistics.place import Place
from hengjian.apps.statistics.rights import require_office, same_version
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

FLOW = "flows/suggestion"
S = Suggestion.State


@act("statistics.suggestion.draft", "起草司法建议")
def draft_suggestion(
    actor: Actor,
    place: Place,
    unit: Unit,
    *,
    title: str,
    addressee: str,
    body: str,
    client_key: str,
    analysis: Analysis | None = None,
) -> Suggestion:
    require_office(actor, unit)
    again = known(Suggestion.objects.filter(installation=place.installation), client_key, title=title.strip())
    if again is not None:
        log(again, unit=unit.pk, repeated=True)
        return again
    row = Suggestion.objects.create(
        installation=place.installation, unit=unit, title=title.strip(), addressee=addressee.strip(),
        body=body.strip(), analysis=analysis, made_by=actor.person, made_at=actor.at, client_key=client_key,
    )  # fmt: skip
    log(row, unit=unit.pk, addressee=row.addressee)
    return row


@act("statistics.suggestion.submit", "司法建议送签")
def submit_suggestion(actor: Actor, suggestion: Suggestion, *, version: int | None = None) -> Suggestion:
    row = _taken(actor, suggestion, version, S.DRAFT)
    running.begin(
        actor, row, row.installation, FLOW, unit=row.unit, title=f"司法建议：{row}",
        url=reverse("statistics:suggestion", args=[row.pk]),
    )  # fmt: skip
    return _to(actor, row, S.SUBMITTED)


@act("statistics.suggestion.signed", "司法建议签发")
def signed(actor: Actor, suggestion: Suggestion) -> Suggestion:
    return _to(actor, suggestion, S.SIGNED)


@act("statistics.suggestion.return", "退回司法建议")
def give_back(actor: Actor, suggestion: Suggestion) -> Suggestion:
    return _to(actor, suggestion, S.DRAFT)


@act("statistics.suggestion.send", "司法建议送达")
def send_suggestion(
    actor: Actor,
    suggestion: Suggestion,
    *,
    number: str,
    sent_on: date,
    reply_by: date,
    version: int | None = None,
) -> Suggestion:
    row = _taken(actor, suggestion, version, S.SIGNED)
    if not number.strip():
        raise HengjianError("请填文号。")
    if sent_on > to_local(actor.at).date():
        raise HengjianError("送达日期不能在今天以后。")
    if reply_by <= sent_on:
        raise HengjianError("请对方反馈的日期要在送达以后。")
    row.number, row.sent_on, row.reply_by = number.strip(), sent_on, reply_by
    return _to(actor, row, S.SENT, number=row.number, reply_by=reply_by)


@act("statistics.suggestion.remind", "催办司法建议")
def remind(actor: Actor, suggestion: Suggestion, *, text: str) -> Reminder:
    row = _taken(actor, suggestion, None, S.SENT)
    if not text.strip():
        raise HengjianError("请写明怎样催办、对方怎样答复。")
    made = Reminder.objects.create(
        suggestion=row, on=to_local(actor.at).date(), text=text.strip()[:200], by=actor.person
    )
    log(row, unit=row.unit_id, reminded=made.text)
    return made


@act("statistics.suggestion.reply", "登记司法建议的反馈")
def record_reply(
    actor: Actor,
    suggestion: Suggestion,
    *,
    replied_on: date,
    adopted: bool,
    reply: str,
    version: int | None = None,
) -> Suggestion:
    row = _taken(actor, suggestion, version, S.SENT)
    if row.sent_on and replied_on < row.sent_on:
        raise HengjianError("反馈日期不能早于送达日期。")
    if replied_on > to_local(actor.at).date():
        raise HengjianError("反馈日期不能在今天以后。")
    if not reply.strip():
        raise HengjianError("请写明反馈的内容。")
    row.replied_on, row.adopted, row.reply = replied_on, adopted, reply.strip()
    return _to(actor, row, S.REPLIED, adopted=adopted)


@act("statistics.suggestion.close", "司法建议未反馈结案")
def close_suggestion(
    actor: Actor, suggestion: Suggestion, *, why: str, version: int | None = None
) -> Suggestion:
    """Given up only after the day asked for and a reminder."""
    row = _taken(actor, suggestion, version, S.SENT)
    if not row.reminders.exists():
        raise HengjianError("还没有催办过，请先催办。")
    if row.reply_by and to_local(actor.at).date() <= row.reply_by:
        raise HengjianError("还没有到请对方反馈的日期。")
    if not why.strip():
        raise HengjianError("请写明为什么不再等反馈。")
    row.reply = why.strip()
    return _to(actor, row, S.CLOSED)


def _taken(actor: Actor, suggestion: Suggestion, version: int | None, state: str) -> Suggestion:
    require_office(actor, suggestion.unit)
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("installation", "unit")
    row = rows.get(pk=suggestion.pk)
    same_version(row, version)
    if row.state != state:
        raise HengjianError(f"“{row}”现为“{row.get_state_display()}”，不能这样办理，请刷新。")
    return row


def _to(actor: Actor, row: Suggestion, state: Suggestion.State, **told: Any) -> Suggestion:
    row.state = state
    row.version += 1
    row.save()
    log(row, unit=row.unit_id, state=state, **told)
    return row
