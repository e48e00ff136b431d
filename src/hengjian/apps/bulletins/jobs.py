"""What the worker does for this app: the next issue of every series stands there before anybody thinks of it."""

from __future__ import annotations

from datetime import date, datetime

from hengjian.apps.bulletins.desk.acts.edition import CYCLES, plan_editions
from hengjian.apps.bulletins.models import Edition
from hengjian.apps.org.access import system_actor
from hengjian.apps.regs.models import Installation
from hengjian.apps.regs.queries import pack_for
from hengjian.base.periods import Period
from hengjian.base.times import to_local


def plan_all(now: datetime) -> int:
    """Plan the running cycle wherever a series has no issue for it; returns for how many installations."""
    today = to_local(now).date()
    done = 0
    for installation in Installation.objects.select_related("unit"):
        if _missing(installation, now, today):
            plan_editions(system_actor("刊期", now), installation, day=today)
            done += 1
    return done


def _missing(installation: Installation, now: datetime, today: date) -> bool:
    pack = pack_for(installation, now)
    if "series" not in pack.vocabularies:
        return False
    cycles = {
        t.key: CYCLES[c] for t in pack.vocabulary("series") if (c := str(t.attrs.get("cycle", ""))) in CYCLES
    }
    wanted = {(key, str(Period.of(today, kind))) for key, kind in cycles.items()}
    there = Edition.objects.filter(installation=installation, series__in=cycles)
    return bool(wanted - set(there.values_list("series", "period")))


JOBS = [("bulletins.plan", 3600, plan_all)]
