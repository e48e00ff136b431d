"""What the worker does for the log: a checkpoint each minute, a whole verification each day."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.audit.checkpoints import write
from hengjian.apps.audit.verify import verify
from hengjian.base.errors import HengjianError


def checkpoint(now: datetime) -> None:
    write(now)


def verification(now: datetime) -> None:
    """A broken chain makes the job fail, which stands in the inbox until somebody has looked."""
    broken = verify().broken
    if broken is not None:
        raise HengjianError(f"审计日志第 {broken.n} 条异常：{broken.reason}请审计管理员查明并保全证据。")


JOBS = [("audit.checkpoint", 60, checkpoint), ("audit.verify", 86_400, verification)]
