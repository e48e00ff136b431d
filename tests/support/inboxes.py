"""Two processes act in turn and look at inboxes: what each has kept must be what it would find now. Run as a program:
``python inboxes.py STEPS SEED`` prints one JSON object; the database is what DATABASE_URL and HENGJIAN_DATA_DIR say.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
BODY = "第一段写明时间、地点和事实。\n第二段写明做法和数据。\n第三段写明下一步打算。"


class Undone(Exception):
    """Raised inside a transaction so that nothing of it stays."""


class Office:
    """One process: it acts, and it looks at the inboxes of all its people."""

    def __init__(self, court: Any) -> None:
        unit = court.authors[0]
        self.court, self.unit, self.made = court, court.units[unit], 0
        self.writer, self.head = court.liaison[unit], court.head[unit]
        self.people = [self.writer, self.head, "bianji", "zhuren", "xitong", court.head[court.authors[1]]]

    def actor(self, login: str) -> Any:
        from django.utils import timezone

        from hengjian.apps.org.access import actor_for
        from hengjian.apps.org.models import User

        return actor_for(User.objects.get(username=login), timezone.now())

    def look(self) -> dict[str, Any]:
        """Kept beside computed, for the same moment; and how often nothing had to be computed."""
        from hengjian.apps.duties import kept
        from hengjian.apps.duties.inbox import rows_for
        from hengjian.apps.duties.look import Look

        told: dict[str, Any] = {"wrong": [], "found": 0, "looks": 0, "rows": {}}
        find = kept._found

        def counted(look: Look) -> Any:
            told["found"] += 1
            return find(look)

        kept._found = counted
        try:
            for login in self.people:
                actor = self.actor(login)
                told["looks"] += 1
                shown = kept.owed(Look(actor, actor.at))
                computed = rows_for(actor, look=Look(actor, actor.at))
                told["rows"][login] = [row.key for row in computed]
                if shown != computed:
                    told["wrong"].append([login, sorted({str(r) for r in set(shown) ^ set(computed)})])
        finally:
            kept._found = find
        return told

    def create(self) -> Any:
        from django.utils import timezone

        from hengjian.apps.bulletins.acts.create import create
        from hengjian.apps.bulletins.drafts import ItemDraft

        self.made += 1
        began = timezone.now() - timedelta(hours=self.made % 30)
        draft = ItemDraft(
            title=f"第{self.made}篇",
            body=BODY,
            category=("dynamic", "experience")[self.made % 2],
            occurred_at=began,
        )
        installation, key = self.court.installation, f"{os.getpid()}-{self.made}"
        return create(
            self.actor(self.writer), installation=installation, unit=self.unit, draft=draft, client_key=key
        )

    def submit(self) -> None:
        from hengjian.apps.bulletins.acts.submit import submit

        submit(self.actor(self.writer), self.create())

    def approve(self) -> None:
        from hengjian.apps.bulletins.acts.decide import approve

        if item := self.waiting("in_review"):
            approve(self.actor(self.head), item)

    def send_back(self) -> None:
        from hengjian.apps.bulletins.acts.decide import send_back

        if item := self.waiting("in_review"):
            send_back(self.actor(self.head), item, opinion="请补充数据")

    def receive(self) -> None:
        from hengjian.apps.bulletins.acts.office import receive

        if item := self.waiting("filed"):
            receive(self.actor("bianji"), item)

    def waiting(self, state: str) -> Any:
        from hengjian.apps.bulletins.models import Item

        return Item.objects.filter(state=state, unit=self.unit).order_by("pk").first()

    def job_fails(self) -> None:
        """No act, no audit entry: a row the worker writes."""
        from django.utils import timezone

        from hengjian.apps.duties.models import JobState

        failing = None if JobState.objects.filter(failing_since=None).exists() else timezone.now()
        JobState.objects.update_or_create(name="x", defaults={"failing_since": failing, "error": "E"})
        JobState.objects.update_or_create(name="y", defaults={"failing_since": timezone.now(), "error": "F"})

    def post_changes(self) -> None:
        """The head's seat is taken away or given back, as by another program."""
        from django.utils import timezone

        from hengjian.apps.org.models import Appointment

        seats = Appointment.objects.filter(person=self.court.people[self.head])
        taken = seats.filter(valid_to=None).exists()
        seats.update(valid_to=timezone.localdate() if taken else None)

    def undone(self) -> dict[str, Any]:
        """Looked at inside a transaction that is rolled back: what it shows there is true there, and nowhere else."""
        from django.db import transaction

        inside: dict[str, Any] = {}
        try:
            with transaction.atomic():
                self.submit()
                inside = self.look()
                raise Undone
        except Undone:
            return inside


ACTS = (
    "create",
    "submit",
    "approve",
    "send_back",
    "receive",
    "job_fails",
    "post_changes",
    "undone",
    "nothing",
)


def do(office: Office, name: str) -> dict[str, Any]:
    """The act, then a look; the errors of both."""
    try:
        inside = getattr(office, name, lambda: None)()
        told = office.look()
        if isinstance(inside, dict):
            told["wrong"] += inside["wrong"]
        return told
    except Exception:
        return {"wrong": [traceback.format_exc()[-900:]], "found": 0, "looks": 0, "rows": {}}


def other_process(office: Office, line: Any) -> None:
    while (name := line.recv()) is not None:
        line.send(do(office, name))
    line.close()


def walk(court: Any, steps: int, seed: int) -> dict[str, Any]:
    from django.db import connection, connections

    choose = Random(seed)
    here, there = multiprocessing.Pipe()
    first = Office(court)
    first.look()  # a process that keeps something already is forked
    connections.close_all()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    process = multiprocessing.get_context("fork").Process(target=other_process, args=(Office(court), there))
    process.start()

    def elsewhere(name: str) -> dict[str, Any]:
        here.send(name)
        return here.recv()

    told: dict[str, Any] = {"wrong": [], "found": 0, "looks": 0, "rows": []}
    for _ in range(steps):
        name = choose.choice(ACTS)
        places: list[Callable[[str], dict[str, Any]]] = [lambda n: do(first, n), elsewhere]
        choose.shuffle(places)
        for place, what in zip((*places, places[0]), (name, "nothing", "nothing"), strict=True):
            seen = place(what)
            told["wrong"] += [[name, what, wrong] for wrong in seen["wrong"]]
            told["found"] += seen["found"]
            told["looks"] += seen["looks"]
        told["rows"].append([name, sum(map(len, seen["rows"].values()))])
    here.send(None)
    process.join()
    return told


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengjian.web.settings")
    from hengjian.web.setup import prepare_database, start_django

    start_django()
    prepare_database()
    from support.crowd import made_court

    json.dump(walk(made_court(), int(sys.argv[1]), int(sys.argv[2])), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
