from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hengjian.apps.duties.calendar import month_of
from hengjian.apps.duties.inbox import address, grouped, kinds
from hengjian.apps.duties.kept import owed
from hengjian.apps.duties.lines import liner
from hengjian.apps.duties.look import Look
from hengjian.apps.duties.models import JobState
from hengjian.apps.duties.rows import DutyRow, Urgency
from hengjian.apps.org.access import Actor
from hengjian.apps.org.gates import needs, signed_in
from hengjian.apps.org.middleware import actor_of
from hengjian.apps.org.roles import Right
from hengjian.apps.ui import counts
from hengjian.base.errors import HengjianError

LATE = timedelta(minutes=30)
MOST = 200


@require_GET
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    look = Look(actor, actor.at)
    rows = owed(look)
    counts.forget(actor)
    counts.put(actor, "duties:inbox", len(rows))  # the menu of this page need not ask again
    wanted = request.GET.get("kind", "")
    shown = [row for row in rows if not wanted or row.kind == wanted]
    chosen = next((row for row in shown if row.key == request.GET.get("row")), shown[0] if shown else None)
    draw = liner(request, wanted, chosen)
    context = {
        "groups": [(urgency, group, draw(group)) for urgency, group in grouped(shown[:MOST])],
        "hidden": len(shown[MOST:]),
        "numbers": {urgency.value: sum(row.state is urgency for row in rows) for urgency in Urgency},
        "total": len(rows),
        "kinds": kinds(rows),
        "kind": wanted,
        "chosen": chosen,
        "basis": _basis(look, chosen),
        "now": look.local,
    }
    template = "duties/_chosen.html" if request.headers.get("HX-Target") == "pane" else "duties/inbox.html"
    return render(request, template, context)


def _basis(look: Look, row: DutyRow | None) -> dict[str, object] | None:
    """The article of a row with its gist, and the clause that carries it out."""
    if row is None or not row.clause:
        return None
    governed = next((g for g in look.governed if row.clause.startswith(f"{g.pack.id}/")), None)
    if governed is None:
        return None
    try:
        clause = governed.pack.clause(row.clause)
        article = governed.pack.article(row.article or clause.articles[0])
    except HengjianError:
        return None
    return {
        "article": row.article or clause.articles[0],
        "url": address("regs:article", governed.installation.pk, article.article),
        "gist": article.gist,
        "clause": row.clause,
        "title": clause.title,
        "since": clause.since or governed.pack.info.since,
        "note": clause.note,
        "installation": governed.installation,
    }


@require_GET
@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    actor: Actor = actor_of(request)
    look = Look(actor, actor.at)
    return render(
        request, "duties/calendar.html", month_of(look, _month(request.GET.get("month", ""), look.today))
    )


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


@require_GET
@needs(Right.ORG_MANAGE)
def service(request: HttpRequest) -> HttpResponse:
    """How the background jobs last went."""
    jobs = list(JobState.objects.order_by("name"))
    newest = max((job.succeeded_at for job in jobs if job.succeeded_at), default=None)
    silent = newest is None or timezone.now() - newest > LATE
    return render(request, "duties/service.html", {"jobs": jobs, "newest": newest, "silent": silent})
