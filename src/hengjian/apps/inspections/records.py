"""Which records can be frozen. An app names a kind here: how its records of a unit are listed and read.

A copy is the record as data, with the version of the data and a digest; what became of the record since is read the
same way and compared field by field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hengjian.apps.audit.acting import log
from hengjian.apps.duties.models import Fulfilment
from hengjian.apps.inspections.models import FrozenCopy, Inspection
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Unit

MISSING = "（已不存在）"


@dataclass(frozen=True, slots=True)
class Record:
    """A record at this moment; ``data`` maps names people know to plain values."""

    key: str
    title: str
    data: dict[str, Any]
    unit: Unit | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """``within`` lists the records an inspection covers from the outset, ``read`` finds one by its key; ``looked``
    tells the app that keeps the record of every look."""

    key: str
    label: str
    within: Callable[[Inspection], Iterable[Record]]
    read: Callable[[Inspection, str], Record | None]
    looked: Callable[[Actor, FrozenCopy], None] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    frozen: str
    now: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A copy against what stands now. ``intact``: the copy itself is as it was written."""

    intact: bool
    gone: bool = False
    version: str = ""
    changes: tuple[Change, ...] = field(default=())

    @property
    def changed(self) -> bool:
        return self.gone or bool(self.changes)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_label(key: str) -> str:
    return _kinds[key].label if key in _kinds else key


def digest_of(data: dict[str, Any], version: str) -> str:
    """Over content and version, whatever the order of the fields."""
    text = json.dumps([data, version], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(actor: Actor, inspection: Inspection, kind: str, record: Record) -> tuple[FrozenCopy, bool]:
    """Keep the record as it is; a second freezing keeps the first copy."""
    data = json.loads(json.dumps(record.data, ensure_ascii=False, default=str))
    return FrozenCopy.objects.get_or_create(
        inspection=inspection,
        kind=kind,
        key=record.key,
        defaults={
            "title": record.title[:200],
            "unit": record.unit,
            "data": data,
            "data_version": record.version,
            "digest": digest_of(data, record.version),
            "frozen_at": actor.at,
            "frozen_by": actor.person,
        },
    )


def freeze_scope(actor: Actor, inspection: Inspection) -> int:
    """Everything the kinds find within the scope, at the moment the inspection begins."""
    made = 0
    for kind in kinds():
        for record in kind.within(inspection):
            _, new = freeze(actor, inspection, kind.key, record)
            made += new
    log(inspection, unit=inspection.court_id, frozen=made)
    return made


def tell_keeper(actor: Actor, copy: FrozenCopy) -> None:
    kind = _kinds.get(copy.kind)
    if kind is not None and kind.looked is not None:
        kind.looked(actor, copy)


def read_now(copy: FrozenCopy) -> Record | None:
    kind = _kinds.get(copy.kind)
    return kind.read(copy.inspection, copy.key) if kind else None


def compare(copy: FrozenCopy) -> Compared:
    """Field by field, the copy and the record now."""
    intact = digest_of(copy.data, copy.data_version) == copy.digest
    if copy.kind not in _kinds:
        return Compared(intact)
    now = read_now(copy)
    if now is None:
        return Compared(intact, gone=True)
    then = copy.data
    data = json.loads(json.dumps(now.data, ensure_ascii=False, default=str))
    names = dict.fromkeys([*then, *data])
    changes = tuple(
        Change(name, _said(then.get(name)), _said(data.get(name)))
        for name in names
        if then.get(name) != data.get(name)
    )
    return Compared(intact, version=now.version, changes=changes)


def _said(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)


# records of duties done: kept by the duties app, and part of what an inspection looks at


def _fulfilments(inspection: Inspection) -> Iterable[Record]:
    year = date(inspection.plan.starts_on.year - 1, 1, 1)
    tree = inspection.court.descendants(include_self=True)
    rows = Fulfilment.objects.filter(
        installation=inspection.installation, unit__in=tree, happened_on__gte=year
    ).select_related("unit")
    return [_fulfilment(row) for row in rows]


def _read_fulfilment(inspection: Inspection, key: str) -> Record | None:
    tree = inspection.court.descendants(include_self=True)
    row = Fulfilment.objects.filter(pk=key, unit__in=tree).select_related("unit").first()
    return _fulfilment(row) if row else None


def _fulfilment(row: Fulfilment) -> Record:
    data = {
        "事项": row.title, "日期": row.happened_on, "部门": str(row.unit), "地点": row.place, "纪要": row.minutes,
        "文件名": row.file_name, "撤销时间": row.withdrawn_at, "撤销理由": row.withdrawn_reason,
    }  # fmt: skip
    return Record(str(row.pk), f"{row.happened_on} {row.title}", data, row.unit)


register(Kind("fulfilment", "履职登记", _fulfilments, _read_fulfilment))
