"""The bureau's mailbox in the demo: what was understood is filed, the rest waits for the office."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from hengjian.apps.mailroom.acts.take import Arrival, take_in
from hengjian.apps.mailroom.intake.processing import settle_all
from hengjian.apps.mailroom.models import IncomingMail
from hengjian.apps.org.access import system_actor
from hengjian.base.times import to_local
from hengjian.web.demo.clockwork import Life
from hengjian.web.demo.data import read
from hengjian.web.demo.lives import World


def mail_lives(world: World) -> list[Life]:
    return [_mail_life(world, number, told) for number, told in enumerate(read("bureau_mails"))]


def _mail_life(world: World, number: int, told: dict[str, Any]) -> Life:
    at = world.until - timedelta(hours=told["hours"])
    yield at
    actor = system_actor("邮件收取", at)
    message = EmailMessage()
    message["Subject"], message["From"] = told["subject"], told["from"]
    message["To"] = "office@bureau.invalid"
    message["Date"] = format_datetime(to_local(at))
    message["Message-ID"] = f"<demo-{number}@bureau.invalid>"
    for name, value in told.get("headers", {}).items():
        message[name] = value
    message.set_content(told["body"])
    source = IncomingMail.Source.FOLDER
    mail, _ = take_in(actor, Arrival(world.court.installation, message.as_bytes(), source, at))
    settle_all(actor, [mail])
