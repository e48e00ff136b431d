"""Which files the vault takes: documents, tables, photos, sound and film; the first bytes must fit the name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File

from hengjian.base.errors import HengjianError

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*/\\]")


def _starts(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic)


def _boxed(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(b"RIFF") and head[8:12] == kind


def _sound(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


@dataclass(frozen=True, slots=True)
class Media:
    media_type: str
    fits: Callable[[bytes], bool]


_ZIP, _OLE = _starts(b"PK\x03\x04"), _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, Media] = {
    ".pdf": Media("application/pdf", _starts(b"%PDF-")),
    ".docx": Media(_OFFICE + "wordprocessingml.document", _ZIP),
    ".xlsx": Media(_OFFICE + "spreadsheetml.sheet", _ZIP),
    ".ofd": Media("application/ofd", _ZIP),
    ".zip": Media("application/zip", _ZIP),
    ".doc": Media("application/msword", _OLE),
    ".xls": Media("application/vnd.ms-excel", _OLE),
    ".wps": Media("application/vnd.ms-works", _OLE),
    ".txt": Media("text/plain", lambda head: b"\0" not in head),
    ".csv": Media("text/csv", lambda head: b"\0" not in head),
    ".jpg": Media("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".jpeg": Media("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".png": Media("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    ".mp3": Media("audio/mpeg", _sound),
    ".m4a": Media("audio/mp4", _boxed),
    ".wav": Media("audio/wav", _riff(b"WAVE")),
    ".mp4": Media("video/mp4", _boxed),
    ".mov": Media("video/quicktime", _boxed),
    ".avi": Media("video/x-msvideo", _riff(b"AVI ")),
}


def safe_name(name: str) -> str:
    """As it is shown; never used as a path."""
    return _UNSAFE.sub("", PurePath(name.replace("\\", "/")).name)[-200:] or "未命名"


def check(content: File[bytes], name: str) -> str:
    """The media type; HengjianError for what the vault does not take."""
    ending = PurePath(name).suffix.lower()
    kind = KINDS.get(ending)
    if kind is None:
        raise HengjianError(
            f"不收“{ending or '没有扩展名'}”文件，可以收存：{'、'.join(k[1:] for k in KINDS)}。"
        )
    if not content.size:
        raise HengjianError("文件是空的，请重新选择。")
    if content.size > settings.EVIDENCE_MAX_BYTES:
        most = settings.EVIDENCE_MAX_BYTES // 1024 // 1024
        raise HengjianError(f"文件超过 {most} MB，请拆分后收存。")
    content.seek(0)
    head = content.read(64)
    content.seek(0)
    if not kind.fits(head):
        raise HengjianError("文件内容与扩展名不符，请用原始文件收存，不要改扩展名。")
    return kind.media_type
