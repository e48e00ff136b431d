"""A message comes in: its bytes are safe on disk before its row exists, and it has one row whatever happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hengjian.apps.audit.acting import act, log
from hengjian.apps.mailroom.intake import store
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.apps.regs.models import Installation


@dataclass(frozen=True, slots=True)
class Arrival:
    """Bytes and where they were found. ``held``: why the message must not be read (too large …)."""

    installation: Installation
    data: bytes
    source: IncomingMail.Source
    arrived_at: datetime
    mailbox: str = ""
    uidvalidity: int | None = None
    uid: int | None = None
    size: int = 0
    held: str = ""


def known(arrival: Arrival) -> IncomingMail | None:
    """The row this very message already has: by its place in the mailbox, else by its bytes."""
    rows = IncomingMail.objects.select_related("installation")
    if arrival.uid is not None:
        place = {"mailbox": arrival.mailbox, "uidvalidity": arrival.uidvalidity, "uid": arrival.uid}
        if found := rows.filter(**place).first():
            return found
    digest = store.digest_of(arrival.data)
    return rows.filter(installation=arrival.installation, raw_sha256=digest).first()


def take_in(actor: Actor, arrival: Arrival) -> tuple[IncomingMail, bool]:
    """The row of the message and whether it is new. Known messages leave no trace in the log."""
    if (found := known(arrival)) is not None:
        return found, False
    digest = store.digest_of(arrival.data)
    return _take(actor, arrival, digest, store.keep(arrival.data, digest))


@act("mailroom.incoming.take", "收取邮件")
def _take(actor: Actor, arrival: Arrival, digest: str, raw: str) -> tuple[IncomingMail, bool]:
    actor.require(Right.MAIL_MANAGE, arrival.installation.unit_id)
    values = {
        "source": arrival.source,
        "mailbox": arrival.mailbox,
        "uidvalidity": arrival.uidvalidity,
        "uid": arrival.uid,
        "raw": raw,
        "size": arrival.size or len(arrival.data),
        "state": IncomingMail.State.HELD if arrival.held else IncomingMail.State.NEW,
        "reason": arrival.held[:300],
        "arrived_at": min(arrival.arrived_at, actor.at),
        "taken_at": actor.at,
    }
    mail, new = IncomingMail.objects.get_or_create(
        installation=arrival.installation, raw_sha256=digest, defaults=values
    )
    log(
        mail,
        label=f"{IncomingMail.Source(arrival.source).label} {digest[:12]}",
        unit=arrival.installation.unit_id,
        sha256=digest,
        size=mail.size,
        repeated=not new,
        held=arrival.held,
    )
    return mail, new
