"""Measure a province year: scored and posted, explained, its quarterly pack, one reading switched. See README.md."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from tempfile import mkdtemp
from typing import TypeVar

os.environ.setdefault("HENGJIAN_DATA_DIR", mkdtemp(prefix="hengjian-province-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")

import django

django.setup()

from benchmarks.province.make import YEAR, make  # noqa: E402
from django.core.management import call_command  # noqa: E402

from hengjian.apps.bulletins.models import Fact, Item  # noqa: E402
from hengjian.apps.org.access import actor_for  # noqa: E402
from hengjian.apps.org.models import Unit, User  # noqa: E402
from hengjian.apps.points import engine, explain, replaying  # noqa: E402
from hengjian.apps.points.acts import notices  # noqa: E402
from hengjian.apps.points.acts.posting import post_open  # noqa: E402
from hengjian.apps.points.bundle import bundle  # noqa: E402
from hengjian.apps.points.models import LedgerLine  # noqa: E402
from hengjian.apps.points.whatif import Draft, what_if  # noqa: E402
from hengjian.base.periods import Period  # noqa: E402
from hengjian.base.times import to_instant  # noqa: E402

R = TypeVar("R")
times: dict[str, float] = {}


def timed(name: str, run: Callable[[], R]) -> R:
    began = time.perf_counter()
    result = run()
    times[name] = round(time.perf_counter() - began, 2)
    sys.stderr.write(f"{name}: {times[name]} s\n")
    return result


def main() -> None:
    call_command("migrate", verbosity=0)
    installation = timed("make", make)
    actor = actor_for(User.objects.get(), to_instant(datetime(YEAR + 1, 1, 5, 9)))
    timed("score and post the year", lambda: post_open(actor, installation))
    line = LedgerLine.objects.filter(item__isnull=False).order_by("pk").last()
    timed("explain one number", lambda: explain.card(line))
    notice = timed(
        "prepare the notice",
        lambda: notices.prepare(actor, installation, clause="notices/quarterly", period=f"{YEAR}Q4"),
    )
    data = timed("the quarterly pack (zip)", lambda: bundle(notice, actor.at))
    first, last = Period.parse(f"{YEAR}Q1"), Period.parse(f"{YEAR}Q4")
    switch = {"H01": "proportional", "H02": "quality_too", "H03": "all_research", "H04": "per_quarter"}
    for reading, option in switch.items():
        draft = Draft({}, {reading: option})
        switched = partial(what_if, installation, draft, first, last, actor.at)
        timed(f"switch {reading} over the year", switched)
    engine.forget()
    replaying.forget()
    draft = Draft({}, {"H01": "proportional"})
    timed("switch a reading, nothing kept", lambda: what_if(installation, draft, first, last, actor.at))
    told = {
        "units": Unit.objects.count(), "items": Item.objects.count(), "facts": Fact.objects.count(),
        "lines": LedgerLine.objects.count(), "zip_mb": round(len(data) / 1e6, 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "seconds": times,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
