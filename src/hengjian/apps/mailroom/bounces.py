"""A report that a mail did not arrive finds the mail it speaks of; from then on somebody owns the failure."""

from __future__ import annotations

from hashlib import sha256

from hengjian.apps.audit.acting import log
from hengjian.apps.mailroom.models import OutgoingMail
from hengjian.apps.org.access import Actor
from hengjian.documents.mail import Bounce

State = OutgoingMail.State
DOMAIN = "hengjian"


def id_of(mail: OutgoingMail) -> str:
    """The Message-ID a mail is sent under: the same row always carries the same one."""
    return f"{mail.pk}.{sha256(mail.key.encode()).hexdigest()[:32]}@{DOMAIN}"


def mail_of(message_id: str) -> OutgoingMail | None:
    """The mail sent under this id; an id nobody could have guessed is the proof."""
    number, _, _ = message_id.partition(".")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return None
    found = OutgoingMail.objects.select_related("person").filter(pk=int(number)).first()
    return found if found is not None and id_of(found) == message_id else None


def note_bounce(actor: Actor, bounce: Bounce) -> OutgoingMail | None:
    """Mark the mail as failed when the report is final and speaks of its recipient. Inside an act."""
    mail = mail_of(bounce.original)
    if mail is None or not bounce.final:
        return mail
    if bounce.recipient and bounce.recipient != mail.to.lower():
        return mail
    reason = f"被退回：{bounce.reason}" + (f"（{bounce.status}）" if bounce.status else "") + "。"
    OutgoingMail.objects.filter(pk=mail.pk, state=State.SENT).update(state=State.FAILED, error=reason[:300])
    log(mail, label=mail.subject, unit=mail.owner_id, reason=reason)
    return mail
