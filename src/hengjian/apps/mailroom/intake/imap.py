"""Reads a mailbox by number, changing nothing in it: what was taken is known here, not by the server's flags."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from hengjian.base.errors import HengjianError

FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError)
TIMEOUT = 60
HEAD = 64 * 1024  # bytes kept of a message that is too large
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]{10,40})"')
imaplib.Commands.setdefault("ID", ("NONAUTH", "AUTH", "SELECTED"))


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox, from the settings."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    folder: str

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"[:200]


@dataclass(frozen=True, slots=True)
class Listed:
    uid: int
    size: int
    arrived_at: datetime


class CannotFetch(HengjianError):
    """The server is there but does not hand out this one message."""


def account() -> Account | None:
    """None when no mailbox is set."""
    if not settings.IMAP_HOST:
        return None
    return Account(
        settings.IMAP_HOST,
        settings.IMAP_PORT,
        settings.IMAP_USER,
        settings.IMAP_PASSWORD,
        settings.IMAP_TLS,
        settings.IMAP_FOLDER,
    )


@contextmanager
def opened(account: Account) -> Iterator[Box]:
    """Log in and open the folder for reading only. OSError, IMAP and imap_tools errors pass through."""
    box: BaseMailBox
    if account.tls:
        context = ssl.create_default_context()
        box = MailBox(account.host, account.port, timeout=TIMEOUT, ssl_context=context)
    else:
        box = MailBoxUnencrypted(account.host, account.port, timeout=TIMEOUT)
    try:
        box.login(account.user, account.password, initial_folder=None)
        _introduce(box.client)
        box.folder.set(account.folder, readonly=True)
        yield Box(box)
    finally:
        _leave(box)


def _introduce(client: Any) -> None:
    """Some providers (163, 126) refuse to open a folder to a program that did not say its name (RFC 2971)."""
    if "ID" in client.capabilities:
        client._simple_command("ID", '("name" "hengjian" "vendor" "hengjian" "version" "1")')


def _leave(box: BaseMailBox) -> None:
    """Say good-bye if anybody still listens; close the socket in any case."""
    with suppress(*FAULTS):
        box.logout()
    with suppress(*FAULTS):
        box.client.shutdown()


class Box:
    """An open folder."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box
        self.client: Any = box.client
        _, found = self.client.response("UIDVALIDITY")  # can be asked for once only
        self.uidvalidity = int(found[0]) if found and found[0] else 0

    def newer_than(self, uid: int) -> list[Listed]:
        """Number, size and time of arrival of what came after ``uid``, in order."""
        _, answer = self.client.uid("FETCH", f"{uid + 1}:*", "(UID RFC822.SIZE INTERNALDATE)")
        lines = [part if isinstance(part, bytes) else b" ".join(part) for part in answer or [] if part]
        found = [listed for line in lines if (listed := _listed(line)) and listed.uid > uid]
        return sorted(found, key=lambda one: one.uid)

    def fetch(self, listed: Listed, most: int) -> bytes:
        """The whole message, or the beginning of one that is larger than ``most``. CannotFetch when refused."""
        what = "BODY.PEEK[]" if listed.size <= most else f"BODY.PEEK[]<0.{HEAD}>"
        status, answer = self.client.uid("FETCH", str(listed.uid), f"({what})")
        for part in answer or []:
            if status == "OK" and isinstance(part, tuple) and len(part) > 1 and part[1]:
                return bytes(part[1])
        raise CannotFetch(f"信箱服务器取不出第 {listed.uid} 号邮件，请在信箱里查看。")

    @property
    def can_idle(self) -> bool:
        return "IDLE" in self.client.capabilities

    def idle(self, seconds: int) -> bool:
        """Wait for news; whether there was any."""
        return bool(self._box.idle.wait(timeout=seconds))


def _listed(line: bytes) -> Listed | None:
    uid, size, date = _UID.search(line), _SIZE.search(line), _DATE.search(line)
    if not uid or not size:
        return None
    return Listed(int(uid.group(1)), int(size.group(1)), _instant(date.group(1) if date else b""))


def _instant(text: bytes) -> datetime:
    try:
        return datetime.strptime(text.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    except (ValueError, UnicodeDecodeError):
        return datetime.now(UTC)
