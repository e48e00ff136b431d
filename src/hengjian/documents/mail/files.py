"""Files that come along, under names that can do no harm."""

from __future__ import annotations

import re
from email.utils import collapse_rfc2231_value
from pathlib import PurePosixPath
from typing import cast

from hengjian.documents.mail.charsets import decode
from hengjian.documents.mail.headers import AnyMessage, words
from hengjian.documents.mail.model import MailFile
from hengjian.documents.text import one_line

MOST = 20
_UNSAFE = re.compile(r"[<>:\"|?*\\/\x00-\x1f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def name_of(part: AnyMessage) -> tuple[str, str]:
    """A safe name (empty when the part has none), and a sentence when the given one was made to deceive."""
    given = _given(part)
    if not given:
        return "", ""
    last = PurePosixPath(given.replace("\\", "/")).name
    shown = _UNSAFE.sub("", one_line(last)).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    safe = f"{stem[:120]}{dot}{ending[:10]}" if dot else shown[:120]
    note = (
        f"附件“{safe}”的文件名里有改变文字方向的符号，已去掉，打开前请当心。"
        if _TURNING.search(given)
        else ""
    )
    return safe or "未命名附件", note


def _given(part: AnyMessage) -> str:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = part.get_param(parameter, header=header)
        except (ValueError, LookupError, TypeError):
            continue
        if value:
            text = value if isinstance(value, str) else _collapsed(value)
            return words(text[:1000])
    return ""


def _collapsed(value: tuple[str | None, str | None, str]) -> str:
    try:
        data = value[2].encode("latin-1", "replace")
        return decode(data, value[0] or "")[0]
    except (LookupError, ValueError):
        return collapse_rfc2231_value(value)


def content_of(part: AnyMessage) -> bytes:
    """The bytes; a broken transfer encoding gives what can be saved."""
    try:
        return cast("bytes | None", part.get_payload(decode=True)) or b""
    except (ValueError, LookupError, AssertionError):
        payload = part.get_payload()
        return payload.encode("utf-8", "replace") if isinstance(payload, str) else b""


def file_of(part: AnyMessage, name: str) -> MailFile:
    return MailFile(name, part.get_content_type()[:100], content_of(part))
