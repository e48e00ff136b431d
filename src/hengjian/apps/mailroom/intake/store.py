"""Raw messages under the name of their digest: the same bytes are one file, written whole or not at all."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def digest_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def keep(data: bytes, digest: str) -> str:
    """Write the bytes durably; returns the path below MEDIA_ROOT."""
    name = f"mail/{digest[:2]}/{digest}.eml"
    path = Path(settings.MEDIA_ROOT) / name
    if path.exists() and path.stat().st_size == len(data):
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{digest}.{uuid4().hex}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return name


def bytes_of(name: str) -> bytes | None:
    """The raw message; None when it is gone."""
    try:
        return (Path(settings.MEDIA_ROOT) / name).read_bytes() if name else None
    except OSError:
        return None


def destroy(name: str) -> None:
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
