"""API operations of the log: reading it, and taking a part of it away."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from hengjian.apps.audit import queries
from hengjian.apps.audit.acts.export import export as take_away
from hengjian.apps.audit.models import Entry
from hengjian.apps.audit.queries import Filter
from hengjian.apps.audit.verify import verify
from hengjian.apps.audit.views import TYPES
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import fetch
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right

router = Router(tags=["audit"])
A_PAGE = 100


class LogAsked(Schema):
    """The filter of the page."""

    since: date | None = None
    until: date | None = None
    who: str = ""
    action: str = ""
    target: str = ""
    outcome: str = ""

    @property
    def filter(self) -> Filter:
        return Filter(**{name: getattr(self, name) for name in Filter.__slots__})


def _auditor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    actor.require(Right.AUDIT_READ)
    return actor


@router.get("entries")
def entries(request: HttpRequest, asked: Query[LogAsked], before: int | None = None) -> list[dict[str, Any]]:
    """The newest hundred that match; ``before`` continues."""
    found = asked.filter.on(queries.visible_entries(_auditor(request))).order_by("-n")
    if before is not None:
        found = found.filter(n__lt=before)
    return [_shown(entry) for entry in found[:A_PAGE]]


@router.get("entries/{n}")
def entry(request: HttpRequest, n: int) -> dict[str, Any]:
    return _shown(fetch(queries.visible_entries(_auditor(request)), n=n))


def _shown(entry: Entry) -> dict[str, Any]:
    fields = {f.name: getattr(entry, f.name) for f in Entry._meta.fields}
    label = queries.labels().get(entry.action, entry.action)
    return fields | {"payload": json.loads(entry.payload), "label": label}


@router.post("export")
def export(request: HttpRequest, asked: Query[LogAsked], format: str = "csv") -> HttpResponse:
    content = take_away(_auditor(request), asked.filter, fmt=format)
    return HttpResponse(content, content_type=TYPES[format])


@router.get("verify")
def verified(request: HttpRequest) -> dict[str, Any]:
    """Derive the chain again; ``first_bad`` is the number of the first entry that is not as written."""
    _auditor(request)
    verdict = verify()
    broken = verdict.broken
    return {
        "entries": verdict.entries,
        "checkpoints": verdict.checkpoints,
        "first_bad": broken.n if broken else None,
        "reason": broken.reason if broken else None,
    }
