"""What became of a mail, and what a person does about it."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.mailroom.letters import Letter, queue
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.errors import HengjianError

State = OutgoingMail.State


@act("mailroom.mail.sent", "邮件已发出")
def mark_sent(actor: Actor, mail: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=State.SENT, sent_at=actor.at, error="", not_before=None
    )
    log(mail, label=mail.subject, unit=mail.owner_id, to=mail.recipient)


@act("mailroom.mail.failed", "邮件发送失败")
def mark_failed(actor: Actor, mail: OutgoingMail, *, reason: str, retry_at: datetime | None) -> None:
    """With ``retry_at`` it waits for another try; without, it is given up and stands in the inbox of its owners."""
    state = State.WAITING if retry_at else State.FAILED
    OutgoingMail.objects.filter(pk=mail.pk).update(state=state, error=reason[:300], not_before=retry_at)
    log(mail, label=mail.subject, unit=mail.owner_id, reason=reason, retry_at=retry_at)


@act("mailroom.mail.retry", "重发邮件")
def retry(actor: Actor, mail: OutgoingMail) -> None:
    locked = _owned(actor, mail)
    if locked.state not in (State.FAILED, State.HELD):
        raise HengjianError(f"这封邮件的状态是“{locked.get_state_display()}”，不需要重发。")
    before = locked.state
    locked.state, locked.tries, locked.not_before = State.WAITING, 0, None
    locked.save(update_fields=["state", "tries", "not_before"])
    log(locked, label=locked.subject, unit=locked.owner_id, before=before)


@act("mailroom.mail.drop", "不再发送邮件")
def drop(actor: Actor, mail: OutgoingMail) -> None:
    """The person still reads it here."""
    locked = _owned(actor, mail)
    if locked.state not in (State.FAILED, State.WAITING):
        raise HengjianError(f"这封邮件的状态是“{locked.get_state_display()}”，不能改为仅站内。")
    before = locked.state
    locked.state = State.HELD
    locked.save(update_fields=["state"])
    log(locked, label=locked.subject, unit=locked.owner_id, before=before)


@act("mailroom.mail.test", "发送测试邮件")
def send_test(actor: Actor) -> None:
    """A mail to oneself, by the same way as all others."""
    if actor.person is None:
        raise HengjianError("没有人员信息，不能发送测试邮件。")
    actor.require(Right.MAIL_MANAGE)
    if not actor.person.email:
        raise HengjianError("您的人员信息里没有邮箱，请先请系统管理员补登。")
    key = f"test:{actor.at:%Y%m%d%H%M%S}"
    queue(
        [Letter(actor.person, key, "测试邮件", "收到这封信，说明邮件可以正常发出。", urgent=True)], actor.at
    )
    log(actor.person, label="测试邮件")


def _owned(actor: Actor, mail: OutgoingMail) -> OutgoingMail:
    locked = OutgoingMail.objects.select_for_update(of=("self",)).select_related("person").get(pk=mail.pk)
    actor.require(Right.MAIL_MANAGE, locked.owner_id)
    return locked
