"""Background work of the mailroom: (name, seconds, function)."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.mailroom.delivery import deliver
from hengjian.apps.mailroom.intake.fetching import fetch_mail
from hengjian.apps.mailroom.intake.files import watch_folder
from hengjian.apps.mailroom.intake.listening import listen
from hengjian.apps.mailroom.intake.processing import settle_new
from hengjian.apps.org.access import system_actor


def take_files(now: datetime) -> None:
    """What was dropped into the watched folder, and what a crash left unread."""
    actor = system_actor("邮件收取", now)
    watch_folder(actor)
    settle_new(actor)


def take_mail(now: datetime) -> None:
    """The mailbox; what was taken before it failed is settled all the same."""
    actor = system_actor("邮件收取", now)
    try:
        fetch_mail(actor)
    finally:
        settle_new(actor)


JOBS = [
    ("mailroom.files", 10, take_files),
    ("mailroom.take", 60, take_mail),
    ("mailroom.deliver", 60, deliver),
]
LISTENERS = [("mailroom.take", listen)]
