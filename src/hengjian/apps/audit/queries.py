"""Reading the log: what an auditor may see, filtered; the names of all actions."""

from __future__ import annotations

import json
import pkgutil
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

import hengjian.apps
from hengjian.apps.audit.acting import ACTIONS
from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.wording import Wording
from hengjian.apps.org.access import Actor
from hengjian.apps.org.roles import Right
from hengjian.base.times import to_instant

OUTCOMES = {"ok": "成功", "failed": "失败", "denied": "无权"}


@cache
def labels() -> dict[str, str]:
    """Action key → label, of every act there is: all modules of the apps are loaded once."""
    for module in pkgutil.walk_packages(hengjian.apps.__path__, "hengjian.apps."):
        if not re.search(r"\.(tests|migrations|conftest\w*)(\.|$)", module.name):
            import_module(module.name)
    for name in settings.ACTS_OUTSIDE_APPS:
        import_module(name)
    return dict(sorted(ACTIONS.items()))


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for. ``target`` is part of a label, or ``app.model:id`` for one object."""

    since: date | None = None
    until: date | None = None
    who: str = ""
    action: str = ""
    target: str = ""
    outcome: str = ""

    def on(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        if self.since:
            entries = entries.filter(at__gte=_start(self.since))
        if self.until:
            entries = entries.filter(at__lt=_start(self.until + timedelta(days=1)))
        if self.who:
            entries = entries.filter(actor_name__icontains=self.who)
        if self.action:
            entries = entries.filter(action=self.action)
        if self.outcome:
            entries = entries.filter(outcome=self.outcome)
        return entries.filter(_target(self.target)) if self.target else entries


def _start(day: date) -> datetime:
    return to_instant(datetime.combine(day, time()))


def _target(text: str) -> Q:
    kind, separator, pk = text.partition(":")
    if separator and "." in kind:
        return Q(object_type=kind, object_id=pk)
    return Q(object_label__icontains=text)


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Entries about the units an auditor's post reaches, and those about no unit (login of unknown names, jobs)."""
    units = actor.units(Right.AUDIT_READ)
    if actor.system or len(actor.tree.parents) == len(units):
        return Entry.objects.all()
    if not units:
        return Entry.objects.none()
    return Entry.objects.filter(Q(unit_id__in=units) | Q(unit_id=None))


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after; ``same`` fields are shown too, greyed."""

    name: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def changes(entry: Entry) -> tuple[list[Changed], list[tuple[str, str]]]:
    """The fields an act changed, and what else it noted."""
    payload: dict[str, Any] = json.loads(entry.payload)
    before, after = payload.pop("before", None), payload.pop("after", None)
    sides, say = [_side(before), _side(after)], Wording(entry)
    rows = [
        Changed(say.name(name), say.text(name, sides[0].get(name)), say.text(name, sides[1].get(name)))
        for name in dict.fromkeys([*sides[0], *sides[1]])
    ]
    return rows, [(say.name(name), say.text(name, value)) for name, value in payload.items()]


def _side(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else ({} if value is None else {"": value})
