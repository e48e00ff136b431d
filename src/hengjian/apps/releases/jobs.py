"""What the worker does for releases."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.releases.opening import open_due


def opening(now: datetime) -> None:
    open_due(now)


JOBS = [("releases.open", 60, opening)]
