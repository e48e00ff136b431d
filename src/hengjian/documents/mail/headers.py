"""Headers by hand: the library's own decoder refuses or misreads much of what Chinese mail programs write."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from datetime import timedelta, timezone
from email.message import Message
from email.utils import parsedate_to_datetime
from quopri import decodestring
from typing import Any, TypeAlias

from hengjian.documents.mail.charsets import decode
from hengjian.documents.text import one_line

LONGEST = 2000  # characters of a header that are looked at
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)(?:\?=|$)")
_ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}$")
_ID = re.compile(r"<([^<>\s]{1,240})>")
_CHINA = timezone(timedelta(hours=8))

AnyMessage: TypeAlias = "Message[Any, Any]"


def given(message: AnyMessage, name: str) -> str:
    """The first header of that name as bytes would have it, unfolded and cut; empty when there is none."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return re.sub(r"[\r\n]+[ \t]*", " ", str(value)[: LONGEST * 4]).strip()
    return ""


def inner(part: AnyMessage) -> list[AnyMessage]:
    """The parts directly inside a part."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def many(message: AnyMessage, name: str) -> int:
    """How many addresses stand in all headers of that name, without taking them apart."""
    return sum(str(value).count("@") for key, value in message.raw_items() if key.lower() == name.lower())


def text(message: AnyMessage, name: str) -> str:
    """The header as people read it, on one line, without signs that mislead.

    Line breaks smuggled in by an encoded word become blanks.
    """
    return one_line(words(given(message, name)))[:LONGEST]


def words(value: str) -> str:
    """Encoded words decoded; neighbours of one charset are joined first, since programs cut inside a character.

    >>> words("=?gb2312?B?yq8=?= =?gb2312?Q?=D2=B5?=")
    '石业'
    """
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for found in _WORD.finditer(value):
        between = value[end : found.start()]
        if pending and (between.strip() or found.group(1).lower() != charset):
            out.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or not end:
            out.append(_plain(between))
        charset = found.group(1).lower()
        pending += _payload(found.group(2), found.group(3))
        end = found.end()
    if pending:
        out.append(decode(pending, charset.partition("*")[0])[0])
    return "".join(out) + _plain(value[end:])


def _plain(value: str) -> str:
    data = value.encode("utf-8", "surrogateescape")
    return decode(data)[0] if not data.isascii() else value


def _payload(how: str, data: str) -> bytes:
    if how in "qQ":
        return decodestring(data.replace("_", " ").encode("utf-8", "surrogateescape"), header=False)
    clean = re.sub(r"[^A-Za-z0-9+/]", "", data)
    try:
        return b64decode(clean + "=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return b64decode(clean[: len(clean) // 4 * 4])


def address(message: AnyMessage, name: str) -> tuple[str, str]:
    """Name and address; the address is empty unless there is exactly one that nobody could read in two ways."""
    value = given(message, name)
    shown = one_line(words(value))[:200]
    inside = re.findall(r"<([^<>]*)>", value)
    found = inside[0].strip() if len(inside) == 1 else ("" if inside else value.strip())
    if not _ADDRESS.match(found) or (not inside and "," in value):
        return shown, ""
    before = shown.split("<")[0].strip(" \"'")
    return ("" if before == found else before), found.lower()


def message_id(message: AnyMessage, name: str = "Message-ID") -> str:
    found = _ID.findall(one_line(given(message, name)))
    return found[-1] if found else ""


def references(message: AnyMessage) -> list[str]:
    return [*_ID.findall(given(message, "In-Reply-To")), *_ID.findall(given(message, "References"))]


def sent_at(message: AnyMessage) -> str:
    """The claimed date as local ISO text; empty when it is missing or nonsense."""
    try:
        found = parsedate_to_datetime(given(message, "Date")[:100])
        local = found.astimezone(_CHINA) if found.tzinfo else found
        return local.replace(tzinfo=None, microsecond=0).isoformat() if 1990 <= local.year <= 2100 else ""
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return ""
