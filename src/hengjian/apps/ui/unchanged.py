"""What was found stays found as long as nothing was committed to the database: asked of the database itself, not of
those who write. Described in docs/adr/0008-kept-while-nothing-is-committed.md.

Every commit of every process counts, whether or not an act stands behind it. Inside a transaction nothing is kept and
nothing kept is shown, for nobody else sees yet what is written there, and it may be rolled back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from django.db import connection

T = TypeVar("T")
MOST = 1000
"""So many findings are kept; then all are dropped."""


def state() -> Hashable:
    """Differs from every earlier one after a commit; None where that cannot be told."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # the transactions a question sees: equal snapshots see the same rows
            cursor.execute("SELECT pg_current_snapshot()::text")
            return cast(str, cursor.fetchone()[0])
    return _watcher.state()


class _Watcher:
    """A connection that writes nothing. SQLite tells a connection by a number whether another one, of this process or
    of any other, has committed; the numbers of two connections cannot be compared, so one is kept for good."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection: Any = None
        self._of: tuple[int, int, int] | None = None
        self._opened = 0

    def state(self) -> Hashable:
        path = Path(str(connection.settings_dict["NAME"]))
        try:
            stat = path.stat()
        except OSError:
            return None  # in memory
        of = (os.getpid(), stat.st_dev, stat.st_ino)  # not that of the parent, nor of a database put away
        with self._lock:
            try:
                if self._of != of:
                    self._open(path, of)
                version = self._connection.execute("PRAGMA data_version").fetchall()[0][0]
            except _driver().Error:  # locked as a whole: then nothing can be said
                return None
            return (*of, self._opened, version)

    def _open(self, path: Path, of: tuple[int, int, int]) -> None:
        if self._connection is not None and self._of is not None and self._of[0] == of[0]:
            self._connection.close()
        self._connection = _driver().connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=5,
        )
        self._of, self._opened = of, self._opened + 1


def _driver() -> Any:
    """The same library as Django's: two in one process would take each other's locks away."""
    return cast(Any, connection).Database


_watcher = _Watcher()
_lock = Lock()
_kept: dict[Hashable, object] = {}
_kept_of: Hashable = None


def kept(key: Hashable, find: Callable[[], T], still: Callable[[T], bool] = lambda found: True) -> T:
    """What ``find`` found under ``key`` while the database was as it is now; ``still`` may refuse it.

    ``key`` names everything but the database that the answer hangs on; the answer must not be changed by who gets it.
    """
    before = state()
    if before is None:
        return find()
    with _lock:
        known = _kept.get(key) if _kept_of == before else None
    if known is not None and still(cast(T, known)):
        return cast(T, known)
    found = find()
    if state() == before:  # nothing was committed while it was looked for
        _keep(before, key, found)
    return found


def _keep(of: Hashable, key: Hashable, found: object) -> None:
    global _kept_of
    with _lock:
        if _kept_of != of or len(_kept) >= MOST:
            _kept.clear()
        _kept_of = of
        _kept[key] = found
