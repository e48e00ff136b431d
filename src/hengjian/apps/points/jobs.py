"""What the worker does for this app: open periods follow the facts without anybody pressing a button."""

from __future__ import annotations

from datetime import datetime

from hengjian.apps.org.access import system_actor
from hengjian.apps.points.acts.posting import post_open
from hengjian.apps.points.models import AccountPeriod
from hengjian.apps.points.queries import behind
from hengjian.apps.regs.models import Installation


def post_all(now: datetime) -> int:
    """Post every installation whose open periods are behind; returns how many were."""
    done = 0
    for installation in Installation.objects.select_related("unit"):
        closed = set(
            AccountPeriod.objects.filter(
                installation=installation, state=AccountPeriod.State.CLOSED
            ).values_list("key", flat=True)
        )
        if set(behind(installation, now)) - closed:
            post_open(system_actor("自动记账", now), installation)
            done += 1
    return done


JOBS = [("points.post", 300, post_all)]
