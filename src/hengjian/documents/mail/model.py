"""What a message says, as plain values."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file that came along. ``name`` is safe to show; ``media_type`` is what the sender claims."""

    name: str
    media_type: str
    content: bytes

    @property
    def ending(self) -> str:
        stem, dot, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if dot and stem else ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report that one of our own mails did not arrive. ``original`` is the Message-ID it had."""

    original: str
    recipient: str
    status: str
    reason: str
    final: bool


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One message. Times are local and only claimed by the sender; ``notes`` are full sentences for people.

    ``automatic`` says why no answer may be sent (a list, a robot, a bounce …); empty: a person may have written it.
    ``locked``: the text is encrypted and cannot be read here.
    """

    subject: str
    from_name: str
    from_address: str
    reply_to: str
    message_id: str
    sent_at: str
    body: str
    body_from: str
    recipients: int
    files: tuple[MailFile, ...] = ()
    notes: tuple[str, ...] = ()
    automatic: str = ""
    locked: bool = False
    bounce: Bounce | None = field(default=None)


def to_json(mail: ReadMail) -> dict[str, Any]:
    """For the way out of the child process."""
    found = asdict(mail)
    for file in found["files"]:
        file["content"] = b64encode(file["content"]).decode()
    return found


def from_json(found: dict[str, Any]) -> ReadMail:
    """The inverse of ``to_json``."""
    files = tuple(MailFile(f["name"], f["media_type"], b64decode(f["content"])) for f in found["files"])
    bounce = Bounce(**found["bounce"]) if found["bounce"] else None
    return ReadMail(**{**found, "files": files, "notes": tuple(found["notes"]), "bounce": bounce})
