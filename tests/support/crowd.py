"""Many writers at once. Run as a program: one process prepares a database, then forks the crowd.

``python crowd.py JOB`` prints one JSON object; the database is what DATABASE_URL and HENGJIAN_DATA_DIR say.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WRITERS = 32
EACH = 2
SINCE = date(2023, 1, 1)
BODY = "第一段写明时间、地点和事实。\n第二段写明做法和数据。\n第三段写明下一步打算。"


@dataclass
class Result:
    """What one writer reports: what was acknowledged to it, and what went wrong."""

    done: list[Any]
    refused: list[str]
    failed: list[str]


def crowd(work: Callable[[int, Result], None], number: int = WRITERS) -> list[Result]:
    """Run ``work(n, result)`` in ``number`` forked processes that start together."""
    from django.db import connection, connections

    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()  # its threads would not survive the fork
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Event(), fork.SimpleQueue()

    def one(n: int) -> None:
        result = Result([], [], [])
        start.wait()
        try:
            work(n, result)
        except Exception:
            result.failed.append(traceback.format_exc()[-600:])
        finally:
            connections.close_all()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
        answers.put(result)

    processes = [fork.Process(target=one, args=(n,)) for n in range(number)]
    for process in processes:
        process.start()
    start.set()
    results = [answers.get() for _ in processes]
    for process in processes:
        process.join()
    return results


def made_court() -> Any:
    from django.utils import timezone

    from hengjian.apps.org.access import system_actor
    from hengjian.web.demo.court import make_court

    return make_court(system_actor("演示", timezone.now()), since=SINCE)


def lives(court: Any, each: int = EACH) -> dict[str, Any]:
    """Every writer takes ``each`` items from draft to adoption: five acts an item, numbers drawn, facts written."""
    from django.utils import timezone

    from hengjian.apps.bulletins.acts.create import create
    from hengjian.apps.bulletins.acts.decide import approve
    from hengjian.apps.bulletins.acts.office import receive
    from hengjian.apps.bulletins.acts.submit import submit
    from hengjian.apps.bulletins.desk.acts.outside import record_adoption
    from hengjian.apps.bulletins.drafts import ItemDraft

    units = court.authors

    def work(n: int, result: Result) -> None:
        unit = units[n % len(units)]
        who = {name: court.actor(login, timezone.now()) for name, login in {
            "writer": court.liaison[unit], "head": court.head[unit], "editor": "bianji"}.items()}  # fmt: skip
        for i in range(each):
            draft = ItemDraft(title=f"第{n}号作者的第{i}篇", body=BODY, category="experience")
            item = create(
                who["writer"], installation=court.installation, unit=court.units[unit], draft=draft,
                client_key=f"crowd-{n}-{i}",
            )  # fmt: skip
            submit(who["writer"], item)
            item.refresh_from_db()
            approve(who["head"], item)
            item.refresh_from_db()
            receive(who["editor"], item)
            fact = record_adoption(
                who["editor"], item, tier="city", publication="澜州信息", happened_at=who["editor"].at,
                client_key=f"adopted-{n}-{i}",
            )  # fmt: skip
            result.done.append([item.pk, fact.pk])

    first = Result([], [], [])
    work(WRITERS, first)  # alone, before the fork: pack and dictionaries are read once, not by every process
    return report([first, *crowd(work)]) | counted()


def counted() -> dict[str, Any]:
    """What the database holds afterwards."""
    from hengjian.apps.audit.models import Entry
    from hengjian.apps.audit.verify import verify
    from hengjian.apps.bulletins.models import Fact, Item

    verdict = verify()
    return {
        "items": sorted(Item.objects.values_list("pk", flat=True)),
        "numbers": sorted(Item.objects.exclude(number="").values_list("number", flat=True)),
        "facts": sorted(Fact.objects.filter(kind="adopt").values_list("pk", flat=True)),
        "submits": Fact.objects.filter(kind="submit").count(),
        "entries": verdict.entries,
        "forks": Entry.objects.count() - Entry.objects.values("previous").distinct().count(),
        "broken": verdict.broken.reason if verdict.broken else "",
    }


def same_item(court: Any, rounds: int = 4) -> dict[str, Any]:
    """All read version v of one item and write it: one succeeds, the others are refused in a sentence."""
    from django.utils import timezone

    from hengjian.apps.bulletins.acts.create import create
    from hengjian.apps.bulletins.acts.edit import edit
    from hengjian.apps.bulletins.drafts import ItemDraft
    from hengjian.apps.bulletins.locking import Stale

    writer = court.actor("xinxiyuan", timezone.now())
    begun = ItemDraft(title="大家同时修改的一篇", body=BODY, category="experience")
    item = create(
        writer, installation=court.installation, unit=court.units["civil1"], draft=begun, client_key="same"
    )
    found = []
    for n in range(rounds):
        item.refresh_from_db()
        version = item.version

        def work(m: int, result: Result, version: int = version, n: int = n) -> None:
            draft = ItemDraft(title=f"第{n}轮第{m}人的改动", body=BODY, category="experience")
            try:
                edit(writer, item, draft=draft, version=version)
                result.done.append(draft.title)
            except Stale as stale:
                result.refused.append(stale.message)

        told = report(crowd(work, 12))
        item.refresh_from_db()
        found.append(told | {"title": item.title, "step": item.version - version})
    return {"rounds": found}


def same_key(court: Any) -> dict[str, Any]:
    """The same form sent by everybody at the same moment: one item, one fact, everybody told of the same."""
    from django.utils import timezone

    from hengjian.apps.bulletins.acts.create import create
    from hengjian.apps.bulletins.desk.acts.outside import record_adoption
    from hengjian.apps.bulletins.drafts import ItemDraft
    from hengjian.apps.bulletins.models import Item

    writer, editor = (court.actor(login, timezone.now()) for login in ("xinxiyuan", "bianji"))
    draft = ItemDraft(title="连按两次提交", body=BODY, category="experience")

    def work(n: int, result: Result) -> None:
        item = create(
            writer,
            installation=court.installation,
            unit=court.units["civil1"],
            draft=draft,
            client_key="twice",
        )
        result.done.append(item.pk)

    items = report(crowd(work))
    item = Item.objects.get(client_key="twice")
    Item.objects.filter(pk=item.pk).update(
        state=Item.State.RECEIVED, filed_at=writer.at, received_at=writer.at
    )
    item.refresh_from_db()

    def adopt(n: int, result: Result) -> None:
        fact = record_adoption(
            editor, item, tier="city", publication="澜州信息", happened_at=editor.at, client_key="twice"
        )
        result.done.append(fact.pk)

    return {"items": items, "facts": report(crowd(adopt))} | {"counted": counted()}


def naive(court: Any) -> dict[str, Any]:
    """The control: read, add one, save, without a lock. PostgreSQL loses updates; the product's counter does not."""
    from django.db import transaction

    from hengjian.apps.bulletins.models import Counter
    from hengjian.apps.bulletins.numbering import draw

    Counter.objects.create(installation=court.installation, series="naive", year=2024, last=0)

    def work(n: int, result: Result) -> None:
        for _ in range(4):
            with transaction.atomic():
                row = Counter.objects.get(series="naive")
                time.sleep(0.002)
                row.last += 1
                row.save()
            with transaction.atomic():
                result.done.append(draw(court.installation, "locked", 2024))

    told = report(crowd(work, 16))
    last = dict(Counter.objects.filter(year=2024).values_list("series", "last"))
    return told | {"naive": last["naive"], "locked": last["locked"]}


def report(results: Sequence[Result]) -> dict[str, Any]:
    return {
        "done": [one for result in results for one in result.done],
        "refused": [one for result in results for one in result.refused],
        "failed": [one for result in results for one in result.failed],
    }


JOBS = {"lives": lives, "same_item": same_item, "same_key": same_key, "naive": naive}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    json.dump({name: JOBS[name](court) for court in [made_court()] for name in sys.argv[1:]}, sys.stdout)


if __name__ == "__main__":
    main()
