"""Take a row under lock, refuse a stale one, put it back."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

from hengjian.apps.audit.acting import log
from hengjian.apps.inspections import states
from hengjian.apps.inspections.models import Inspection
from hengjian.base.errors import HengjianError

M = TypeVar("M", bound=Model)


class Stale(HengjianError):
    """Somebody was faster."""

    code = "stale"


def take(row: M, version: int | None = None) -> M:
    found: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if version is not None and found.version != version:
        said = f"，现为“{found.get_state_display()}”" if hasattr(found, "get_state_display") else ""
        raise Stale(f"“{found}”在您打开之后已被改动{said}，请看最新的情况再办理；填写的内容还在。")
    return found  # type: ignore[no-any-return]


def take_inspection(inspection: Inspection, verb: str, version: int | None = None) -> Inspection:
    """The locked inspection, in a state that the verb fits."""
    row = take(inspection, version)
    states.check(row, verb)
    return row


def put(row: Any, *, unit: int | None = None, **payload: Any) -> Any:
    row.version += 1
    row.save()
    log(row, unit=unit, **payload)
    return row


def need(text: str, what: str) -> str:
    found = text.strip()
    if not found:
        raise HengjianError(f"请填写{what}。")
    return found
