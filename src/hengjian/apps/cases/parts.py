"""The parts of a large file on the disk: put behind one another, looked over, thrown away."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings

from hengjian.apps.cases.models import Sending
from hengjian.apps.cases.tables import MEGABYTE
from hengjian.base.errors import HengjianError

PART = 4 * MEGABYTE
"""The most one part may have; the web server takes no larger body."""


class WrongPlace(HengjianError):
    """The part does not begin where the file ends; the answer says where that is."""

    code = "stale"


def path_of(sending: Sending) -> Path:
    folder = Path(settings.DATA_DIR) / "uploads" / "parts"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / str(sending.pk)


def received(sending: Sending) -> int:
    """Bytes that are here."""
    path = path_of(sending)
    return path.stat().st_size if path.exists() else 0


def put(sending: Sending, offset: int, data: bytes) -> int:
    """Put a part behind those that are here; how many bytes there are now. The same part again changes nothing.

    HengjianError for a part that is too large, goes beyond the size said or begins elsewhere.
    """
    if sending.state != Sending.State.OPEN:
        raise HengjianError(f"“{sending}”{sending.get_state_display()}，不能再传；要重传请重新开始。")
    if not data or len(data) > PART:
        raise HengjianError(f"每段应有 1 至 {PART} 字节，这一段有 {len(data)} 字节。")
    if offset + len(data) > sending.size:
        raise HengjianError(
            f"这一段超出了开始时说明的大小（{sending.size} 字节），文件可能改动过，请重新上传。"
        )
    with path_of(sending).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        here = file.seek(0, 2)
        if offset != here:
            file.seek(offset)
            if offset > here or file.read(len(data)) != data:
                raise WrongPlace(f"已收到 {here} 字节，请从第 {here} 字节接着传。")
            return here
        file.write(data)
        return here + len(data)


def digest_of(sending: Sending) -> str:
    with path_of(sending).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def throw_away(sending: Sending) -> None:
    path_of(sending).unlink(missing_ok=True)


def touched(sending: Sending) -> float:
    """When the last part came, in seconds since 1970; when none has, when it was begun."""
    path = path_of(sending)
    return path.stat().st_mtime if path.exists() else sending.begun_at.timestamp()
