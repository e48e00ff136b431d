"""One round of a mailbox: everything newer than the last message taken, in order, each kept before the next is asked for."""

from __future__ import annotations

from django.conf import settings

from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake import imap
from hengjian.apps.mailroom.intake.files import too_large
from hengjian.apps.mailroom.intake.houses import mail_installation
from hengjian.apps.mailroom.models import IncomingMail, Mailbox
from hengjian.apps.org.access import Actor
from hengjian.apps.regs.models import Installation
from hengjian.base.errors import HengjianError

GIVE_UP = 3  # rounds for a message the server does not hand out


def fetch_mail(actor: Actor) -> int:
    """How many new messages were taken. HengjianError says in a sentence why the mailbox cannot be read."""
    account = imap.account()
    if account is None:
        return 0
    installation = mail_installation(actor.at, settings.MAIL_IN_UNIT)
    box_row, _ = Mailbox.objects.get_or_create(name=account.name)
    try:
        with imap.opened(account) as box:
            return _round(actor, installation, box_row, box)
    except imap.FAULTS as error:
        raise HengjianError(
            f"信箱 {account.host}:{account.port} 读不了（{type(error).__name__}），请检查网络、账号和授权码；"
            "已经取到的邮件不受影响，恢复后接着取。"
        ) from error


def _round(actor: Actor, installation: Installation, row: Mailbox, box: imap.Box) -> int:
    if row.uidvalidity != box.uidvalidity:
        row.uidvalidity, row.last_uid = box.uidvalidity, 0
    taken = 0
    for listed in box.newer_than(row.last_uid):
        arrival = _arrival(installation, row, box, listed)
        if arrival is None:
            break
        taken += take_in(actor, arrival)[1]
        row.last_uid, row.stuck_uid, row.stuck_tries = listed.uid, 0, 0
        row.save()
    row.checked_at = actor.at
    row.save()
    return taken


def _arrival(installation: Installation, row: Mailbox, box: imap.Box, listed: imap.Listed) -> Arrival | None:
    """None: the server does not hand it out just now; after a few rounds its place is taken by a note."""
    held = too_large(listed.size)
    try:
        data = box.fetch(listed, settings.MAIL_MAX_BYTES)
    except imap.CannotFetch as error:
        row.stuck_tries = row.stuck_tries + 1 if row.stuck_uid == listed.uid else 1
        row.stuck_uid = listed.uid
        row.save()
        if row.stuck_tries < GIVE_UP:
            return None
        held = error.message
        data = f"X-Hengjian-Missing: {row.name} {row.uidvalidity} {listed.uid}\n\n".encode()
    return Arrival(
        installation=installation,
        data=data,
        source=IncomingMail.Source.IMAP,
        arrived_at=listed.arrived_at,
        mailbox=row.name,
        uidvalidity=row.uidvalidity,
        uid=listed.uid,
        size=listed.size,
        held=held,
    )
