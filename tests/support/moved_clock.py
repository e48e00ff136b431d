"""The application with a clock that a test sets: ``HENGJIAN_TEST_CLOCK`` names a file with a local time in it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")

import django.utils.timezone as zone

from hengjian.base.times import to_instant

_real_now = zone.now
_file = Path(os.environ["HENGJIAN_TEST_CLOCK"])
_read: dict[int, timedelta] = {}


def moved_now() -> datetime:
    """The time in the file when it was written, and running on since then."""
    stat = _file.stat()
    if stat.st_mtime_ns not in _read:
        set_to = to_instant(datetime.fromisoformat(_file.read_text(encoding="utf-8").strip()))
        _read[stat.st_mtime_ns] = set_to - datetime.fromtimestamp(stat.st_mtime, tz=set_to.tzinfo)
    return _real_now() + _read[stat.st_mtime_ns]


zone.now = moved_now

from hengjian.web.wsgi import application  # noqa: E402

__all__ = ["application"]
