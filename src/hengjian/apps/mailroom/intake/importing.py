"""Files of messages, taken in and settled at once: what the upload page and the command line share."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from hengjian.apps.mailroom.intake.files import take_file
from hengjian.apps.mailroom.intake.houses import mail_installation
from hengjian.apps.mailroom.intake.processing import settle_all
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import Actor, system_actor
from hengjian.apps.regs.models import Installation

Row = dict[str, str]
State = IncomingMail.State


def import_files(files: Iterable[tuple[str, bytes]], unit: str = "") -> tuple[list[Row], int]:
    """One row a message, and how many of them wait for a person."""
    actor = system_actor("命令行", timezone.now())
    installation = mail_installation(actor.at, unit or settings.MAIL_IN_UNIT)
    rows: list[Row] = []
    for name, data in files:
        found = take_and_settle(actor, installation, data, IncomingMail.Source.COMMAND)
        rows += [_row(name, mail, new) for mail, new in found]
    waiting = {State.WAITING.label, State.HELD.label}
    return rows, sum(row["state"] in waiting for row in rows)


def take_and_settle(
    actor: Actor, installation: Installation, data: bytes, source: IncomingMail.Source
) -> list[tuple[IncomingMail, bool]]:
    """Messages of one file with what became of each, and whether it is new."""
    taken = take_file(actor, installation, data, source, actor.at)
    settle_all(actor, (mail for mail, _ in taken if mail.state == State.NEW))
    for mail, _ in taken:
        mail.refresh_from_db()
    return taken


def _row(name: str, mail: IncomingMail, new: bool) -> Row:
    return {
        "file": name,
        "state": mail.get_state_display(),
        "number": mail.item.number if mail.item else "",
        "unit": str(mail.unit or mail.unit_text),
        "title": str(mail),
        "reason": mail.reason if new else "早已收到，没有重复收取。",
    }
