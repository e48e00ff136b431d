"""Hears of new mail at once where the server can say so; the round every minute stays, whatever happens here."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep

import structlog

from hengjian.apps.mailroom.intake import imap

log = structlog.get_logger()
LISTEN, REST = 9 * 60, 60  # seconds: servers close a silent line after half an hour, routers sooner


def listen(wake: Callable[[], None], *, rounds: int | None = None) -> None:
    """Call ``wake`` whenever something happens in the mailbox, for ever (or for so many rounds). Touches no database."""
    account = imap.account()
    while account is not None and (rounds is None or rounds > 0):
        rounds = None if rounds is None else rounds - 1
        try:
            with imap.opened(account) as box:
                if not box.can_idle:
                    return
                while box.idle(LISTEN):
                    wake()
        except imap.FAULTS as error:
            log.info("mailbox cannot be listened to", error=type(error).__name__)
            sleep(REST)
