"""Reading the log: what an auditor may see, filtered; the names of all actions."""

from __future__ import annotations

import json
import pkgutil
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

import hengjian.apps
from hengjian.apps.audit.acting import ACTIONS
from hengjian.apps.audit.models import Entry
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit
from hengjian.apps.org.roles import Right
from hengjian.base.times import to_instant

OUTCOMES = {"ok": "成功", "failed": "失败", "denied": "无权"}


@cache
def labels() -> dict[str, str]:
    """Action key → label, of every act there is: all modules of acts are loaded once."""
    for module in pkgutil.walk_packages(hengjian.apps.__path__, "hengjian.apps."):
        if ".acts." in module.name and ".tests" not in module.name:
            import_module(module.name)
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
    if actor.system or Unit.objects.count() == len(units):
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
    sides = [_side(before), _side(after)]
    names = _labels(entry.object_type)
    rows = [
        Changed(names.get(name, name), _text(sides[0], name), _text(sides[1], name))
        for name in dict.fromkeys([*sides[0], *sides[1]])
    ]
    return rows, [(names.get(name, name), _text(payload, name)) for name in payload]


def _side(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else ({} if value is None else {"": value})


_WORDS = {
    "reason": "理由", "message": "原因", "person": "人员", "unit": "单位", "role": "角色", "post": "岗位",
    "username": "用户名", "counts": "各类行数", "digest": "摘要", "format": "格式", "filter": "条件",
    "option": "选项", "title": "名称", "second_factor": "用第二重验证", "sessions_ended": "结束的登录数",
    "forced": "首次或过期强制", "change": "变更", "number": "编号", "items": "信息", "aliases": "别称",
    "classes": "分类", "phone_changed": "电话有更改", "text": "内容", "kind": "种类", "state": "状态",
}  # fmt: skip


def _labels(object_type: str) -> dict[str, str]:
    """The Chinese names of the object's fields, and of what acts note besides."""
    try:
        fields = apps.get_model(object_type)._meta.get_fields() if object_type else []
    except LookupError:
        fields = []
    named: dict[str, str] = {}
    for found in fields:
        if label := getattr(found, "verbose_name", None):
            named[found.name] = named[getattr(found, "attname", found.name)] = str(label)
    return _WORDS | named


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
