"""The background worker: clock ticks by APScheduler. A failing job is recorded and has an owner, never silent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import Any

import structlog
from django.apps import apps
from django.db import close_old_connections
from django.utils import timezone

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """``run(now)`` is called every ``seconds``; it must be safe to call again after a crash."""

    name: str
    seconds: int
    run: Callable[[datetime], object]


def all_jobs() -> list[Job]:
    """The ``JOBS`` of every app's ``jobs`` module: (name, seconds, function)."""
    found: list[Job] = []
    for config in apps.get_app_configs():
        if config.name.startswith("hengjian.") and find_spec(f"{config.name}.jobs"):
            found += [Job(*job) for job in import_module(f"{config.name}.jobs").JOBS]
    return found


def all_listeners() -> list[tuple[str, Callable[[Callable[[], None]], None]]]:
    """The ``LISTENERS`` of the same modules: (job, function). The function calls what it is given when the job has
    something to do before its time; it runs beside the jobs and keeps away from the database."""
    modules = [
        f"{config.name}.jobs" for config in apps.get_app_configs() if config.name.startswith("hengjian.")
    ]
    return [
        pair for name in modules if find_spec(name) for pair in getattr(import_module(name), "LISTENERS", ())
    ]


def run_job(job: Job, now: datetime | None = None) -> bool:
    """Run one job and record how it went. Returns whether it succeeded."""
    from hengjian.apps.duties.models import JobState

    now = now or timezone.now()
    state, _ = JobState.objects.get_or_create(name=job.name)
    state.started_at = now
    try:
        job.run(now)
    except Exception as error:
        log.exception("job failed", job=job.name)
        state.failing_since = state.failing_since or now
        state.error = f"{type(error).__name__}: {error}"[:500]
        state.save()
        return False
    state.succeeded_at, state.failing_since, state.error = timezone.now(), None, ""
    state.save()
    return True


def run_afresh(job: Job) -> bool:
    """Run one job on a live connection: the database may have been restarted since the last tick."""
    close_old_connections()
    return run_job(job)


def work_forever() -> None:
    """Run all jobs at their rhythm until stopped. One at a time: one writer is enough and kind to SQLite."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler

    # while one job is long, the others wait for their next turn: nothing is lost and nobody need read of it
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(executors={"default": ThreadPoolExecutor(1)}, timezone="Asia/Shanghai")
    for job in all_jobs():
        scheduler.add_job(
            run_afresh, "interval", (job,), seconds=job.seconds, id=job.name, coalesce=True, misfire_grace_time=None,
            next_run_time=datetime.now(scheduler.timezone),
        )  # fmt: skip
    for name, listen in all_listeners():
        Thread(
            target=listen, args=(partial(_hurry, scheduler, name),), name=f"{name}.listen", daemon=True
        ).start()
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=True)


def _hurry(scheduler: Any, name: str) -> None:
    scheduler.modify_job(name, next_run_time=datetime.now(scheduler.timezone))
