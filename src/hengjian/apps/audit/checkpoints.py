"""The tip of the chain, written outside the database, so that a cut or rewritten log cannot go unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from hengjian.apps.audit.models import Entry, Head
from hengjian.apps.audit.signing import is_ours, show_public_half, sign
from hengjian.base.errors import HengjianError, Place
from hengjian.base.times import to_local


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """At the moment ``at`` the chain ended with entry ``n`` of this ``digest``; signed over the four."""

    n: int
    digest: str
    algorithm: str
    at: str
    signature: str = ""

    @property
    def text(self) -> str:
        return f"hengjian checkpoint\n{self.n}\n{self.algorithm}\n{self.digest}\n{self.at}\n"

    @property
    def is_good(self) -> bool:
        return is_ours(self.text, self.signature)


def folder() -> Path:
    return Path(settings.AUDIT_CHECKPOINT_DIR)


def stored() -> Iterator[Checkpoint]:
    """All checkpoints, oldest file first. A line that cannot be read is an error: it may have been tampered with."""
    for path in sorted(folder().glob("checkpoints-*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield Checkpoint(**json.loads(line))
            except (ValueError, TypeError):
                raise HengjianError(
                    "这一行不是检查点，文件可能被改动，请与异地副本核对。", where=Place(str(path), number)
                ) from None


def newest() -> Checkpoint | None:
    """The last line of the last file; read each minute, so the rest is not."""
    path = max(folder().glob("checkpoints-*.jsonl"), default=None)
    if path is None:
        return None
    lines = _tail(path).splitlines()
    try:
        return Checkpoint(**json.loads(lines[-1]))
    except (IndexError, ValueError, TypeError):
        raise HengjianError(
            "最后一行不是检查点，文件可能被改动，请与异地副本核对。", where=Place(str(path))
        ) from None


def _tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 4096, 0))
        return file.read().decode("utf-8", errors="replace")


def write(now: datetime) -> Checkpoint | None:
    """Append the present tip, unless nothing happened since. Refuses when the log no longer holds the last one."""
    head = Head.objects.filter(pk=1).first()
    last = newest()
    if last is not None:
        _must_hold(last)
    if head is None or head.n == 0 or (last is not None and last.n == head.n):
        return None
    algorithm = Entry.objects.values_list("algorithm", flat=True).get(n=head.n)
    point = Checkpoint(head.n, head.digest, algorithm, to_local(now).isoformat(timespec="seconds"))
    point = replace(point, signature=sign(point.text))
    _append(point, folder() / f"checkpoints-{to_local(now):%Y-%m}.jsonl")
    return point


def _must_hold(last: Checkpoint) -> None:
    digest = Entry.objects.filter(n=last.n).values_list("digest", flat=True).first()
    if digest != last.digest:
        raise HengjianError(
            f"审计链与 {last.at} 的检查点（第 {last.n} 条）不符，日志可能被截断或改写；"
            "请审计管理员运行 hengjian audit verify，查明前不再写新的检查点。"
        )


def _append(point: Checkpoint, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    show_public_half(path.parent)
    line = json.dumps({name: getattr(point, name) for name in Checkpoint.__slots__}, ensure_ascii=False)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
