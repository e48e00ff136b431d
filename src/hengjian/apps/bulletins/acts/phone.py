"""A report by telephone, put on record: who called, when, who took it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.bulletins.locking import take
from hengjian.apps.bulletins.models import Item, PhoneRecord
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError


@dataclass(frozen=True, slots=True)
class PhoneCall:
    called_at: datetime
    caller: str
    receiver: str
    receiver_office: str
    content: str
    means: str = PhoneRecord.Means.PHONE


@act("bulletins.phone.record", "登记电话报告")
def record_call(actor: Actor, item: Item, *, call: PhoneCall) -> PhoneRecord:
    """The call counts as the first report from the time it was made; the written report follows."""
    if not actor.has(Right.EMERGENCY_RECEIVE, item.unit):
        actor.require(Right.EMERGENCY_REPORT, item.unit)
    made = add_call(actor, take(item, None), call)
    log(item, called_at=call.called_at, means=call.means, caller=call.caller, receiver=call.receiver)
    return made


def add_call(actor: Actor, item: Item, call: PhoneCall) -> PhoneRecord:
    """Write the record; the same call (time and caller) is kept once."""
    if not all(text.strip() for text in (call.caller, call.receiver, call.receiver_office, call.content)):
        raise HengjianError("请填写报告人、接报人、接报单位和通话内容。")
    if call.means not in PhoneRecord.Means.values:
        raise HengjianError("报告的方式请选电话、短信或者当面口头。")
    if call.called_at > actor.at:
        raise HengjianError("通话时间晚于现在，请核对。")
    if item.occurred_at is not None and call.called_at < item.occurred_at:
        raise HengjianError("通话时间早于发生时间，请核对。")
    record, _ = PhoneRecord.objects.get_or_create(
        item=item,
        called_at=call.called_at,
        caller=call.caller.strip(),
        defaults={
            "receiver": call.receiver.strip(),
            "receiver_office": call.receiver_office.strip(),
            "content": call.content.strip(),
            "means": call.means,
            "recorded_by": actor.person,
            "recorded_at": actor.at,
        },
    )
    return record
