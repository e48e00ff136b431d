"""One writer at a time: a lock file beside the data, waited for and said when it is not to be had."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hengjian.casedata.store.model import StoreBusy

PAUSE = 0.05


@contextmanager
def writing(folder: Path, wait: float) -> Iterator[None]:
    """Hold the store for writing; StoreBusy after ``wait`` seconds. The lock dies with the process."""
    with (folder / "writer.lock").open("a") as file:
        tries = max(1, int(wait / PAUSE))
        for attempt in range(tries):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt == tries - 1:
                    raise StoreBusy("案件库正由另一个程序写入，请稍后再试；已交的数据没有丢。") from None
                time.sleep(PAUSE)
        yield
