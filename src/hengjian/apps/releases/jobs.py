"""What the worker does for releases."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.cases.models import Dataset
from hengjian.apps.org.access import system_actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.releases.computed import behind, recheck
from hengjian.apps.releases.desk import knows_releases
from hengjian.apps.releases.opening import open_due


def opening(now: datetime) -> None:
    open_due(now)


def corrections(now: datetime) -> None:
    """After each new version of the data everything published is looked at again."""
    for installation in Installation.objects.filter(pk__in=Dataset.objects.values("installation")):
        if knows_releases(installation.pack) and behind(installation):
            recheck(system_actor("更正核对", now), installation)


JOBS = [("releases.open", 60, opening), ("releases.recheck", 600, corrections)]
