"""The audit log, for the audit administrator alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from hengjian.apps.audit import checkpoints, queries
from hengjian.apps.audit.acts.export import export as take_away
from hengjian.apps.audit.chain import digest_of
from hengjian.apps.audit.forms import FilterForm
from hengjian.apps.audit.models import Entry, Head
from hengjian.apps.org.gates import fetch, needs
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui.drawn import SUB, numbered, put_if, tag, when
from hengjian.base.errors import HengjianError
from hengjian.base.times import to_local

A_PAGE = 50
COLOURS = {"ok": "green", "denied": "orange"}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@needs(Right.AUDIT_READ)
def index(request: HttpRequest) -> HttpResponse:
    """Newest first; pages go by number, so that new entries do not shift them."""
    form = FilterForm(request.GET)
    entries = form.filter.on(queries.visible_entries(actor_of(request))).order_by("-n")
    before = request.GET.get("before", "")
    if before.isdecimal():
        entries = entries.filter(n__lt=int(before))
    rows = list(entries[: A_PAGE + 1])
    context = {
        "form": form,
        "rows": _lines(rows[:A_PAGE]),
        "older": rows[A_PAGE - 1].n if len(rows) > A_PAGE else None,
        "later": bool(before),
        "head": Head.objects.filter(pk=1).first(),
        "checkpoint": _newest_checkpoint(),
    }
    return render(request, "audit/index.html", context)


def _lines(entries: list[Entry]) -> list[dict[str, object]]:
    labels, address = queries.labels(), numbered("audit:entry")
    tags = {key: tag(key, label, COLOURS.get(key, "red")) for key, label in queries.OUTCOMES.items()}
    return [
        {
            "n": entry.n,
            "at": when(entry.at, "full"),
            "who": entry.actor_name,
            "post": put_if(SUB, entry.post),
            "url": address(entry.n),
            "label": labels.get(entry.action, entry.action),
            "target": entry.object_label or "—",
            "outcome": tags.get(entry.outcome) or tag("failed", entry.outcome, "red"),
            "address": entry.address or "—",
        }
        for entry in entries
    ]


def _newest_checkpoint() -> checkpoints.Checkpoint | str | None:
    try:
        return checkpoints.newest()
    except HengjianError as error:
        return error.message


@require_safe
@needs(Right.AUDIT_READ)
def entry(request: HttpRequest, n: int) -> HttpResponse:
    found = fetch(queries.visible_entries(actor_of(request)), n=n)
    changed, noted = queries.changes(found)
    previous = Entry.objects.filter(n=n - 1).first()
    linked = found.previous == previous.digest if previous else found.previous.startswith("genesis:")
    context = {
        "entry": found,
        "label": queries.labels().get(found.action, found.action),
        "outcome": queries.OUTCOMES.get(found.outcome, found.outcome),
        "changed": changed,
        "noted": noted,
        "whole": digest_of(found) == found.digest and linked,
        "next": Entry.objects.filter(n=n + 1).exists(),
    }
    return render(request, "audit/entry.html", context)


@require_POST
@needs(Right.AUDIT_READ)
def export(request: HttpRequest) -> HttpResponse:
    """A POST, because it leaves an entry."""
    form, fmt = FilterForm(request.POST), request.POST.get("format", "")
    try:
        content = take_away(actor_of(request), form.filter, fmt=fmt)
    except HengjianError as error:
        messages.error(request, error.message)
        return redirect(reverse("audit:index"))
    name = f"审计日志-{to_local(timezone.now()):%Y%m%d-%H%M}.{fmt}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=TYPES[fmt], headers=headers)
